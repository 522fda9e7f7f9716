using System.Globalization;
using Spm.Compensation.Engine;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Lint;

/// <summary>Figures of findings as people read them.</summary>
internal static class Shown
{
    /// <summary>Below it a difference of pay is no more than rounding and ordinary rates make of a cent.</summary>
    public const decimal LeastDifference = 1m;

    public static string Figure(decimal figure) => figure.ToString("#,0.##", CultureInfo.InvariantCulture);

    public static string Named(PeriodKind period) => period == PeriodKind.HalfYear ? "half-year" : period.ToString().ToLowerInvariant();

    /// <summary>Where the others stand that a component asks for; nothing where it asks for none.</summary>
    public static string Others(Probe probe, int c, bool isEven = false) =>
        !probe.AsksOthers(c) ? "" : isEven ? " The other components have their quota in each month." : " The other components stand at their quotas.";

    /// <summary>How large the deals are that a month's sales are made of; nothing where they are one.</summary>
    public static string InDeals(Probe probe) => probe.DealSize is { } size ? $" in deals of {Figure(size)}" : "";

    /// <summary>Where a component stands: in percent of its quota, where it has one.</summary>
    public static string Point(Probe probe, ComponentRule rule, decimal at, Growth growth = Growth.Alone) => growth switch
    {
        Growth.AfterMonths => $"at {Figure(at)} in a month after months of {Figure(probe.QuotaOfMonth(rule))}",
        Growth.EachMonth => $"at {Figure(at)} in each month",
        Growth.Others => $"at {Figure(at)} % of quota of the other components",
        _ => rule.Quota == QuotaUse.None ? $"at {Figure(at)}" : $"at {Figure(at * 100m / probe.QuotaOf(rule))} % of quota ({Figure(at)})",
    };

    public static string Span(decimal from, decimal to, Growth growth) => $"from {Figure(from)} to {Figure(to)}" + growth switch
    {
        Growth.AfterMonths => " in a month after months at quota",
        Growth.EachMonth => " in each month",
        Growth.Others => " % of quota of the other components",
        _ => "",
    };
}
