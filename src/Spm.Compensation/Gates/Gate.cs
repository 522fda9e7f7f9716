using Spm.Compensation.Bounds;
using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Gates;

/// <summary>
/// A condition on something else, without which a component earns nothing to date. What it would have earned is not lost: when the gate
/// opens later in the attainment period, the earning to date is there, and when it closes again it is taken back, unless
/// <see cref="OnceOpenStays"/>. Worked example: gate.md.
/// </summary>
/// <param name="Component">The id of the component whose attainment to date decides; null when an expression does.</param>
/// <param name="At">The least attainment in percent; at it the gate is open.</param>
/// <param name="When">The expression that decides, as it stands in the document; null when a component does.</param>
/// <param name="OnceOpenStays">A gate that was open in a month of the attainment period stays so to its end.</param>
public sealed record Gate(string? Component, Bound At, string? When, bool OnceOpenStays = false)
{
    public static string Schema { get; } = $$"""
        {
          "type": "object",
          "description": "A condition without which the component earns nothing to date.",
          "additionalProperties": false,
          "oneOf": [{"required": ["component", "at"]}, {"required": ["when"]}],
          "properties": {
            "component": {"type": "string", "minLength": 1, "maxLength": 4000, "description": "Id of the component whose attainment to date decides."},
            "at": {{Bound.Schema("The least attainment of that component in percent; at it the gate is open.", "\"minimum\": 0, \"maximum\": 1000, ")}},
            "when": {"type": "string", "minLength": 1, "maxLength": 4000, "description": "Expression that is true while the gate is open."},
            "once_open_stays": {"type": "boolean", "default": false, "description": "true: a gate that was open in a month of the attainment period stays so to its end."}
          }
        }
        """;

    /// <summary>The id of the component whose attainment decides; null when <see cref="When"/> does.</summary>
    public string? Component { get; } =
        Component is null != When is null ? Component : throw new ArgumentException("A gate has either a component or an expression.", nameof(Component));

    /// <summary>0 to 1000.</summary>
    public Bound At { get; } =
        IsSound(At) ? At : throw new ArgumentOutOfRangeException(nameof(At), At, "A gate opens at 0 to 1000 % of attainment.");

    public static Gate Read(DocNode node) => Read(node, ReadContext.WithoutFacts);

    public static Gate Read(DocNode node, ReadContext context)
    {
        var (component, when) = (node.OptionalText("component"), node.OptionalText("when"));
        var at = node.Find("at") is { } percent ? Bound.Percent(percent, context) : null;
        var stays = node.Truth("once_open_stays", false);
        node.RefuseOthers();
        if (component is null == when is null)
        {
            node.Fail(when is null ? "gate_condition_missing" : "gate_condition_twice", "A gate has either 'component' with 'at', or 'when'.");
        }
        else if (component is null != at is null)
        {
            node.Fail(at is null ? "field_missing" : "field_without_effect", "'at' is the least attainment of 'component': the two stand together.");
        }
        if (at is not null && !IsSound(at))
        {
            node.Fail("percent_out_of_range", "A gate opens at 0 to 1000 % of attainment.");
        }
        var isValid = component is null != when is null && (at is null || IsSound(at));
        return isValid ? new Gate(component, at ?? 0m, when, stays) : new Gate(null, 0m, "true", stays);
    }

    /// <param name="attainment">Of the component to date, in percent, exact; null when it is not known.</param>
    /// <returns>Null when that is not known.</returns>
    public bool? Admits(Fraction? attainment) => attainment is { } known ? known >= At.Written : null;

    /// <summary>Whether the gate is open at the last of the months of the attainment period so far; null when that is not known.</summary>
    /// <param name="months">
    /// What the condition itself says at the end of each month from the period's start, in order: see <see cref="Admits"/>, or what
    /// the expression yields. Null where it cannot be told.
    /// </param>
    public bool? IsOpen(params ReadOnlySpan<bool?> months)
    {
        if (months.Length == 0)
        {
            return null;
        }
        if (!OnceOpenStays)
        {
            return months[^1];
        }
        bool? open = false;
        foreach (var month in months)
        {
            open |= month;
        }
        return open;
    }

    private static bool IsSound(Bound at) => at.Fixed is null or (>= 0m and <= 1000m);

    /// <summary>True when all are open, false when one is closed; else null, when one is not known. No gate is an open one.</summary>
    public static bool? All(params ReadOnlySpan<bool?> gates)
    {
        bool? all = true;
        foreach (var gate in gates)
        {
            all &= gate;
        }
        return all;
    }

    /// <summary>The earning to date behind a gate: as it is, or zero while it is closed; null when that is not known.</summary>
    public static decimal? Apply(decimal earned, bool? isOpen) => isOpen is { } known ? known ? earned : 0m : null;
}
