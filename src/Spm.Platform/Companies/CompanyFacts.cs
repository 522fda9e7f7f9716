using Spm.Compensation.Amounts;
using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Periods;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Quotas.Leave;

namespace Spm.Platform.Companies;

/// <summary>Turns checked records into what the core calculates with. Records were checked when they were written, so nothing here refuses.</summary>
internal static class CompanyFacts
{
    public static FiscalYear Year(string id, YearDoc doc) =>
        FiscalYearPattern.FromMonths(id, [.. doc.Months.Select(m => (m.From, m.Quarter))], doc.End);

    public static Measure Measure(Entry<MeasureDoc> entry) =>
        new(entry.No, entry.Doc.Name, entry.Doc.Value, entry.Doc.Kinds.ToHashSet(), entry.Doc.Products?.ToHashSet(StringComparer.Ordinal));

    /// <summary>A plan as the engine calculates with it, under the company's name for it and with the company's numbers for its measures.</summary>
    public static PlanRules Plan(Entry<PlanDoc> entry, Registry<MeasureDoc> measures)
    {
        var errors = new DocErrors();
        var rules = PlanReader.Read(entry.Doc.Document.GetRawText(), errors)?.Rules
            ?? throw new InvalidOperationException($"The stored plan '{entry.ExternalId}' cannot be read: {errors.All.First()}");
        return Bind(rules, entry, measures);
    }

    /// <summary>Other rules in the place of a plan. A measure that the company lacks gets a number that no quota has.</summary>
    public static PlanRules Bind(PlanRules rules, Entry<PlanDoc> entry, Registry<MeasureDoc> measures)
    {
        var nos = rules.MeasureNos.ToDictionary(
            m => m.Key,
            m => entry.Doc.Measures.TryGetValue(m.Key, out var id) ? measures.ById(id)!.No
                : measures.Resolve(m.Key, entry.Source) is { Found: true, Ambiguous: false } found ? found.No
                : measures.Count + m.Value,
            StringComparer.Ordinal);
        return rules with
        {
            Id = entry.Id,
            Name = entry.Doc.Name,
            MeasureNos = nos,
            Versions = [.. rules.Versions.Select(v => v with { Measures = [.. v.Measures.Select(m => m with { No = nos[m.Id] })] })],
        };
    }

    public static RepProfile Profile(Entry<RepDoc> entry) => new(entry.ExternalId)
    {
        Title = entry.Doc.Title,
        HiredOn = entry.Doc.HiredOn,
        LeftOn = entry.Doc.LeftOn,
        TargetIncentive = entry.Doc.TargetIncentive,
        BaseSalary = entry.Doc.BaseSalary,
        Leave = [.. (entry.Doc.Leave ?? []).Select(l => new LeaveRange(new DateRange(l.From, l.To), l.Effect))],
        Scores = (entry.Doc.Scores ?? []).ToDictionary(s => (s.Goal, s.Period), s => s.Percent),
        Facts = entry.Doc.Facts is { } facts ? DocFacts.Read(DocParser.Parse(facts.GetRawText(), new DocErrors())) : FactSet.Empty,
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
