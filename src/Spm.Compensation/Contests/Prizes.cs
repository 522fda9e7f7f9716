using Spm.Compensation.Documents;

namespace Spm.Compensation.Contests;

/// <summary>What the places up to one of them win, from the end of the prize before.</summary>
/// <param name="ToRank">The last place; null where it is a percent.</param>
/// <param name="ToPercent">The last place in percent of the field, rounded up to whole places; null where it is a place.</param>
public readonly record struct Prize(int? ToRank, decimal? ToPercent, decimal Amount)
{
    /// <summary>The last place in a field of so many.</summary>
    public int LastOf(int field) => ToRank ?? (int)decimal.Ceiling(ToPercent!.Value * field / 100m);
}

/// <summary>Prizes by place, the best place first.</summary>
public sealed record Prizes(IReadOnlyList<Prize> Steps)
{
    public const int Most = 100;

    public const int MostPlaces = 100_000;

    public const string Schema = """
        {
          "type": "array", "maxItems": 100, "description": "What the places win, the best first: each prize is of the places from the end of the one before.",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["amount"], "oneOf": [{ "required": ["to_rank"] }, { "required": ["to_percent"] }],
            "properties": {
              "to_rank": { "type": ["integer", "string"], "minimum": 1, "maximum": 100000, "description": "The last place with this prize." },
              "to_percent": { "type": ["number", "string"], "exclusiveMinimum": 0, "maximum": 100, "description": "The last place with this prize, in percent of the field, rounded up to whole places." },
              "amount": { "type": ["number", "string"], "exclusiveMinimum": 0, "description": "What each of these places wins, in the plan's currency." }
            }
          }
        }
        """;

    /// <summary>Of one place in a field of so many; nothing beyond the last prize.</summary>
    public decimal Of(int place, int field)
    {
        foreach (var step in Steps)
        {
            if (place <= step.LastOf(field))
            {
                return step.Amount;
            }
        }
        return 0m;
    }

    internal static Prizes Read(DocNode owner)
    {
        var nodes = owner.List("prizes");
        if (nodes.Count > Most)
        {
            owner.Get("prizes").Fail("count_out_of_range", $"A contest has up to {Most} prizes.");
        }
        List<Prize> steps = [];
        foreach (var node in nodes.Take(Most).Where(n => n.IsObject()))
        {
            var (rank, percent) = (node.Find("to_rank") is null ? (int?)null : node.Whole("to_rank", 1, 1, MostPlaces), node.OptionalNumber("to_percent"));
            var amount = node.Number("amount");
            node.RefuseOthers();
            if (rank is null == percent is null || (steps.Count > 0 && steps[^1].ToRank is null != rank is null))
            {
                node.Fail("prize_place_unclear", "A prize goes up to a place, 'to_rank', or up to a percent of the field, 'to_percent': all prizes of a contest to one of the two.");
                continue;
            }
            if (amount <= 0m || percent is <= 0m or > 100m)
            {
                node.Fail("number_out_of_range", "A prize is an amount above 0, and a percent is above 0 and up to 100.");
                continue;
            }
            if (steps.Count > 0 && (rank <= steps[^1].ToRank || percent <= steps[^1].ToPercent))
            {
                node.Fail("prizes_out_of_order", "Prizes stand in the order of their places, and no two end on the same.");
                continue;
            }
            steps.Add(new Prize(rank, percent, amount));
        }
        return new Prizes(steps);
    }

    public bool Equals(Prizes? other) => other is not null && Steps.SequenceEqual(other.Steps);

    public override int GetHashCode() => Steps.Count;
}
