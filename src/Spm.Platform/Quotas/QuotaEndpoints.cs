using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Companies;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Quotas;

public sealed class QuotaEndpoints(TenantDirectory tenants, CompanyCommands companies, QuotaCommands commands, QuotaQueries queries, QuotaSlice quotas) : IEndpoints
{
    private const string List = "quotas";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/quotas", (Delegate)PutAsync)
            .Operation("putQuota", "Quotas", "Sets a rep's quota of a measure in a fiscal period.", Scopes.ConfigurationWrite, ErrorCodes.RepUnknown, ErrorCodes.MeasureUnknown, ErrorCodes.PeriodUnknown, ErrorCodes.QuotaNotPositive, ErrorCodes.LimitExceeded)
            .Reads<QuotaInput>().Answers<QuotaView>(200, 201);
        routes.MapDelete("/v1/quotas", (Delegate)DeleteAsync)
            .Operation("deleteQuota", "Quotas", "Takes a quota away, as if it had never been set. What it paid in open periods is calculated anew; closed ones are adjusted.", Scopes.ConfigurationWrite, ErrorCodes.NotFound, ErrorCodes.RepUnknown, ErrorCodes.MeasureUnknown, ErrorCodes.PeriodUnknown, ErrorCodes.ReferenceAmbiguous, ErrorCodes.ParameterInvalid)
            .NeedsParameter("rep", "By id or external id.").NeedsParameter("measure", "By id or external id.").NeedsParameter("period", "A fiscal month, quarter or year.")
            .Parameters(("from", "The day that it is set anew on within the period; left out for the quota of the period itself.")).Answers<QuotaView>();
        routes.MapGet("/v1/quotas", (Delegate)Get)
            .Operation("listQuotas", "Quotas", "All quotas, by rep.", Scopes.RepsRead, ErrorCodes.RepUnknown, ErrorCodes.CursorInvalid)
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
        var outcome = await companies.ChangeAsync(caller, editor => quotas.Put(editor, "", "", body.Value));
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

    private async Task<IResult> DeleteAsync(HttpContext http) =>
        Answer.Of(await commands.DeleteAsync(http.Caller(), http.Parameter("rep"), http.Parameter("measure"), http.Parameter("period"), http.Parameter("from")));

    private IResult Get(HttpContext http)
    {
        if (http.Caller().Lacks(Scopes.RepsRead) is { } lacking)
        {
            return Answer.Problem(lacking);
        }
        var (limit, after) = (http.Limit(), http.After(List, 4));
        if (!limit.IsOk || !after.IsOk)
        {
            return Answer.Problem(limit.Error ?? after.Error!);
        }
        var start = QuotaKey.Start;
        if (after.Value is [var repNo, var measureNo, var name, var day])
        {
            if (!int.TryParse(repNo, out var rep) || !int.TryParse(measureNo, out var measure))
            {
                return Answer.Problem(new Error(ErrorCodes.CursorInvalid, "Not a cursor of this list."));
            }
            start = new QuotaKey(rep, measure, name, day);
        }
        var company = tenants.Get(http.Caller().Tenant).Company;
        var rows = queries.List(http.Caller(), company, http.Parameter("rep"), http.Parameter("period"), start, limit.Value + 1);
        return !rows.IsOk ? Answer.Problem(rows.Error!) : http.Page(
            List,
            limit.Value,
            rows.Value,
            q => new QuotaView(company.Reps[q.Key.Rep].Id, company.MeasureDocs[q.Key.Measure].Id, q.Key.Period, q.From, Wire.Amount(q.Amount)),
            q => [q.Key.Rep, q.Key.Measure, q.Key.Period, q.Key.From]);
    }
}
