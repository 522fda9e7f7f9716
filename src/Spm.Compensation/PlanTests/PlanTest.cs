using System.Globalization;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Fx;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.PlanTests;

/// <summary>A worked example inside of a plan document: given these credits, these figures.</summary>
public sealed record PlanTest(
    string Name,
    FiscalCalendar Calendar,
    IReadOnlyList<RepProfile> Reps,
    IReadOnlyDictionary<string, RepQuotas> Quotas,
    IReadOnlyDictionary<string, IReadOnlyList<CreditLine>> Credits,
    IReadOnlyDictionary<string, IReadOnlyList<(int Month, decimal Amount, string Reason)>> Adjustments,
    IReadOnlyDictionary<string, IReadOnlyList<CostOfMonth>> Costs,
    FxRates FxRates,
    IReadOnlyList<Expectation> Expectations);

/// <summary>One expected figure.</summary>
/// <param name="Component">Null: of the payout as a whole.</param>
/// <param name="Deal">Null: of all deals.</param>
/// <param name="Is">Null: the figure is expected to be unknown.</param>
/// <param name="Decimals">As many as the expected figure is written with: the calculated one is rounded to them, half to even, before the two are compared.</param>
public sealed record Expectation(string Rep, FiscalPeriod Period, string? Component, string? Deal, Figure Figure, decimal? Is, int Decimals, DocNode Node);

/// <summary>What can be expected.</summary>
public enum Figure : byte
{
    /// <summary>What the component pays in the period; with a deal, what the deal earns.</summary>
    Incentive,

    /// <summary>Credited in the period, in units of the measure.</summary>
    Credited,

    /// <summary>Credited in the attainment period to date.</summary>
    ToDate,
    Quota,

    /// <summary>In percent.</summary>
    Attainment,
    Earned,
    TargetIncentive,

    /// <summary>What is due, in the currency, rounded as it is paid.</summary>
    Payout,

    /// <summary>The payouts as they are paid in the rep's own currency.</summary>
    Paid,

    /// <summary>The sum of all incentives.</summary>
    Incentives,
    Held,
    Released,

    /// <summary>Earned and withheld at the end of the period.</summary>
    HeldBalance,
    TrueUp,
    ClawedBack,
    Adjustments,
    CutByCap,
    Guaranteed,
    DrawPaid,
    Recovered,

    /// <summary>Owed at the end of the period.</summary>
    DrawBalance,
    Forgiven,

    /// <summary>Due and not paid out at the end of the period: it is less than the least payout.</summary>
    Waiting,

    /// <summary>Commissions and other costs of obtaining contracts that became an asset in the period.</summary>
    Capitalised,

    /// <summary>Costs that did not.</summary>
    Expensed,
    Amortised,

    /// <summary>From the first month of the test to the end of the period.</summary>
    AmortisedToDate,

    /// <summary>Of the asset, at the end of the period.</summary>
    Unamortised,
}

/// <param name="Actual">Null when the figure is not known.</param>
/// <param name="Missing">What stands still in the period for want of a figure: "commission in 2025-02: quota_missing".</param>
public sealed record ExpectationResult(Expectation Expectation, decimal? Actual, bool Holds, IReadOnlyList<string> Missing)
{
    /// <summary>"payout of ann, 2025-01 is 250, expected 300"</summary>
    public string Message => $"{Subject} is {Shown(Actual)}, expected {Shown(Expectation.Is)}{(Missing.Count == 0 ? "" : $" (stands still: {string.Join("; ", Missing)})")}";

    private string Subject => $"{WireNames.Of(Expectation.Figure)} of "
        + string.Join(", ", new[] { Expectation.Rep, Expectation.Component, Expectation.Deal, Expectation.Period.Id }.Where(part => part is not null));

    private static string Shown(decimal? figure) => figure?.ToString("0.############################", CultureInfo.InvariantCulture) ?? "not known";
}

/// <param name="Problems">Why the test could not be calculated as it is written: a rate that is missing, an expression without a value. None may be left.</param>
public sealed record PlanTestResult(PlanTest Test, IReadOnlyList<ExpectationResult> Results, IReadOnlyList<string> Problems)
{
    /// <summary>What the author should know although the test may hold: deals whose value a measure does not know, and that count nothing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public bool Holds => Problems.Count == 0 && Results.All(r => r.Holds);

    /// <summary>What is wrong; nothing where it holds.</summary>
    public IEnumerable<string> Messages => Problems.Concat(Results.Where(r => !r.Holds).Select(r => r.Message));
}
