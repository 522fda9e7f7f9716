using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spm.Platform.AuditTrail;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;
using Spm.Platform.Webhooks;
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
    RecordClock clock,
    ILogger<ImportRunner> log) : IHostedService, IDisposable
{
    /// <summary>So often a job that found the disk full looks whether there is room.</summary>
    private static readonly TimeSpan RoomEvery = TimeSpan.FromSeconds(2);

    /// <summary>Nobody receives a file any more that has not grown for so long, however slowly it is sent and whatever the machines' clocks say.</summary>
    private static readonly TimeSpan UploadPause = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<int, Lazy<TenantImports>> _tenants = new();
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Tries the rejected rows again, instead of reading the file.</summary>
    internal sealed record Work(int Tenant, string Id, bool Retry);

    public void Enqueue(int tenant, string id, bool retry) => Of(tenant).Queue.Writer.TryWrite(new Work(tenant, id, retry));

    internal IRecordSlice? SliceOf(string entity) => slices.FirstOrDefault(s => s.Entity == entity);

    /// <param name="by">Who the audit trail names for the rows; who sent the job when left out.</param>
    internal RecordImporter Records(ImportJob job, IRecordSlice slice, JobAuthor? by = null) => new(job, tenants.Get(job.Tenant), companies, store, slice, by ?? AuthorOf(job));

    internal TransactionImporter Transactions(ImportJob job, JobAuthor? by = null) => new(job, tenants.Get(job.Tenant), tenants, transactions, by ?? AuthorOf(job), clock);

    /// <summary>Runs work on rejected rows of a tenant alone, so that a row is not corrected twice, or corrected and retried at once.</summary>
    internal async Task<T> AloneAsync<T>(int tenant, Func<Task<T>> work)
    {
        var corrections = Of(tenant).Corrections;
        await corrections.WaitAsync();
        try
        {
            return await work();
        }
        finally
        {
            corrections.Release();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        files.Sweep(store.Read(ImportTable.Unfinished).Select(j => j.Id).ToHashSet(StringComparer.Ordinal), store.IsShared ? clock.GetUtcNow() - UploadPause : DateTimeOffset.MaxValue);
        return Task.CompletedTask;
    }

    /// <summary>Goes on with the jobs of a tenant that were interrupted.</summary>
    public void Resume(int tenant)
    {
        foreach (var job in store.Read(ImportTable.Unfinished).Where(j => j.Tenant == tenant))
        {
            // A job without its file was trying rejected rows again.
            Enqueue(job.Tenant, job.Id, retry: !File.Exists(files.PathOf(job.Id)));
        }
    }

    /// <summary>Running jobs commit the chunk they are at; the next start goes on from there.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        foreach (var imports in _tenants.Values)
        {
            imports.Value.Queue.Writer.TryComplete();
        }
        await Task.WhenAll(_tenants.Values.Select(t => t.Value.Loop)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Cancel();

    private JobAuthor AuthorOf(ImportJob job) => store.Read(s => AuditTable.AuthorOf(s, job.Tenant, job.Id));

    private TenantImports Of(int tenant) => _tenants.GetOrAdd(tenant, _ => new Lazy<TenantImports>(() => new TenantImports(LoopAsync))).Value;

    private async Task LoopAsync(ChannelReader<Work> queue)
    {
        await foreach (var work in queue.ReadAllAsync())
        {
            while (!_stop.IsCancellationRequested && !await RunAsync(work))
            {
                await Task.Delay(RoomEvery, clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>False where the disk is full: the job goes on where it was once there is room.</returns>
    private async Task<bool> RunAsync(Work work)
    {
        var tenant = tenants.Get(work.Tenant);
        tenant.RunningImports++;
        try
        {
            var job = store.Read(s => ImportTable.Find(s, work.Tenant, work.Id))!;
            await store.Writer.WriteAsync(s => ImportTable.SetStatus(s, job, ImportStatus.Running, null, null, null), Durability.Derived);
            var refusal = await WorkOffAsync(job, work.Retry);
            if (!_stop.IsCancellationRequested)
            {
                await SettleAsync(tenant, job);
                await FinishAsync(job, refusal);
            }
        }
        catch (Exception failure) when (DiskFull.Is(failure))
        {
            NoRoom(log, work.Id, failure.Message);
            return false;
        }
        catch (Exception failure) when (_stop.IsCancellationRequested)
        {
            // The store closes under the job: it goes on at the next start.
            Interrupted(log, work.Id, failure);
        }
        catch (Exception failure)
        {
            // A job that cannot even be marked as finished is taken up at the next start; those behind it go on.
            Failed(log, work.Id, failure);
        }
        finally
        {
            tenant.RunningImports--;
        }
        return true;
    }

    /// <summary>Whoever sees the job succeeded sees its payouts. A settlement that fails is tried again by itself, and the rows are in.</summary>
    private async Task SettleAsync(TenantRuntime tenant, ImportJob job)
    {
        try
        {
            await settlements.SettleImportAsync(tenant);
        }
        catch (Exception failure) when (!_stop.IsCancellationRequested)
        {
            SettlementFailed(log, job.Id, failure);
        }
    }

    /// <returns>Why the job as a whole fails; null when every row has an outcome, or the platform stops.</returns>
    private async Task<Error?> WorkOffAsync(ImportJob job, bool retry)
    {
        try
        {
            return !retry ? await ReadAsync(job)
                : job.BytesRead < job.BytesTotal ? new Error(ErrorCodes.Internal, "The file was lost before all of it was read: send it again.")
                : await RetryAsync(job);
        }
        catch (Exception failure) when (!_stop.IsCancellationRequested && !DiskFull.Is(failure))
        {
            Failed(log, job.Id, failure);
            return new Error(ErrorCodes.Internal, $"The import stopped: quote {job.Id} when you report this, and send the file again.");
        }
    }

    private async Task<Error?> ReadAsync(ImportJob job)
    {
        await using var stream = files.Open(job.Id);
        var (slice, resumeAt) = (SliceOf(job.Entity), job.BytesRead);
        if (IsUtf16(stream))
        {
            return new Error(ErrorCodes.NotUtf8, "The file is UTF-16: send it as UTF-8.");
        }
        var lines = new ImportLines(slice is null ? job : job with { Rows = default }, stream);
        if (job.Format == ImportFormat.Csv)
        {
            var header = lines.ReadHeader();
            if (!header.IsOk)
            {
                return header.Error;
            }
            if ((slice is null ? TransactionRows.CheckHeader(lines.Header) : Records(job, slice).CheckHeader(lines.Header)) is { } broken)
            {
                return broken;
            }
            await store.Writer.WriteAsync(s => ImportTable.SetHeader(s, job, header.Value), Durability.Derived);
        }
        if (slice is not null)
        {
            await ResetAsync(job);
            await Records(job, slice).RunAsync(lines, _stop.Token);
        }
        else
        {
            await Transactions(job).RunAsync(resumeAt == 0 ? lines : Resume(job, stream, lines.Header, resumeAt), _stop.Token);
        }
        return store.Read(s => ImportTable.Find(s, job.Tenant, job.Id))!.Rows.Read == 0 && !_stop.IsCancellationRequested
            ? new Error(ErrorCodes.FileEmpty, "The file has no rows.")
            : null;
    }

    private static bool IsUtf16(FileStream stream)
    {
        Span<byte> mark = stackalloc byte[2];
        var read = stream.ReadAtLeast(mark, 2, throwOnEndOfStream: false);
        stream.Position = 0;
        return read == 2 && (mark.SequenceEqual((ReadOnlySpan<byte>)[0xFF, 0xFE]) || mark.SequenceEqual((ReadOnlySpan<byte>)[0xFE, 0xFF]));
    }

    private static ImportLines Resume(ImportJob job, FileStream stream, string[] header, long offset)
    {
        stream.Position = offset;
        var lines = new ImportLines(job, stream);
        lines.UseHeader(header);
        return lines;
    }

    /// <summary>Records are read from the start again: what was already put is unchanged. The progress shown does not go back meanwhile.</summary>
    private Task ResetAsync(ImportJob job) => job.Rows.Read == 0 ? Task.CompletedTask : store.Writer.WriteAsync(session =>
    {
        session.Execute("delete from import_row where import = $1", job.No);
        session.Execute("update import set rows_read = 0, rows_created = 0, rows_corrected = 0, rows_unchanged = 0, rows_rejected = 0 where no = $1", job.No);
    });

    private async Task<Error?> RetryAsync(ImportJob job)
    {
        var lines = Again(job);
        long after = 0;
        while (store.Read(s => ImportTable.Rows(s, job, ImportRowResult.Rejected, new Seek<long>(after, Limits.MaxPageSize))) is { Count: > 0 } rejected)
        {
            after = rejected[^1].Row;
            // What was not kept as it was sent cannot be tried again: it stays rejected for what it was rejected for.
            rejected.RemoveAll(r => !r.CanBeRetried);
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
        var status = refusal is null ? ImportStatus.Succeeded : ImportStatus.Failed;
        await store.Writer.WriteAsync(s =>
        {
            ImportTable.SetStatus(s, job, status, refusal?.Code, refusal?.Detail, now);
            EventLog.Of(s, job.Tenant, now).Tell(EventTypes.Of(status), job.Id, new { job.Id }, () => ImportView.Of(ImportTable.Find(s, job.Tenant, job.Id)!));
        });
        files.Delete(job.Id);
    }

    [LoggerMessage(LogLevel.Critical, "The disk is full: import {Job} waits for room. {Detail}")]
    private static partial void NoRoom(ILogger logger, string job, string detail);

    [LoggerMessage(LogLevel.Information, "Import {Job} was interrupted.")]
    private static partial void Interrupted(ILogger logger, string job, Exception failure);

    [LoggerMessage(LogLevel.Error, "The rows of import {Job} are in and not settled yet.")]
    private static partial void SettlementFailed(ILogger logger, string job, Exception failure);

    [LoggerMessage(LogLevel.Error, "Import {Job} failed.")]
    private static partial void Failed(ILogger logger, string job, Exception failure);

    private sealed class TenantImports
    {
        public TenantImports(Func<ChannelReader<Work>, Task> loop) => Loop = Task.Run(() => loop(Queue.Reader));

        public Channel<Work> Queue { get; } = Channel.CreateUnbounded<Work>();

        public SemaphoreSlim Corrections { get; } = new(1);

        public Task Loop { get; }
    }
}
