using Spm.Compensation.Bounds;
using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Thresholds;

/// <summary>What is paid once the threshold is reached.</summary>
public enum ThresholdThen : byte
{
    /// <summary>Everything, from the first unit on.</summary>
    FromFirst,

    /// <summary>Only what lies above the threshold.</summary>
    ExcessOnly,
}

/// <summary>
/// The minimum before anything is earned: below <paramref name="At"/> nothing, at it or above what <paramref name="Then"/> says.
/// Attainment is to date, so a refund that brings it below takes back what was earned. Worked example: threshold.md.
/// </summary>
/// <param name="At">In percent of the quota; above zero.</param>
public sealed record Threshold(Bound At, ThresholdThen Then = ThresholdThen.FromFirst)
{
    public static string Schema { get; } = $$"""
        {
          "type": "object",
          "description": "The minimum before anything is earned.",
          "additionalProperties": false,
          "required": ["at"],
          "properties": {
            "at": {{Bound.Schema("Percent of the quota to date; below it nothing is earned, at it or above it is.", "\"exclusiveMinimum\": 0, \"maximum\": 1000, ")}},
            "then": {"enum": ["from_first", "excess_only"], "default": "from_first", "description": "What is paid once it is reached: everything from the first unit on, or only what lies above it."}
          }
        }
        """;

    /// <summary>Above 0, up to 1000.</summary>
    public Bound At { get; } =
        IsSound(At) ? At : throw new ArgumentOutOfRangeException(nameof(At), At, "A threshold is above 0 and up to 1000 % of the quota.");

    public static Threshold Read(DocNode node) => Read(node, ReadContext.WithoutFacts);

    public static Threshold Read(DocNode node, ReadContext context)
    {
        var (percent, then) = (Bound.Percent(node.Get("at"), context), node.OneOf("then", ThresholdThen.FromFirst));
        node.RefuseOthers();
        if (IsSound(percent))
        {
            return new Threshold(percent, then);
        }
        node.Find("at")?.Fail("percent_out_of_range", "A threshold is above 0 and up to 1000 % of the quota.");
        return new Threshold(100m, then);
    }

    /// <param name="quota">Above zero.</param>
    public bool IsReached(decimal credited, Fraction quota) => credited >= Edge(quota);

    /// <summary>
    /// The credited amount from which on is paid: zero, or with <see cref="ThresholdThen.ExcessOnly"/> the threshold itself; null below
    /// the threshold, where nothing is. A marginal table pays <c>Earn(credited) − Earn(PaidFrom)</c>, each band still at the rate of
    /// its place above the first unit.
    /// </summary>
    /// <param name="quota">Above zero.</param>
    public Fraction? PaidFrom(decimal credited, Fraction quota) =>
        !IsReached(credited, quota) ? null : Then == ThresholdThen.FromFirst ? Fraction.Zero : Edge(quota);

    /// <summary>How much of the credited amount is paid for, for rates on the whole amount; zero below the threshold.</summary>
    /// <param name="quota">Above zero.</param>
    public Fraction Counted(decimal credited, Fraction quota) => PaidFrom(credited, quota) is { } from ? credited - from : Fraction.Zero;

    private static bool IsSound(Bound at) => at.Fixed is null or (> 0m and <= 1000m);

    private Fraction Edge(Fraction quota) =>
        quota.Sign > 0 ? quota * At.Written / 100m : throw new ArgumentOutOfRangeException(nameof(quota), quota, "A threshold stands against a quota above zero.");
}
