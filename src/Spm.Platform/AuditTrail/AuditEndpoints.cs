using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.AuditTrail;

public sealed class AuditEndpoints(AuditQueries queries) : IEndpoints
{
    private const string List = "audit";

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
                queries.Verify(http.Caller(), http.Parameter("head")), v => new AuditVerdictView(v.Sound, v.Entries, v.Head, v.BrokenAt, v.Detail)))
            .Operation("verifyAudit", "Audit trail", "Hashes the whole trail again and names the first entry that does not fit.", Scopes.AuditRead)
            .Parameters(("head", "A head that an earlier verification answered with: the trail must still contain it.")).Answers<AuditVerdictView>();
    }

    private IResult Page(HttpContext http)
    {
        var (limit, after) = (http.Limit(), http.AfterNumbers(List, 1));
        if ((http.Caller().Lacks(Scopes.AuditRead) ?? limit.Error ?? after.Error) is { } refusal)
        {
            return Answer.Problem(refusal);
        }
        var rows = queries.List(
            http.Caller(), http.Parameter("actor"), http.Parameter("action"), http.Parameter("subject"), http.Parameter("from"), http.Parameter("to"),
            after.Value is [var no] ? no : 0, limit.Value + 1);
        return rows.IsOk ? http.Page(List, limit.Value, rows.Value, AuditEntryView.Of, e => [e.No]) : Answer.Problem(rows.Error!);
    }
}
