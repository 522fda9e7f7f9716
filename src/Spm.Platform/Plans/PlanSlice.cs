using Spm.Compensation.Periods;
using Spm.Compensation.Plans;
using Spm.Compensation.RateTables;
using Spm.Compensation.RateTables.Step;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.Plans;

public sealed record PlanInput(string Name, IReadOnlyList<PlanVersionInput> Versions);

/// <param name="EffectiveFrom">Pays the months that begin on this day or later.</param>
public sealed record PlanVersionInput(DateOnly EffectiveFrom, IReadOnlyList<ComponentInput> Components);

/// <param name="Id">Unique in the version; the same component keeps its id from version to version.</param>
/// <param name="Credits">Which credits count: direct, overlay, roll_up.</param>
/// <param name="AttainmentPeriod">The span that sets the rate; pay is monthly.</param>
/// <param name="Quota">to_date: quota of the months so far; full: of the whole attainment period.</param>
public sealed record ComponentInput(
    string Id,
    string Measure,
    IReadOnlyList<CreditSources> Credits,
    RateTableInput RateTable,
    string? Name = null,
    PeriodKind AttainmentPeriod = PeriodKind.Year,
    QuotaBasis Quota = QuotaBasis.ToDate);

/// <param name="Mode">step: each band of attainment is paid at its own rate.</param>
public sealed record RateTableInput(string Mode, IReadOnlyList<TierInput> Tiers);

/// <summary>From (included) to (not included) in percent of quota; the last tier has no end. The rate is in percent of the credited amount.</summary>
public sealed record TierInput(decimal From, decimal? To, decimal Rate);

public sealed record PlanView(string Id, string Source, string ExternalId, string Name, IReadOnlyList<PlanVersionView> Versions, string UpdatedAt);

public sealed record PlanVersionView(int Number, DateOnly EffectiveFrom, IReadOnlyList<ComponentView> Components);

public sealed record ComponentView(
    string Id, string Name, string Measure, IReadOnlyList<CreditSources> Credits, PeriodKind AttainmentPeriod, QuotaBasis Quota, RateTableInput RateTable);

/// <summary>Plans: versioned, effective-dated sets of components.</summary>
public sealed class PlanSlice : RecordSlice<PlanInput, PlanDoc>
{
    private static readonly CreditSources[] Sources = [CreditSources.Direct, CreditSources.Overlay, CreditSources.RollUp];

    public override string Entity => "plans";

    public override Registry<PlanDoc> Of(Company company) => company.PlanDocs;

    public override PlanView View(Entry<PlanDoc> entry, Company company) => new(
        entry.Id,
        entry.Source,
        entry.ExternalId,
        entry.Doc.Name,
        [.. entry.Doc.Versions.Select((v, i) => new PlanVersionView(i + 1, v.EffectiveFrom, [.. v.Components.Select(View)]))],
        Wire.Instant(entry.UpdatedAt));

    protected override RegistryEditor<PlanDoc> Registry(CompanyEditor editor) => editor.Plans;

    protected override PlanDoc Check(PlanInput input, RecordCheck check, Entry<PlanDoc>? old)
    {
        var versions = input.Versions ?? [];
        if (versions.Count is 0 or > Limits.MaxPlanVersions)
        {
            check.Fail("versions", ErrorCodes.PlanInvalid, $"A plan has 1 to {Limits.MaxPlanVersions} versions.");
        }
        if (versions.DistinctBy(v => v.EffectiveFrom).Count() != versions.Count)
        {
            check.Fail("versions", ErrorCodes.PlanInvalid, "Two versions take effect on the same day.");
        }
        var ordered = versions.Select((version, i) => (version, i)).OrderBy(v => v.version.EffectiveFrom);
        return new PlanDoc(check.Name(input.Name), [.. ordered.Select(v => Version(v.version, $"versions/{v.i}", check))]);
    }

    protected override bool CreditsAlike(PlanDoc before, PlanDoc after) => true;

    protected override void Affects(CompanyEditor editor, int no)
    {
        for (var rep = 0; rep < editor.Before.Reps.Count; rep++)
        {
            if (editor.Before.RepPlans[rep].Entries.Any(e => e.Value == no))
            {
                editor.Touch(rep);
            }
        }
    }

    private static PlanVersionDoc Version(PlanVersionInput input, string at, RecordCheck check)
    {
        var components = input.Components ?? [];
        if (components.Count is 0 or > Limits.MaxComponents)
        {
            check.Fail($"{at}/components", ErrorCodes.PlanInvalid, $"A version has 1 to {Limits.MaxComponents} components.");
        }
        if (components.DistinctBy(c => c.Id, StringComparer.Ordinal).Count() != components.Count)
        {
            check.Fail($"{at}/components", ErrorCodes.PlanInvalid, "Two components have the same id.");
        }
        return new PlanVersionDoc(input.EffectiveFrom, [.. components.Select((c, i) => Component(c, $"{at}/components/{i}", check))]);
    }

    private static ComponentDoc Component(ComponentInput input, string at, RecordCheck check)
    {
        if (input.Credits is not { Count: > 0 } || input.Credits.Contains(CreditSources.None))
        {
            check.Fail($"{at}/credits", ErrorCodes.PlanInvalid, "A component counts at least one of direct, overlay and roll_up.");
        }
        var id = check.Text($"{at}/id", input.Id, Limits.IdLength, required: true) ?? "";
        return new ComponentDoc(
            id,
            check.Text($"{at}/name", input.Name, Limits.NameLength) ?? id,
            check.Reference($"{at}/measure", input.Measure, check.Editor.Measures, ErrorCodes.MeasureUnknown) ?? "",
            (input.Credits ?? []).Aggregate(CreditSources.None, (all, one) => all | one),
            input.AttainmentPeriod,
            input.Quota,
            RateTable(input.RateTable, $"{at}/rate_table", check));
    }

    private static RateTableDoc RateTable(RateTableInput input, string at, RecordCheck check)
    {
        Tier[] tiers = [.. (input?.Tiers ?? []).Select(t => new Tier(t.From, t.To, t.Rate))];
        if (input?.Mode != StepTable.WireName)
        {
            check.Fail($"{at}/mode", ErrorCodes.RateTableInvalid, $"'{input?.Mode}' is not a mode of rate table: {StepTable.WireName}.");
        }
        else if (Tiers.Check(tiers) is { } broken)
        {
            check.Fail($"{at}/tiers/{broken.Index}", ErrorCodes.RateTableInvalid, broken.Detail);
        }
        else if (Array.FindIndex(tiers, t => t.To > Limits.MaxTierEdge) is >= 0 and var far)
        {
            check.Fail($"{at}/tiers/{far}", ErrorCodes.RateTableInvalid, $"Tier {far + 1} ends at {tiers[far].To} %; a tier ends at {Limits.MaxTierEdge} % at most, or nowhere.");
        }
        return new RateTableDoc(input?.Mode ?? "", tiers);
    }

    private static ComponentView View(ComponentDoc c) => new(
        c.Id,
        c.Name,
        c.Measure,
        [.. Sources.Where(s => c.Credits.HasFlag(s))],
        c.AttainmentPeriod,
        c.Quota,
        new RateTableInput(c.RateTable.Mode, [.. c.RateTable.Tiers.Select(t => new TierInput(t.From, t.To, t.Rate))]));
}
