using Spm.Compensation.Crediting;
using Spm.Compensation.Engine;
using Spm.Compensation.Holds;
using Finding = (string Input, decimal? Money, string Detail);

namespace Spm.Compensation.Lint;

/// <summary>Sales that count more than once.</summary>
internal static class CountedTwice
{
    /// <summary>Priced at what a deal of a tenth of the quota pays beyond the quota: counted twice, it pays that once too often.</summary>
    public static IEnumerable<Finding> Find(Probe probe, int c)
    {
        if (probe.Version.Components[c].Tally < 0 || Twice(probe.Version, probe.Version.Components[c]).ToList() is not { Count: > 0 } found)
        {
            return [];
        }
        var rule = probe.Version.Components[c];
        var (quota, deal) = (probe.QuotaOf(rule), probe.QuotaOf(rule) / 10m);
        var more = probe.CanAsk(c) ? probe.Pay(c, 100m, quota + deal) - probe.Pay(c, 100m, quota) : null;
        var point = more is null ? "" : $", a deal of {Shown.Figure(deal)} {Shown.Point(probe, rule, quota)}";
        return found.Select(f => ($"{f.Input}{point}", more, f.Detail));
    }

    private static IEnumerable<(string Input, string Detail)> Twice(VersionRules version, ComponentRule rule)
    {
        var tally = version.Tallies[rule.Tally];
        if ((tally.Credits & (CreditSources.Direct | CreditSources.Overlay)) == (CreditSources.Direct | CreditSources.Overlay))
        {
            yield return ("credits: direct, overlay", "A rep who owns a deal and stands beside it as a specialist is credited twice for it.");
        }
        var measure = version.Measures[tally.Measure];
        if (!CountsBoth(measure))
        {
            yield break;
        }
        if (measure.Kinds is not null)
        {
            yield return ("kinds: order, invoice", "A deal that is ordered and then invoiced counts twice.");
        }
        else if (rule.Pay.Hold is { Until: HoldUntil.Cash })
        {
            yield return ("no kinds", "A hold until cash sees orders and their invoices, and a measure without kinds counts both: name those that count.");
        }
    }

    /// <summary>Whether an order and its invoice both count for something. A measure that asks for the kind is asked; one that does not treats both alike.</summary>
    private static bool CountsBoth(MeasureRule measure)
    {
        bool AsksForKind() => measure.Value.Names.Contains("kind") || measure.When?.Names.Contains("kind") == true;
        bool Counts(string kind)
        {
            var credit = new CreditContext(new RepProfile("probe"), new CreditLine { Transaction = kind, Date = default, Kind = kind, Amount = 100m, Quantity = 1m, Margin = 100m });
            return measure.Counts(credit) && measure.Value.Number(credit) is not 0m;
        }
        return measure.Kinds?.IsSupersetOf(["order", DealNews.Invoice]) != false && (!AsksForKind() || (Counts("order") && Counts(DealNews.Invoice)));
    }
}
