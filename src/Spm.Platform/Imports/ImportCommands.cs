using System.Text.Json;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Imports;

/// <summary>Takes in files of rows, and rows that were rejected and are sent again.</summary>
public sealed class ImportCommands(SpmStore store, ImportFiles files, ImportRunner runner, TenantDirectory tenants, Settlements settlements, TimeProvider clock)
{
    public const string Transactions = "transactions";

    public static string ScopeOf(string entity) => entity == Transactions ? Scopes.TransactionsWrite : Scopes.ConfigurationWrite;

    /// <summary>What can be said before the first byte of the file is read.</summary>
    public Error? Check(Caller caller, string? entity, string? source, string delimiter) =>
        entity != Transactions && (entity is null || runner.SliceOf(entity) is null)
            ? Error.Of("entity", ErrorCodes.EntityUnknown, $"`entity` is one of transactions, reps, territories, accounts, quotas, measures and plans, not '{entity}'.")
        : caller.Lacks(ScopeOf(entity)) is { } lacking ? lacking
        : string.IsNullOrWhiteSpace(source) || source.Length > Limits.IdLength
            ? Error.Of("source", ErrorCodes.ParameterInvalid, $"`source` names the system the rows come from, with at most {Limits.IdLength} characters.")
        : delimiter is not ("," or ";" or "\t" or "|") ? Error.Of("delimiter", ErrorCodes.ParameterInvalid, "`delimiter` is one of , ; | and tab.")
        : null;

    /// <summary>The whole file is on the disk and the job in the store when it completes.</summary>
    public async Task<Result<ImportJob>> StartAsync(
        Caller caller, string entity, string source, ImportFormat format, string delimiter, Stream body, CancellationToken cancelled)
    {
        if (Check(caller, entity, source, delimiter) is { } refusal)
        {
            return refusal;
        }
        var id = Ids.Random("imp");
        var length = await files.ReceiveAsync(id, body, cancelled);
        if (!length.IsOk)
        {
            return length.Error!;
        }
        var job = new ImportJob
        {
            No = 0,
            Tenant = caller.Tenant,
            Id = id,
            Entity = entity,
            Source = source,
            Format = format,
            Delimiter = delimiter,
            Status = ImportStatus.Queued,
            BytesTotal = length.Value,
            CreatedAt = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        await store.Writer.WriteAsync(s => ImportTable.Insert(s, job));
        runner.Enqueue(caller.Tenant, id, retry: false);
        return job;
    }

    public async Task<Result<ImportJob>> RetryAsync(Caller caller, string id)
    {
        var job = Finished(caller, id);
        if (!job.IsOk)
        {
            return job;
        }
        await store.Writer.WriteAsync(s => ImportTable.SetStatus(s, job.Value, ImportStatus.Queued, null, null, null));
        runner.Enqueue(caller.Tenant, id, retry: true);
        return job.Value with { Status = ImportStatus.Queued };
    }

    /// <summary>Puts a corrected row in the place of a rejected one.</summary>
    public async Task<Result<ImportRowResult>> CorrectAsync(Caller caller, string id, long row, JsonElement body)
    {
        var job = Finished(caller, id);
        if (!job.IsOk)
        {
            return job.Error!;
        }
        if (store.Read(s => ImportTable.Row(s, job.Value, row)) is not { Status: ImportRowResult.Rejected })
        {
            return new Error(ErrorCodes.ImportRowUnknown, $"Row {row} of {id} is not among the rejected ones.");
        }
        if (runner.SliceOf(job.Value.Entity) is { } slice)
        {
            return await runner.Records(job.Value, slice).CorrectAsync(row, body);
        }
        var input = Bodies.Read<TransactionInput>(body);
        if (!input.IsOk)
        {
            return input.Error!;
        }
        var result = await runner.Transactions(job.Value).CorrectAsync(ImportRunner.Again(job.Value), row, input.Value);
        await settlements.SettleAsync(tenants.Get(caller.Tenant));
        return result;
    }

    public Result<ImportJob> Find(Caller caller, string id) => store.Read(s => ImportTable.Find(s, caller.Tenant, id)) is { } job
        ? caller.Lacks(ScopeOf(job.Entity)) is { } lacking ? lacking : job
        : new Error(ErrorCodes.NotFound, $"There is no import '{id}'.");

    private Result<ImportJob> Finished(Caller caller, string id)
    {
        var job = Find(caller, id);
        return job.IsOk && job.Value.Status is (ImportStatus.Queued or ImportStatus.Running)
            ? new Error(ErrorCodes.ImportRunning, $"Import {id} has not finished.")
            : job;
    }
}
