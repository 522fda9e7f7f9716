using System.Globalization;
using Spm.Compensation.Lint;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Plans;

/// <param name="Accepted">Whether the plan could be put as it is: its findings do not count.</param>
/// <param name="Errors">Rules that it breaks, and tests of its own that fail, by their place in the document.</param>
/// <param name="Findings">None while there are errors.</param>
public sealed record PlanCheckView(bool Accepted, IReadOnlyList<ProblemField> Errors, IReadOnlyList<PlanFindingView> Findings);

/// <summary>Something about a plan that its author should look at before it pays anybody.</summary>
/// <param name="Code">Names the rule: cliff, negative_marginal_pay, … (docs/plans.md).</param>
/// <param name="Input">Where it bites: "at 100 % of quota (120,000)".</param>
/// <param name="Money">What it is worth there for the rep that was tried, in the plan's currency; null where there is no such figure.</param>
public sealed record PlanFindingView(string Code, FindingSeverity Severity, int Version, string Component, string Input, string? Money, string Detail);

/// <summary>Looks at plans without changing anything: what `spm plan check` says about a file.</summary>
public sealed class PlanCheckQueries(TenantDirectory tenants, PlanVerdicts verdicts)
{
    public Result<PlanCheckView> Check(Caller caller, PlanInput input)
    {
        if (caller.Lacks(Scopes.ConfigurationRead) is { } lacking)
        {
            return lacking;
        }
        var read = verdicts.Of(input, tenants.Get(caller.Tenant).Company);
        return read.IsOk ? new PlanCheckView(true, [], Views(PlanLint.Examine(read.Value))) : new PlanCheckView(false, [.. read.Error!.Fields.Select(ProblemField.Of)], []);
    }

    /// <summary>Of a plan that is here.</summary>
    public Result<IReadOnlyList<PlanFindingView>> Findings(Caller caller, string id)
    {
        if (caller.Lacks(Scopes.ConfigurationRead) is { } lacking)
        {
            return lacking;
        }
        var company = tenants.Get(caller.Tenant).Company;
        return company.PlanDocs.ById(id) is { } plan
            ? Result<IReadOnlyList<PlanFindingView>>.Of(Views(PlanLint.Examine(company.Plans[plan.No])))
            : new Error(ErrorCodes.NotFound, $"There is no plan '{id}'.");
    }

    private static IReadOnlyList<PlanFindingView> Views(IReadOnlyList<PlanFinding> findings) =>
    [
        .. findings.Select(f => new PlanFindingView(
            f.Code, f.Severity, f.Version, f.Component, f.Input, f.Money?.ToString("0.00##########", CultureInfo.InvariantCulture), f.Detail)),
    ];
}
