using System.Security.Cryptography;
using System.Text.Json;
using Spm.Platform.AuditTrail;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Imports;

/// <summary>Takes in files of rows, and rows that were rejected and are sent again.</summary>
public sealed class ImportCommands(SpmStore store, ImportFiles files, ImportRunner runner, TenantDirectory tenants, Settlements settlements, RecordClock clock)
{
    public const string Transactions = "transactions";

    public static string ScopeOf(string entity) => entity == Transactions ? Scopes.TransactionsWrite : Scopes.ConfigurationWrite;

    /// <summary>What can be said before the first byte of the file is read.</summary>
    public Error? Check(Caller caller, string? entity, string? source, string delimiter) =>
        entity != Transactions && (entity is null || runner.SliceOf(entity) is null)
            ? Error.Of("entity", ErrorCodes.EntityUnknown, $"`entity` is one of transactions, reps, territories, accounts, quotas, measures, plans and fx_rates, not '{entity}'.")
        : caller.Lacks(ScopeOf(entity)) is { } lacking ? lacking
        : string.IsNullOrWhiteSpace(source) || source.Length > Limits.IdLength
            ? Error.Of("source", ErrorCodes.ParameterInvalid, $"`source` names the system the rows come from, with at most {Limits.IdLength} characters.")
        : Keys.Check("source", source) is { } invalid ? invalid
        : delimiter is not ("," or ";" or "\t" or "|") ? Error.Of("delimiter", ErrorCodes.ParameterInvalid, "`delimiter` is one of , ; | and tab.")
        : null;

    /// <summary>The whole file is on the disk when it completes; <see cref="QueueAsync"/> makes a job of it, or <see cref="Drop"/> it.</summary>
    /// <param name="hash">Fed with the bytes as they come in.</param>
    public async Task<Result<ImportUpload>> ReceiveAsync(
        Caller caller, string entity, string source, ImportFormat format, string delimiter, Stream body, IncrementalHash? hash, CancellationToken cancelled)
    {
        if (Check(caller, entity, source, delimiter) is { } refusal)
        {
            return refusal;
        }
        var id = Ids.Random("imp");
        return (await files.ReceiveAsync(id, body, hash, cancelled)).Then(length => new ImportUpload(new ImportJob
        {
            No = 0,
            Tenant = caller.Tenant,
            Id = id,
            Entity = entity,
            Source = source,
            Format = format,
            Delimiter = delimiter,
            Status = ImportStatus.Queued,
            BytesTotal = length,
            CreatedAt = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        }, caller));
    }

    /// <summary>The job is in the store when it completes. <paramref name="also"/> runs in the same commit.</summary>
    public async Task<ImportJob> QueueAsync(ImportUpload upload, Action<SqlSession, ImportJob>? also = null)
    {
        await store.Writer.WriteAsync(session =>
        {
            ImportTable.Insert(session, upload.Job);
            AuditTable.Append(session, upload.By, "import.start", upload.Job.Id, null, new { upload.Job.Entity, upload.Job.Source, Bytes = upload.Job.BytesTotal }, upload.Job.CreatedAt);
            also?.Invoke(session, upload.Job);
        });
        runner.Enqueue(upload.Job.Tenant, upload.Job.Id, retry: false);
        return upload.Job;
    }

    public void Drop(ImportUpload upload) => files.Delete(upload.Job.Id);

    public Task<Result<ImportJob>> RetryAsync(Caller caller, string id) => runner.AloneAsync(caller.Tenant, async () =>
    {
        var job = Finished(caller, id);
        if (!job.IsOk)
        {
            return job;
        }
        if (job.Value.IsIncomplete)
        {
            return new Error(ErrorCodes.ImportFailed, $"Import {id} ended before all of its file was read: send the file again. Rows that are in change nothing.");
        }
        // Without a file, a restart knows that the job was trying rejected rows again.
        files.Delete(id);
        await store.Writer.WriteAsync(s =>
        {
            ImportTable.SetStatus(s, job.Value, ImportStatus.Queued, null, null, null);
            AuditTable.Append(s, caller, "import.retry", id, null, null, clock.GetUtcNow().ToUnixTimeMilliseconds());
        });
        runner.Enqueue(caller.Tenant, id, retry: true);
        return job.Value with { Status = ImportStatus.Queued, FinishedAt = null, ErrorCode = null, ErrorDetail = null };
    });

    /// <summary>Puts a corrected row in the place of a rejected one. When it is rejected too, it is the one that is tried again later.</summary>
    public Task<Result<ImportRowResult>> CorrectAsync(Caller caller, string id, long row, JsonElement body) => runner.AloneAsync<Result<ImportRowResult>>(caller.Tenant, async () =>
    {
        var job = Finished(caller, id);
        if (!job.IsOk)
        {
            return job.Error!;
        }
        if (store.Read(s => ImportTable.Row(s, job.Value, row)) is not { Status: ImportRowResult.Rejected } rejected)
        {
            return new Error(ErrorCodes.ImportRowUnknown, $"Row {row} of {id} is not among the rejected ones.");
        }
        if (body.ValueKind != JsonValueKind.Object)
        {
            return new Error(ErrorCodes.BodyMalformed, "A JSON object is expected.");
        }
        // Before the row itself, which is a commit of its own: what was tried is told, and the row's revision tells what came of it.
        await store.Writer.WriteAsync(s => AuditTable.Append(
            s, caller, "import_row.correct", $"{id}/{row}", new { rejected.Raw }, body.GetRawText(), clock.GetUtcNow().ToUnixTimeMilliseconds()));
        var by = new JobAuthor(caller.Credential, id, caller.Request);
        if (runner.SliceOf(job.Value.Entity) is { } slice)
        {
            return await runner.Records(job.Value, slice, by).CorrectAsync(row, body);
        }
        var result = await runner.Transactions(job.Value, by).CorrectAsync(ImportRunner.Again(job.Value), row, body.GetRawText());
        await settlements.SettleAsync(tenants.Get(caller.Tenant));
        return result;
    });

    public Result<ImportJob> Find(Caller caller, string id) => store.Read(s => ImportTable.Find(s, caller.Tenant, id)) is { } job
        ? caller.Lacks(ScopeOf(job.Entity)) is { } lacking ? lacking : job
        : new Error(ErrorCodes.NotFound, $"There is no import '{id}'.");

    private Result<ImportJob> Finished(Caller caller, string id)
    {
        var job = Find(caller, id);
        return job.IsOk && job.Value.IsUnfinished
            ? new Error(ErrorCodes.ImportRunning, $"Import {id} has not finished.")
            : job;
    }
}

/// <summary>A file that was received and is no job yet.</summary>
public sealed record ImportUpload(ImportJob Job, Caller By);
