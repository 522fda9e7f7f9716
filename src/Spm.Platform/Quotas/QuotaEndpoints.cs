using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Companies;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Quotas;

public sealed class QuotaEndpoints(TenantDirectory tenants, QuotaCommands commands, QuotaQueries queries) : IEndpoints
{
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
        var body = await http.ReadJsonAsync();
        if (!body.IsOk)
        {
            return Answer.Problem(body.Error!);
        }
        var put = await commands.PutAsync(caller, body.Value);
        return put.IsOk ? Answer.Created(put.Value.Quota, put.Value.Outcome == PutOutcome.Created) : Answer.Problem(put.Error!);
    }

    private async Task<IResult> DeleteAsync(HttpContext http) =>
        Answer.Of(await commands.DeleteAsync(http.Caller(), http.Parameter("rep"), http.Parameter("measure"), http.Parameter("period"), http.Parameter("from")));

    private IResult Get(HttpContext http)
    {
        var seek = http.Seek(QuotaQueries.Keys);
        if (!seek.IsOk)
        {
            return Answer.Problem(seek.Error!);
        }
        var company = tenants.Get(http.Caller().Tenant).Company;
        return http.Page(QuotaQueries.Keys, queries.List(http.Caller(), company, http.Parameter("rep"), http.Parameter("period"), seek.Value), q => QuotaView.Of(q, company));
    }
}
