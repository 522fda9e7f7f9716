using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Imports;

/// <summary>Reads import jobs and what became of their rows.</summary>
public sealed class ImportQueries(SpmStore store, ImportCommands commands)
{
    /// <summary>Newest first.</summary>
    public static readonly Keyset<ImportJob, long> Keys = Keyset.Newest<ImportJob>("imports", j => j.No);

    /// <summary>In the order of the file.</summary>
    public static readonly Keyset<ImportRowResult, long> RowKeys = Keyset.Of<ImportRowResult>("import_rows", r => r.Row);

    public Result<IReadOnlyList<ImportJob>> List(Caller caller, Seek<long> seek) =>
        caller.Lacks(Scopes.TransactionsRead) is { } lacking ? lacking : store.Read(s => ImportTable.Page(s, caller.Tenant, seek));

    public Result<long> Count(Caller caller) => caller.Lacks(Scopes.TransactionsRead) is { } lacking ? lacking : store.Read(s => ImportTable.Count(s, caller.Tenant));

    /// <summary>Those of these ids whose kind of rows the caller may send.</summary>
    public Result<IReadOnlyList<ImportJob>> Find(Caller caller, IReadOnlyList<string> ids)
    {
        if (caller.Lacks(Scopes.TransactionsWrite) is { } lacking && caller.Lacks(Scopes.ConfigurationWrite) is not null)
        {
            return lacking;
        }
        return store.Read(s => ImportTable.Find(s, caller.Tenant, ids)).FindAll(j => caller.Has(ImportCommands.ScopeOf(j.Entity)));
    }

    /// <summary>Rows that were not simply created.</summary>
    /// <param name="status">rejected, corrected or unchanged; null for all three.</param>
    public Result<IReadOnlyList<ImportRowResult>> Rows(Caller caller, string id, string? status, Seek<long> seek)
    {
        var job = Asked(caller, id, status);
        return job.IsOk ? store.Read(s => ImportTable.Rows(s, job.Value, status, seek)) : job.Error!;
    }

    public Result<long> CountRows(Caller caller, string id, string? status) => Asked(caller, id, status).Then(job => store.Read(s => ImportTable.CountRows(s, job, status)));

    private Result<ImportJob> Asked(Caller caller, string id, string? status)
    {
        var job = commands.Find(caller, id);
        return !job.IsOk || status is null or ImportRowResult.Rejected or ImportRowResult.Corrected or ImportRowResult.Unchanged
            ? job
            : Error.Of("status", ErrorCodes.ParameterInvalid, "`status` is rejected, corrected or unchanged.");
    }
}
