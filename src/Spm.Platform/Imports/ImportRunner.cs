using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Imports;

/// <summary>
/// Runs import jobs: those of one tenant one after another, in the order they were sent, because a file of transactions counts on the
/// reps of the file before. Jobs that a crash or a stop interrupted go on from their last commit.
/// </summary>
public sealed partial class ImportRunner(
    SpmStore store,
    ImportFiles files,
    TenantDirectory tenants,
    TransactionCommands transactions,
    CompanyCommands companies,
    Settlements settlements,
    IEnumerable<IRecordSlice> slices,
    TimeProvider clock,
    ILogger<ImportRunner> log) : BackgroundService
{
    private readonly ConcurrentDictionary<int, Channel<Work>> _queues = new();
    private readonly ConcurrentBag<Task> _loops = [];
    private CancellationToken _stop;

    /// <summary>Tries the rejected rows again, instead of reading the file.</summary>
    internal sealed record Work(int Tenant, string Id, bool Retry);

    public void Enqueue(int tenant, string id, bool retry) => _queues.GetOrAdd(tenant, StartLoop).Writer.TryWrite(new Work(tenant, id, retry));

    internal IRecordSlice? SliceOf(string entity) => slices.FirstOrDefault(s => s.Entity == entity);

    internal RecordImporter Records(ImportJob job, IRecordSlice slice) => new(job, tenants.Get(job.Tenant), companies, store, slice);

    internal TransactionImporter Transactions(ImportJob job) => new(job, tenants.Get(job.Tenant), tenants, transactions);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var unfinished = store.Read(ImportTable.Unfinished);
        files.Sweep(unfinished.Select(j => j.Id).ToHashSet(StringComparer.Ordinal));
        foreach (var job in unfinished)
        {
            // A job without its file was trying rejected rows again.
            Enqueue(job.Tenant, job.Id, retry: !File.Exists(files.PathOf(job.Id)));
        }
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var queue in _queues.Values)
        {
            queue.Writer.TryComplete();
        }
        await Task.WhenAll(_loops).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _stop = stoppingToken;
        return Task.CompletedTask;
    }

    private Channel<Work> StartLoop(int tenant)
    {
        var queue = Channel.CreateUnbounded<Work>();
        _loops.Add(Task.Run(async () =>
        {
            await foreach (var work in queue.Reader.ReadAllAsync())
            {
                if (!_stop.IsCancellationRequested)
                {
                    await RunAsync(work);
                }
            }
        }));
        return queue;
    }

    private async Task RunAsync(Work work)
    {
        var job = store.Read(s => ImportTable.Find(s, work.Tenant, work.Id))!;
        var tenant = tenants.Get(work.Tenant);
        tenant.RunningImports++;
        try
        {
            await store.Writer.WriteAsync(s => ImportTable.SetStatus(s, job, ImportStatus.Running, null, null, null), Durability.Derived);
            var refusal = work.Retry ? await RetryAsync(job) : await ReadAsync(job);
            if (_stop.IsCancellationRequested)
            {
                return;
            }
            await settlements.SettleAsync(tenant);
            await FinishAsync(job, refusal);
        }
        catch (Exception failure)
        {
            Failed(log, job.Id, failure);
            await FinishAsync(job, new Error(ErrorCodes.Internal, $"The import stopped after {job.Id} failed: {failure.Message}"));
        }
        finally
        {
            tenant.RunningImports--;
        }
    }

    private async Task<Error?> ReadAsync(ImportJob job)
    {
        await using var stream = files.Open(job.Id);
        var (slice, resumeAt) = (SliceOf(job.Entity), job.BytesRead);
        var lines = new ImportLines(slice is null ? job : job with { Rows = default }, stream);
        if (job.Format == ImportFormat.Csv)
        {
            if (lines.ReadHeader() is not { } header)
            {
                return new Error(job.BytesTotal == 0 ? ErrorCodes.FileEmpty : ErrorCodes.HeaderInvalid, "The first line is no CSV header.");
            }
            if ((slice is null ? TransactionRows.CheckHeader(lines.Header) : Records(job, slice).CheckHeader(lines.Header)) is { } broken)
            {
                return broken;
            }
            await store.Writer.WriteAsync(s => ImportTable.SetHeader(s, job, header), Durability.Derived);
        }
        if (slice is not null)
        {
            await ResetAsync(job);
            await Records(job, slice).RunAsync(lines, _stop);
        }
        else
        {
            await Transactions(job).RunAsync(resumeAt == 0 ? lines : Resume(job, stream, lines.Header, resumeAt), _stop);
        }
        return store.Read(s => ImportTable.Find(s, job.Tenant, job.Id))!.Rows.Read == 0 && !_stop.IsCancellationRequested
            ? new Error(ErrorCodes.FileEmpty, "The file has no rows.")
            : null;
    }

    private static ImportLines Resume(ImportJob job, FileStream stream, string[] header, long offset)
    {
        stream.Position = offset;
        var lines = new ImportLines(job, stream);
        lines.UseHeader(header);
        return lines;
    }

    /// <summary>Records are read from the start again: what was already put is unchanged.</summary>
    private Task ResetAsync(ImportJob job) => job.Rows.Read == 0 ? Task.CompletedTask : store.Writer.WriteAsync(session =>
    {
        session.Execute("delete from import_row where import = $1", job.No);
        session.Execute("update import set bytes_read = 0, rows_read = 0, rows_created = 0, rows_corrected = 0, rows_unchanged = 0, rows_rejected = 0 where no = $1", job.No);
    });

    private async Task<Error?> RetryAsync(ImportJob job)
    {
        var lines = Again(job);
        long after = 0;
        while (store.Read(s => ImportTable.Rows(s, job, ImportRowResult.Rejected, after, Limits.MaxPageSize)) is { Count: > 0 } rejected)
        {
            after = rejected[^1].Row;
            if (SliceOf(job.Entity) is { } slice)
            {
                await Records(job, slice).RetryAsync(lines, rejected);
            }
            else
            {
                await Transactions(job).RetryAsync(lines, rejected);
            }
        }
        return null;
    }

    /// <summary>Reads kept rows under the job's header; there is no file behind it.</summary>
    internal static ImportLines Again(ImportJob job)
    {
        var lines = new ImportLines(job, Stream.Null);
        if (job.Header is not null)
        {
            lines.UseHeader(job.Header);
        }
        return lines;
    }

    private async Task FinishAsync(ImportJob job, Error? refusal)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await store.Writer.WriteAsync(s => ImportTable.SetStatus(
            s, job, refusal is null ? ImportStatus.Succeeded : ImportStatus.Failed, refusal?.Code, refusal?.Detail, now));
        files.Delete(job.Id);
    }

    [LoggerMessage(LogLevel.Error, "Import {Job} failed.")]
    private static partial void Failed(ILogger logger, string job, Exception failure);
}
