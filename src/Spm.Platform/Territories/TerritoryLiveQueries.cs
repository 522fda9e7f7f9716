using Orleans;
using Spm.Platform.Companies;
using Spm.Platform.Grains;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Territories;

public sealed record TerritoryRef(string Id, string ExternalId, string Name);

/// <summary>A territory as of now: every measure that any of its transactions counts towards.</summary>
public sealed record TerritoryLiveView(TerritoryRef Territory, IReadOnlyList<TerritoryMeasureView> Measures);

/// <param name="Periods">Fiscal months in order of time; a month without transactions is left out.</param>
public sealed record TerritoryMeasureView(string Measure, string MeasureName, IReadOnlyList<TerritoryMonthView> Periods, TerritorySums Total);

public sealed record TerritoryMonthView(string Period, MeasuredView Own, MeasuredView RollUp);

/// <param name="Own">Transactions of the territory itself, credited to somebody or not.</param>
/// <param name="RollUp">Those of the territories below it.</param>
public sealed record TerritorySums(MeasuredView Own, MeasuredView RollUp);

/// <param name="Amount">In the measure's unit.</param>
/// <param name="Count">Of transactions.</param>
public sealed record MeasuredView(string Amount, long Count);

/// <summary>One territory as of now, from its grain's memory.</summary>
public sealed class TerritoryLiveQueries(TenantDirectory tenants, IGrainFactory grains)
{
    public async Task<Result<TerritoryLiveView>> LiveAsync(Caller caller, string id)
    {
        if (caller.Lacks(Scopes.CompanyPerformanceRead) is { } lacking)
        {
            return lacking;
        }
        var company = tenants.Get(caller.Tenant).Company;
        if (company.Territories.ById(id) is not { } territory)
        {
            return new Error(ErrorCodes.NotFound, $"There is no territory '{id}'.");
        }
        var cells = await grains.GetGrain<ITerritoryGrain>(GrainKey.Of(caller.Tenant, territory.No)).Live();
        return new TerritoryLiveView(
            new TerritoryRef(territory.Id, territory.ExternalId, territory.Doc.Name),
            [.. cells.Where(c => !c.Change.IsEmpty).GroupBy(c => c.Measure).OrderBy(g => g.Key).Select(g => Measure(company, g.Key, [.. g.OrderBy(c => c.Month)]))]);
    }

    private static TerritoryMeasureView Measure(Company company, int measure, MeasuredChange[] months) => new(
        company.MeasureDocs[measure].Id,
        company.MeasureDocs[measure].Doc.Name,
        [.. months.Select(c => new TerritoryMonthView(company.Calendar.MonthByNo(c.Month)!.Id, Measured(c.Direct, c.DirectCount), Measured(c.RollUp, c.RollUpCount)))],
        new TerritorySums(Measured(months.Sum(c => c.Direct), months.Sum(c => (long)c.DirectCount)), Measured(months.Sum(c => c.RollUp), months.Sum(c => (long)c.RollUpCount))));

    private static MeasuredView Measured(long tenThousandths, long count) => new(Wire.Amount(tenThousandths), count);
}
