using Spm.Compensation.Crediting;
using Spm.Compensation.Engine;
using Spm.Compensation.Holds;
using Finding = (string Input, decimal? Money, string Detail);

namespace Spm.Compensation.Lint;

/// <summary>Sales that count more than once.</summary>
internal static class CountedTwice
{
    /// <summary>What is told of one sale, one after the other, with the word for it.</summary>
    private static readonly (string Kind, string Is)[] Course = [("order", "ordered"), (DealNews.Invoice, "invoiced"), (DealNews.Payment, "paid")];

    /// <summary>Priced at what a deal of a tenth of the quota pays beyond the quota, as often as it counts too often.</summary>
    public static IEnumerable<Finding> Find(Probe probe, int c)
    {
        if (probe.Version.Components[c].Tally < 0)
        {
            yield break;
        }
        var rule = probe.Version.Components[c];
        var (quota, deal) = (probe.QuotaOf(rule), probe.QuotaOf(rule) / 10m);
        foreach (var (input, detail, tooOften) in Twice(probe.Version, rule))
        {
            // Where nothing more is paid at quota, as above a cap, the deal stands alone, or a smaller one.
            (decimal Deal, decimal At)[] asked = [(deal, quota), (deal, deal), (probe.QuotaOfMonth(rule) / 10m, probe.QuotaOfMonth(rule) / 10m)];
            var (more, sold, at) = asked.Select(q => (More: probe.CanAsk(c) ? probe.Pay(c, 100m, q.At + (tooOften * q.Deal)) - probe.Pay(c, 100m, q.At) : null, q.Deal, q.At)).FirstOrDefault(p => p.More is > 0m);
            var point = more is null ? "" : $", a deal of {Shown.Figure(sold)} {Shown.Point(probe, rule, at)}";
            yield return ($"{input}{point}", more, $"{detail}{(more is null ? "" : Shown.Others(probe, c))}");
        }
    }

    private static IEnumerable<(string Input, string Detail, int TooOften)> Twice(VersionRules version, ComponentRule rule)
    {
        var tally = version.Tallies[rule.Tally];
        if ((tally.Credits & (CreditSources.Direct | CreditSources.Overlay)) == (CreditSources.Direct | CreditSources.Overlay))
        {
            yield return ("credits: direct, overlay", "A rep who owns a deal and stands beside it as a specialist is credited twice for it.", 1);
        }
        var measure = version.Measures[tally.Measure];
        var counted = Course.Where(told => Counts(measure, told.Kind)).ToList();
        if (counted.Count < 2)
        {
            yield break;
        }
        if (measure.Kinds is not null)
        {
            yield return (
                $"kinds: {string.Join(", ", counted.Select(told => told.Kind))}",
                $"A deal that is {string.Join(counted.Count == 2 ? " and then " : ", then ", counted.Select(told => told.Is))} counts {(counted.Count == 2 ? "twice" : "three times")}.", counted.Count - 1);
        }
        else if (rule.Pay.Hold is { Until: HoldUntil.Cash } or { Until: HoldUntil.Days, After: HoldAfter.Invoice or HoldAfter.Cash })
        {
            yield return ("no kinds", "A hold that waits for invoices or cash sees orders and their invoices, and a measure without kinds counts both: name those that count.", 1);
        }
    }

    /// <summary>Whether a kind counts for something. A measure that asks for the kind is asked; one that does not treats all alike that it names.</summary>
    private static bool Counts(MeasureRule measure, string kind)
    {
        var isNamed = measure.Kinds?.Contains(kind) ?? !DealNews.Is(kind);
        if (!isNamed || !(measure.Value.Names.Contains("kind") || measure.When?.Names.Contains("kind") == true))
        {
            return isNamed;
        }
        var credit = new CreditContext(new RepProfile("probe"), new CreditLine { Transaction = kind, Date = default, Kind = kind, Amount = 100m, Quantity = 1m, Margin = 100m });
        return measure.Counts(credit) && measure.Value.Number(credit) is not 0m;
    }
}
