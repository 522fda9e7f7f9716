using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.AuditTrail;

public sealed class AuditEndpoints(AuditQueries queries) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/audit", (Delegate)Page)
            .Operation("listAuditEntries", "Audit trail", "Who did what, when, and how it stood before and after: every write, and every read by payroll, in order.", Scopes.AuditRead, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
            .Paged(
                ("actor", "Only by this credential."),
                ("action", "Only this action, such as payout.approve."),
                ("subject", "Only what was done to this id."),
                ("from", "Only from this instant on."),
                ("to", "Only before this instant."))
            .Answers<Page<AuditEntryView>>();
        routes.MapGet("/v1/audit/verification", (HttpContext http) => Answer.Of(
                queries.Verify(http.Caller(), http.Parameter("head")), AuditVerdictView.Of))
            .Operation("verifyAudit", "Audit trail", "Hashes the whole trail again and names the first entry that does not fit.", Scopes.AuditRead)
            .Parameters(("head", "A head that an earlier verification answered with: the trail must still contain it.")).Answers<AuditVerdictView>();
    }

    private IResult Page(HttpContext http)
    {
        var seek = http.Seek(AuditQueries.Keys);
        if (seek.Error is { } refusal)
        {
            return Answer.Problem(refusal);
        }
        var filter = new AuditEntryFilter(http.Parameter("actor"), http.Parameter("action"), http.Parameter("subject"), http.Parameter("from"), http.Parameter("to"));
        return http.Page(AuditQueries.Keys, queries.List(http.Caller(), filter, seek.Value), AuditEntryView.Of);
    }
}
