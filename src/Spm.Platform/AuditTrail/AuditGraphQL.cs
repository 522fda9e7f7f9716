using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.AuditTrail;

[QueryType]
internal static class AuditRoots
{
    /// <summary>Who did what, when, and how it stood before and after: every write, and every read by payroll, in order.</summary>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<AuditEntryView>> GetAuditEntriesAsync(PageArguments page, AuditQueries queries, Call call, AuditEntryFilter? filter = null)
    {
        var asked = filter ?? new AuditEntryFilter();
        return Pages.Of(AuditQueries.Keys, page, seek => queries.List(call.Caller, asked, seek), AuditEntryView.Of, () => queries.Count(call.Caller, asked));
    }

    /// <summary>Hashes the whole audit trail again and names the first entry that does not fit.</summary>
    /// <param name="head">A head that an earlier verification answered with: the trail must still contain it.</param>
    [Cost(100)]
    public static AuditVerdictView GetAuditVerification(AuditQueries queries, Call call, string? head = null)
    {
        var verdict = queries.Verify(call.Caller, head).Then(AuditVerdictView.Of);
        return verdict.OrRefuse();
    }
}
