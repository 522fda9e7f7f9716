using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Compensation.Quotas;
using Spm.Platform.Companies;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Quotas;

public sealed class QuotaEndpoints(TenantDirectory tenants, CompanyCommands companies, QuotaSlice quotas) : IEndpoints
{
    private const string List = "quotas";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/quotas", (Delegate)PutAsync)
            .Operation("putQuota", "Quotas", "Sets a rep's quota of a measure in a fiscal period.", Scopes.ConfigurationWrite, ErrorCodes.RepUnknown, ErrorCodes.MeasureUnknown, ErrorCodes.PeriodUnknown, ErrorCodes.QuotaNotPositive, ErrorCodes.LimitExceeded)
            .Reads<QuotaInput>().Answers<QuotaView>(200, 201);
        routes.MapGet("/v1/quotas", (Delegate)Get)
            .Operation("listQuotas", "Quotas", "All quotas, by rep.", Scopes.ConfigurationRead, ErrorCodes.RepUnknown, ErrorCodes.CursorInvalid)
            .Paged(("rep", "Only of this rep."), ("period", "Only of this period.")).Answers<Page<QuotaView>>();
    }

    private async Task<IResult> PutAsync(HttpContext http)
    {
        var caller = http.Caller();
        if (caller.Lacks(Scopes.ConfigurationWrite) is { } lacking)
        {
            return Answer.Problem(lacking);
        }
        var body = await http.ReadJsonAsync();
        if (!body.IsOk)
        {
            return Answer.Problem(body.Error!);
        }
        var outcome = await companies.ChangeAsync(caller.Tenant, editor => quotas.Put(editor, "", "", body.Value));
        if (!outcome.IsOk)
        {
            return Answer.Problem(outcome.Error!);
        }
        var input = Bodies.Read<QuotaInput>(body.Value).Value;
        var company = tenants.Get(caller.Tenant).Company;
        return Answer.Created(
            new QuotaView(
                company.Reps[company.Reps.Resolve(input.Rep, "").No].Id,
                company.MeasureDocs[company.MeasureDocs.Resolve(input.Measure, "").No].Id,
                input.Period,
                input.From,
                Wire.Amount(input.Amount)),
            outcome.Value == PutOutcome.Created);
    }

    private IResult Get(HttpContext http)
    {
        if (http.Caller().Lacks(Scopes.ConfigurationRead) is { } lacking)
        {
            return Answer.Problem(lacking);
        }
        var (limit, after) = (http.Limit(), http.After(List, 4));
        if (!limit.IsOk || !after.IsOk)
        {
            return Answer.Problem(limit.Error ?? after.Error!);
        }
        var start = (Rep: -1, Measure: -1, Period: "", From: "");
        if (after.Value is [var repNo, var measureNo, var name, var day])
        {
            if (!int.TryParse(repNo, out start.Rep) || !int.TryParse(measureNo, out start.Measure))
            {
                return Answer.Problem(new Error(ErrorCodes.CursorInvalid, "Not a cursor of this list."));
            }
            (start.Period, start.From) = (name, day);
        }
        var company = tenants.Get(http.Caller().Tenant).Company;
        var only = http.Parameter("rep") is { } rep ? company.Reps.Resolve(rep, "") : (Resolution?)null;
        if (only is { Found: false } or { Ambiguous: true })
        {
            return Answer.Problem(Error.Of("rep", ErrorCodes.RepUnknown, "There is no such rep."));
        }
        var period = http.Parameter("period");
        var rows = Enumerable.Range(0, company.Reps.Count)
            .Where(r => r >= start.Rep && (only is null || only.Value.No == r))
            .SelectMany(r => Set(company.QuotasOf(r)).Select(q => (Rep: r, q.Measure, q.Period, From: q.From is { } from ? $"{from:yyyy-MM-dd}" : "", Quota: q)))
            .OrderBy(q => q.Rep).ThenBy(q => q.Measure).ThenBy(q => q.Period, StringComparer.Ordinal).ThenBy(q => q.From, StringComparer.Ordinal)
            .Where(q => period is null || q.Period == period)
            .Where(q => q.Rep > start.Rep || q.Measure > start.Measure || (q.Measure == start.Measure && string.CompareOrdinal($"{q.Period}/{q.From}", $"{start.Period}/{start.From}") > 0))
            .Take(limit.Value + 1)
            .ToList();
        return http.Page(
            List,
            limit.Value,
            rows,
            q => new QuotaView(company.Reps[q.Rep].Id, company.MeasureDocs[q.Measure].Id, q.Period, q.Quota.From, Wire.Amount(q.Quota.Amount)),
            q => [q.Rep, q.Measure, q.Period, q.From]);
    }

    private static IEnumerable<(int Measure, string Period, DateOnly? From, decimal Amount)> Set(RepQuotas quotas) =>
        quotas.Book.All.Select(q => (q.Measure, q.Period, (DateOnly?)null, q.Amount)).Concat(quotas.Dated.Select(d => (d.Measure, d.Period, (DateOnly?)d.From, d.Amount)));
}
