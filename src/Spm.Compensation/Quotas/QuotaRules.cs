using Spm.Compensation.Documents;
using Spm.Compensation.Quotas.Leave;
using Spm.Compensation.Quotas.Proration;
using Spm.Compensation.Quotas.Ramps;
using Spm.Compensation.Quotas.Seasonality;

namespace Spm.Compensation.Quotas;

/// <summary>What a plan does with the quotas that were set, in the order it is done: seasonality, ramp, proration, rounding.</summary>
/// <param name="Decimals">The effective quota of a period is rounded to so many decimals, half to even; null leaves it exact.</param>
public sealed record QuotaRules(SeasonalityRule? Seasonality, RampRule? Ramp, ProrationRule Proration, int? Decimals = null)
{
    public const string Schema = $$"""
        {
          "type": "object",
          "description": "What the plan does with the quotas that were set, in this order: seasonality, ramp, proration, rounding. Each may be left out.",
          "additionalProperties": false,
          "properties": {
            "seasonality": {{SeasonalityRule.Schema}},
            "ramp": {{RampRule.Schema}},
            "proration": {{ProrationRule.Schema}},
            "decimals": {"type": ["integer", "string"], "minimum": 0, "maximum": 10, "description": "Rounds the effective quota of each period to so many decimals, half to even; 0 is whole units. Left out, it stays exact."}
          }
        }
        """;

    public const int MaxDecimals = 10;

    /// <summary>Quotas stand as they were set.</summary>
    public static readonly QuotaRules None = new(null, null, ProrationRule.None);

    public static QuotaRules Read(DocNode node)
    {
        node.IsObject();
        var seasonality = node.Find("seasonality") is { } season ? SeasonalityRule.Read(season) : null;
        var ramp = node.Find("ramp") is { } steps ? RampRule.Read(steps) : null;
        var proration = node.Find("proration") is { } by ? ProrationRule.Read(by) : ProrationRule.None;
        int? decimals = node.Has("decimals") ? node.Whole("decimals", 0, 0, MaxDecimals) : null;
        node.RefuseOthers();
        return new QuotaRules(seasonality, ramp, proration, decimals);
    }
}

/// <summary>What the quota of a rep depends on besides the quotas themselves.</summary>
/// <param name="Active">The days the rep is hired and on the plan. Leaves are not taken out of them yet.</param>
/// <param name="Since">The rep's first active day, from which a ramp counts the months of service.</param>
/// <param name="Leaves">No two share a day.</param>
public sealed record QuotaFacts(DaySet Active, DateOnly Since, IReadOnlyList<LeaveRange> Leaves)
{
    /// <summary>A rep who has always been here and stays.</summary>
    public static readonly QuotaFacts AlwaysActive = new(DaySet.Always, DateOnly.MinValue, []);
}

/// <summary>
/// A quota set anew within its period: from <paramref name="From"/> (included) on, <paramref name="Amount"/> is the quota of the whole
/// period, and each amount counts for its days. 10,000 for June, and 16,000 from June 16 on, is 13,000 for the month.
/// </summary>
public sealed record DatedQuota(int Measure, string Period, DateOnly From, decimal Amount)
{
    /// <summary>Above zero.</summary>
    public decimal Amount { get; } =
        Amount > 0m ? Amount : throw new ArgumentOutOfRangeException(nameof(Amount), Amount, $"The quota of {Period} is not above zero.");
}
