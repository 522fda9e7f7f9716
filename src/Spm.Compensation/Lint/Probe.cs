using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;
using Spm.Compensation.RateTables;
using Spm.Compensation.Stages;

namespace Spm.Compensation.Lint;

/// <summary>
/// Asks the engine what a component would pay: a rep with a quota of 10,000 a month in each measure (100 where units are counted) and a target
/// incentive of 60,000 a year, employed all year, whose other components stand where the question says.
/// </summary>
public sealed class Probe
{
    public const decimal MoneyQuota = 10_000m;
    public const decimal CountQuota = 100m;
    public const decimal TargetIncentive = 60_000m;

    private static readonly FiscalYear Year = FiscalYearPattern.Gregorian("2001", new DateOnly(2001, 1, 1));

    private readonly RepYear _year;
    private readonly RepYearInputs _inputs;
    private readonly VersionState _state;

    internal Probe(PlanRules plan, VersionRules version)
    {
        var quotas = version.Measures.SelectMany(m => Year.Months.Select(month => (Key: (m.No, month.Id), Amount: QuotaOf(m))));
        _inputs = new RepYearInputs(
            Year, new RepProfile("probe") { TargetIncentive = TargetIncentive }, [.. Enumerable.Repeat(new PlanPaying(plan, version), Year.Months.Count)],
            new QuotaBook(quotas.ToDictionary(q => q.Key, q => q.Amount)));
        _year = new RepYear(_inputs);
        (_state, Version) = (_year.States[0], version);
    }

    public VersionRules Version { get; }

    /// <summary>Whether the engine can be asked by sums alone: components that look at each deal cannot.</summary>
    public bool CanAsk(ComponentRule component) => component.Tally >= 0 && !component.Earning.PerDeal && !component.UsesGroups && component.Eligibility is null;

    /// <summary>Of the attainment period, in units of the measure.</summary>
    public decimal QuotaOf(ComponentRule component) => MonthsOf(component) * QuotaOf(Version.Measures[Version.Tallies[component.Tally].Measure]);

    public static int MonthsOf(ComponentRule component) => component.AttainmentPeriod switch { PeriodKind.Month => 1, PeriodKind.Quarter => 3, PeriodKind.HalfYear => 6, _ => 12 };

    /// <summary>What a component pays in sum, when so much is credited in the last month of each of the first attainment periods.</summary>
    /// <param name="othersAt">Percent of quota that every other component attains in these months.</param>
    /// <returns>Null where it stands still for want of something.</returns>
    public decimal? Pay(int component, decimal othersAt, params ReadOnlySpan<decimal> credited)
    {
        _year.Restart(_inputs);
        var rule = Version.Components[component];
        var months = MonthsOf(rule);
        for (var t = 0; t < Version.Tallies.Count; t++)
        {
            for (var span = 0; span < credited.Length && t != rule.Tally; span++)
            {
                _state.Set(t, (span * months) + months - 1, months * QuotaOf(Version.Measures[Version.Tallies[t].Measure]) * othersAt / 100m);
            }
        }
        for (var span = 0; span < credited.Length; span++)
        {
            _state.Set(rule.Tally, (span * months) + months - 1, credited[span]);
        }
        _year.Calculate();
        var paid = 0m;
        for (var m = 0; m < credited.Length * months; m++)
        {
            ref readonly var figures = ref _state.Figures(m, component);
            if (figures.Standstill != Standstill.None && m == (credited.Length * months) - 1)
            {
                return null;
            }
            paid += figures.Incentive;
        }
        return paid;
    }

    /// <summary>The credited amounts at which something of the component changes, in rising order, in units of the measure.</summary>
    public IReadOnlyList<decimal> Edges(ComponentRule component)
    {
        var quota = QuotaOf(component);
        SortedSet<decimal> edges = [];
        if (component.Earning is TableEarning table)
        {
            edges.UnionWith(table.Table.Tiers.Select(t => table.Table.On == RateBasis.Attainment ? t.From * quota / 100m : t.From));
        }
        foreach (var stage in component.Stages)
        {
            _ = stage switch
            {
                ThresholdStage threshold => edges.Add(threshold.Threshold.At * quota / 100m),
                KickerStage { Kicker.At: { } at } => edges.Add(at * quota / 100m),
                KickerStage { Kicker.AtAmount: { } at } => edges.Add(at),
                _ => false,
            };
        }
        if (component.AttainmentCap is { } cap)
        {
            edges.Add(cap * quota / 100m);
        }
        edges.Remove(0m);
        return [.. edges];
    }

    private static decimal QuotaOf(MeasureRule measure) => measure.Unit == MeasureUnit.Money ? MoneyQuota : CountQuota;
}
