using Spm.Platform.AuditTrail;
using Spm.Platform.Grains;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Companies;

/// <summary>The one way to change a company's reference data.</summary>
public sealed class CompanyCommands(TenantDirectory tenants, SpmStore store, LiveState live, RecordClock clock)
{
    /// <summary>
    /// Runs the edit alone: no transaction is credited meanwhile. When it succeeds, the records, the credits they move and the
    /// measurements are one commit; when it refuses, nothing has happened.
    /// </summary>
    public async Task<Result<T>> ChangeAsync<T>(Caller caller, Func<CompanyEditor, Result<T>> edit)
    {
        var tenant = tenants.Get(caller.Tenant);
        using var entry = await tenant.Gate.WriteAsync();
        return await ChangeWithinGateAsync(tenant, edit, caller);
    }

    /// <summary>The same for a caller that already holds the tenant's gate for writing.</summary>
    /// <param name="caller">Who the audit trail names; the platform where it is nobody's request: what a crash interrupted.</param>
    /// <param name="job">Named instead of the caller where rows of a job are put.</param>
    /// <param name="also">Runs in the same commit, also where the edit changes nothing; not where it refuses.</param>
    public async Task<Result<T>> ChangeWithinGateAsync<T>(
        TenantRuntime tenant, Func<CompanyEditor, Result<T>> edit, Caller? caller = null, JobAuthor? job = null, Action<SqlSession>? also = null)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var editor = new CompanyEditor(tenant.Company, now);
        var result = edit(editor);
        if (!result.IsOk || editor.Changes.Count == 0)
        {
            if (result.IsOk && also is not null)
            {
                await store.Writer.WriteAsync(also);
            }
            return result;
        }
        var after = editor.Build();
        Recrediting? recredit;
        try
        {
            recredit = Recrediting.Plan(store, editor, after);
        }
        catch (OverflowException)
        {
            return TooLarge();
        }
        var affected = (editor.Affected ?? Enumerable.Range(0, after.Reps.Count)).ToArray();
        using var inFlight = tenant.Begin();
        var (commit, last) = (0L, 0L);
        try
        {
            commit = await store.Writer.WriteAsync(session =>
            {
                RecordAudit.Append(session, tenant.No, caller, job, editor.Changes, now);
                last = RecordTable.Write(session, tenant.No, editor.Changes);
                recredit?.Write(session, tenant.No, now);
                also?.Invoke(session);
                CompanyEvents.Tell(session, tenant.No, editor.Changes, now);
                return TenantCommits.Record(session, tenant, affected);
            });
        }
        catch (OverflowException)
        {
            return TooLarge();
        }
        tenant.Company = after with { LastChange = last };
        if (recredit is not null)
        {
            await live.PublishAsync(tenant, commit, recredit.Changes);
        }
        Array.ForEach(affected, tenant.MarkUnsettled);
        return result;
    }

    private static Error TooLarge() => new(ErrorCodes.LimitExceeded, "Somebody's credits of a month would be more than can be added up.");
}
