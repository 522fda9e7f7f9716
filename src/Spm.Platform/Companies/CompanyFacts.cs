using Spm.Compensation.Amounts;
using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;
using Spm.Compensation.Periods;
using Spm.Compensation.Plans;
using Spm.Compensation.RateTables;
using Spm.Compensation.RateTables.Step;

namespace Spm.Platform.Companies;

/// <summary>Turns checked records into what the core calculates with. Records were checked when they were written, so nothing here refuses.</summary>
internal static class CompanyFacts
{
    public static FiscalYear Year(string id, YearDoc doc) =>
        FiscalYearPattern.FromMonths(id, [.. doc.Months.Select(m => (m.From, m.Quarter))], doc.End);

    public static Measure Measure(Entry<MeasureDoc> entry) =>
        new(entry.No, entry.Doc.Name, entry.Doc.Value, entry.Doc.Kinds.ToHashSet(), entry.Doc.Products?.ToHashSet(StringComparer.Ordinal));

    public static Plan Plan(Entry<PlanDoc> entry, Registry<MeasureDoc> measures, IReadOnlyList<Measure> byNo) =>
        new(entry.No, entry.Id, entry.Doc.Name,
        [
            .. entry.Doc.Versions.OrderBy(v => v.EffectiveFrom).Select((v, i) => new PlanVersion(i + 1, v.EffectiveFrom,
            [
                .. v.Components.Select(c => new Component(
                    c.Id, c.Name, byNo[measures.ById(c.Measure)!.No], c.Credits, c.AttainmentPeriod, c.Quota, RateTable(c.RateTable))),
            ])),
        ]);

    public static RateTable RateTable(RateTableDoc doc) => doc.Mode switch
    {
        StepTable.WireName => new StepTable(doc.Tiers),
        _ => throw new InvalidOperationException($"A stored plan has a rate table of mode '{doc.Mode}', which this version does not know."),
    };

    public static RepFacts Rep(Entry<RepDoc> entry, Registry<RepDoc> reps) =>
        new(new DateRange(entry.Doc.HiredOn ?? DateOnly.MinValue, entry.Doc.LeftOn), Dated(entry.Doc.Managers, reps));

    public static TerritoryFacts Territory(Entry<TerritoryDoc> entry, Registry<TerritoryDoc> territories, Registry<RepDoc> reps) => new(
        entry.Doc.Parent is { } parent ? territories.ById(parent)!.No : Roster.None,
        [
            .. entry.Doc.Reps.Select(c => new Coverage(
                reps.ById(c.Rep)!.No, c.Role, Share.TryFromPercent(c.Percent, out var share) ? share : throw new InvalidOperationException(), c.Range, c.Products)),
        ]);

    public static AccountFacts Account(Entry<AccountDoc> entry, Registry<TerritoryDoc> territories) => new(Dated(entry.Doc.Territories, territories));

    public static Timeline<int> Dated<TDoc>(IReadOnlyList<DatedRef> refs, Registry<TDoc> registry)
    {
        Timeline<int>.TryCreate(refs.Select(r => new Dated<int>(r.Range, registry.ById(r.Ref)!.No)), out var timeline, out _);
        return timeline;
    }
}
