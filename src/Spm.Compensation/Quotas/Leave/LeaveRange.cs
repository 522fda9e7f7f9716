using Spm.Compensation.Documents;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas.Proration;

namespace Spm.Compensation.Quotas.Leave;

public enum LeaveEffect : byte
{
    /// <summary>The days count as any other.</summary>
    None,

    /// <summary>The days are taken out of the active ones: the quota shrinks where it is prorated.</summary>
    Exclude,

    /// <summary>The quota stands, and its part on the active days of the leave is credited as if reached: neither won nor lost.</summary>
    CreditAtTarget,
}

/// <summary>A rep's leave and what it does to the quota. Leaves of one rep share no day. Worked example: leave.md.</summary>
public sealed record LeaveRange(DateRange Range, LeaveEffect Effect)
{
    public const string Schema = """
        {
          "type": "array",
          "maxItems": 200,
          "description": "A rep's leaves; no two share a day.",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["from", "effect"],
            "properties": {
              "from": {"type": "string", "format": "date", "description": "The first day of the leave."},
              "to": {"type": "string", "format": "date", "description": "The first day after the leave; left out while its end is open."},
              "effect": {"enum": ["none", "exclude", "credit_at_target"], "description": "none: counts as active. exclude: taken out of the quota's proration. credit_at_target: the quota stands and its part of these days is credited at 100 %."}
            }
          }
        }
        """;

    public const int MaxLeaves = 200;

    /// <summary>Reads a list of leaves.</summary>
    public static IReadOnlyList<LeaveRange> Read(DocNode node)
    {
        if (node.Kind != DocKind.Array || node.Items.Count > MaxLeaves)
        {
            node.Fail("leaves_count", $"Leaves are a list of at most {MaxLeaves}.");
            return [];
        }
        List<(DocNode Node, LeaveRange Leave)> leaves = [];
        foreach (var item in node.Items)
        {
            var from = item.Date("from");
            var to = item.OptionalDate("to");
            item.Get("effect");
            var effect = item.OneOf("effect", LeaveEffect.None);
            item.RefuseOthers();
            if (to <= from)
            {
                item.Fail("range_is_empty", $"A leave from {from:O} cannot end at {to:O}: the end is the first day after it.");
                continue;
            }
            leaves.Add((item, new LeaveRange(new DateRange(from, to), effect)));
        }
        var sorted = leaves.OrderBy(l => l.Leave.Range.From).ToArray();
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i - 1].Leave.Range.Overlaps(sorted[i].Leave.Range))
            {
                sorted[i].Node.Fail("leaves_overlap", $"The leave {sorted[i].Leave.Range} shares days with {sorted[i - 1].Leave.Range}.");
            }
        }
        return [.. leaves.Select(l => l.Leave)];
    }

    /// <summary>The days of the leaves with an effect.</summary>
    public static DaySet Days(IEnumerable<LeaveRange> leaves, LeaveEffect effect) => DaySet.Of(leaves.Where(l => l.Effect == effect).Select(l => l.Range));
}
