using Orleans;
using Spm.Compensation.Periods;
using Spm.Platform.Access;
using Spm.Platform.Companies;
using Spm.Platform.Grains;
using Spm.Platform.Kernel;
using Spm.Platform.Payouts.Explaining;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;

namespace Spm.Platform.Reps;

/// <summary>How a month's pay comes about as of now, posted or not.</summary>
/// <param name="Calculation">Of the whole month: it holds the incentives of the components and the lines that rules of the plan add.</param>
public sealed record RepExplanationView(RepRef Rep, string Period, IReadOnlyList<ComponentExplanationView> Components, CalculationView? Calculation);

/// <param name="Attainment">As a fraction; null without a quota.</param>
public sealed record ComponentExplanationView(string Component, CalculationView Incentive, CalculationView? Attainment);

/// <summary>Explains live figures. What a payout paid, down to its transactions, is explained with the payout.</summary>
public sealed class RepExplainQueries(TenantDirectory tenants, Settlements settlements, IGrainFactory grains)
{
    /// <param name="period">A fiscal month.</param>
    public async Task<Result<RepExplanationView>> ExplainAsync(Caller caller, string id, string? period)
    {
        if (caller.Lacks(Scopes.PerformanceRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        var company = tenant.Company;
        if (company.Reps.ById(id) is not { } rep)
        {
            return new Error(ErrorCodes.NotFound, $"There is no rep '{id}'.");
        }
        var span = Filters.Period(company, period);
        if (!Sight.Of(caller, company).SeesIn(rep.No, span.IsOk ? span.Value : null))
        {
            return new Error(ErrorCodes.NotFound, $"There is no rep '{id}'.");
        }
        if (!span.IsOk)
        {
            return span.Error!;
        }
        if (span.Value is not { Kind: PeriodKind.Month } month)
        {
            return Error.Of("period", ErrorCodes.PeriodNotMonth, "Give a `period`: a fiscal month.");
        }
        await settlements.SettleOthersAsync(tenant, rep.No);
        var explained = await grains.GetGrain<IRepGrain>(GrainKey.Of(tenant.No, rep.No)).Explain(month.No);
        return new RepExplanationView(
            TransactionViews.Rep(company, rep.No),
            month.Id,
            [
                .. (explained?.Components ?? []).Select(c => new ComponentExplanationView(c.Figures.Component, c.Incentive, c.Attainment)),
            ],
            explained?.Pay);
    }
}
