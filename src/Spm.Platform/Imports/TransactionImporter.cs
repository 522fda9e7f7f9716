using Spm.Platform.AuditTrail;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Imports;

/// <summary>
/// Imports transactions by the chunk. While one chunk is on its way into the store, the next one is read, checked and credited, so
/// both cores are busy. A chunk and the job's progress are one commit: a crash repeats nothing and loses nothing.
/// </summary>
internal sealed class TransactionImporter(ImportJob job, TenantRuntime tenant, TenantDirectory tenants, TransactionCommands commands, JobAuthor by, RecordClock clock)
{
    // The first chunks are small, so that progress shows at once.
    private const int FirstChunk = 2_000;

    public async Task RunAsync(ImportLines lines, CancellationToken stop)
    {
        var rows = new TransactionRows(lines.Header);
        var writing = Task.CompletedTask;
        var size = FirstChunk;
        bool more;
        try
        {
            do
            {
                var prepared = await PrepareAsync(lines, rows, size, stop);
                try
                {
                    // At most one chunk is on its way while the next is prepared.
                    await writing;
                }
                catch
                {
                    prepared.Gate.Dispose();
                    throw;
                }
                writing = WriteAsync(prepared);
                more = prepared.More;
                size = Math.Min(size * 2, Limits.ImportChunkRows);
            }
            while (more && !stop.IsCancellationRequested);
        }
        finally
        {
            // Also after a failure: a chunk on its way reads the raw text of its rejected rows from the file, which the caller closes.
            await writing;
        }
    }

    /// <summary>The same for rows that were rejected before.</summary>
    public async Task<ImportChunk> RetryAsync(ImportLines lines, IReadOnlyList<ImportRowResult> rejected)
    {
        var rows = new TransactionRows(lines.Header);
        var prepared = await PrepareAsync(lines, async prepared =>
        {
            foreach (var row in rejected)
            {
                await AddAsync(prepared, lines.Reread(row.Row, row.Raw ?? ""), rows);
            }
            prepared.Chunk.BytesRead = job.BytesRead;
        });
        prepared.IsRetry = true;
        await WriteAsync(prepared);
        return prepared.Chunk;
    }

    /// <summary>One corrected row, sent as JSON.</summary>
    public async Task<ImportRowResult> CorrectAsync(ImportLines lines, long row, string json)
    {
        var chunk = await RetryAsync(lines, [new ImportRowResult(row, ImportRowResult.Rejected, [], json)]);
        return chunk.Results.Count > 0 ? chunk.Results[0] : new ImportRowResult(row, ImportRowResult.Created, [], null);
    }

    private Task<Prepared> PrepareAsync(ImportLines lines, TransactionRows rows, int size, CancellationToken stop) => PrepareAsync(lines, async prepared =>
    {
        var from = lines.Position;
        for (var i = 0; i < size && lines.Position - from < Limits.ImportChunkBytes && !stop.IsCancellationRequested; i++)
        {
            if (!lines.Next(out var line))
            {
                prepared.More = false;
                break;
            }
            await AddAsync(prepared, line, rows);
        }
        prepared.Chunk.BytesRead = lines.Position;
    });

    /// <summary>Enters the tenant's gate, which stays entered until the chunk is written.</summary>
    private async Task<Prepared> PrepareAsync(ImportLines lines, Func<Prepared, Task> fill)
    {
        var prepared = new Prepared(await tenant.Gate.ReadAsync(), tenant, lines);
        try
        {
            await fill(prepared);
            return prepared;
        }
        catch
        {
            prepared.Gate.Dispose();
            throw;
        }
    }

    private ValueTask AddAsync(Prepared prepared, ImportLine line, TransactionRows rows)
    {
        var input = rows.Read(line);
        if (input.IsOk)
        {
            return AddAsync(prepared, line.Row, input.Value, line.Text);
        }
        prepared.Reject(line.Row, line.Text, input.Error!);
        return ValueTask.CompletedTask;
    }

    private async ValueTask AddAsync(Prepared prepared, long row, TransactionInput input, RowText text)
    {
        var source = string.IsNullOrWhiteSpace(input.Source) ? job.Source : input.Source;
        if (Keys.Check("source", source) is { } refusal)
        {
            prepared.Reject(row, text, refusal);
            return;
        }
        var known = tenant.Sources.TryGetValue(source, out var sourceNo);
        var read = prepared.Reader(source, sourceNo).Read(input, job.No, row);
        if (read.IsOk)
        {
            // A rejected row leaves no source behind: the number is given only once the row is good.
            prepared.Add(row, known ? read.Value : read.Value with { Source = await tenants.SourceAsync(tenant, source) }, text);
        }
        else
        {
            prepared.Reject(row, text, read.Error!);
        }
    }

    private async Task WriteAsync(Prepared prepared)
    {
        try
        {
            if (!prepared.IsTooLarge)
            {
                try
                {
                    await commands.WriteAsync(tenant, prepared.Batch, (session, outcomes) =>
                    {
                        prepared.Settle(0, outcomes);
                        Tell(session, prepared);
                        Report(session, prepared);
                    });
                    return;
                }
                catch (OverflowException)
                {
                    // The log found that before anything was settled or written: the chunk goes in by parts, without the rows that are too much.
                }
            }
            await WritePartAsync(prepared, 0, prepared.Count);
            await commands.WriteAsync(tenant, new TransactionBatch(prepared.Company), (session, _) => Report(session, prepared));
        }
        finally
        {
            prepared.Gate.Dispose();
            prepared.Written.Dispose();
        }
    }

    /// <summary>
    /// Somebody's credits of a month are more than can be added up. Halves are tried until the rows stand alone that do not fit; every other row goes
    /// in. Each part is a commit of its own, before that of the job's progress: what a crash repeats of them changes nothing.
    /// </summary>
    private async Task WritePartAsync(Prepared prepared, int from, int to)
    {
        try
        {
            var batch = new TransactionBatch(prepared.Company);
            for (var i = from; i < to; i++)
            {
                batch.Add(prepared.TransactionAt(i));
            }
            await commands.WriteAsync(tenant, batch, (session, outcomes) =>
            {
                prepared.Settle(from, outcomes);
                Tell(session, prepared);
            });
        }
        catch (OverflowException) when (to - from == 1)
        {
            prepared.RejectTooLarge(from);
        }
        catch (OverflowException)
        {
            var middle = from + ((to - from) / 2);
            await WritePartAsync(prepared, from, middle);
            await WritePartAsync(prepared, middle, to);
        }
    }

    private void Tell(SqlSession session, Prepared prepared) =>
        prepared.Written.Tell(session, tenant.No, by, prepared.Chunk.Counts, clock.GetUtcNow().ToUnixTimeMilliseconds());

    private void Report(SqlSession session, Prepared prepared)
    {
        ImportTable.PutRows(session, job, prepared.Chunk.Results);
        if (prepared.IsRetry)
        {
            prepared.ForgetCreated(session, job);
        }
        ImportTable.Advance(session, job, prepared.IsRetry ? prepared.Chunk.CountsOfRetry : prepared.Chunk.Counts, prepared.Chunk.BytesRead);
    }

    /// <summary>A chunk ready to be written, with the gate it was credited under.</summary>
    private sealed class Prepared(ReadWriteGate.Entry gate, TenantRuntime tenant, ImportLines lines)
    {
        private readonly List<(long Row, TransactionRow Transaction, RowText Text)> _rows = [];
        private readonly Dictionary<(string Name, int No), TransactionReader> _readers = [];

        public ReadWriteGate.Entry Gate => gate;

        public Company Company { get; } = tenant.Company;

        public TransactionBatch Batch { get; } = new(tenant.Company);

        /// <summary>The sums of the batch do not fit: it is not to be written as a whole.</summary>
        public bool IsTooLarge { get; private set; }

        public int Count => _rows.Count;

        public ImportChunk Chunk { get; } = new();

        public WrittenRows Written { get; } = new();

        public bool More { get; set; } = true;

        public bool IsRetry { get; set; }

        public TransactionReader Reader(string source, int sourceNo)
        {
            if (!_readers.TryGetValue((source, sourceNo), out var reader))
            {
                _readers.Add((source, sourceNo), reader = new TransactionReader(Batch.Company, source, sourceNo));
            }
            return reader;
        }

        public void Add(long row, TransactionRow transaction, RowText text)
        {
            _rows.Add((row, transaction, text));
            try
            {
                if (!IsTooLarge)
                {
                    Batch.Add(transaction);
                }
            }
            catch (OverflowException)
            {
                IsTooLarge = true;
            }
        }

        public void Reject(long row, RowText text, Error error) => Chunk.Rejected(row, error, lines.Read(text));

        public TransactionRow TransactionAt(int index) => _rows[index].Transaction;

        /// <param name="from">The index of the row that the first outcome is of.</param>
        public void Settle(int from, TransactionOutcome[] outcomes)
        {
            for (var i = 0; i < outcomes.Length; i++)
            {
                Settle(from + i, outcomes[i]);
            }
        }

        public void RejectTooLarge(int index)
        {
            var (row, _, text) = _rows[index];
            Reject(row, text, Error.Of("amount", ErrorCodes.LimitExceeded, "Somebody's credits of the month would be more than can be added up."));
        }

        private void Settle(int index, TransactionOutcome outcome)
        {
            var (row, transaction, text) = _rows[index];
            var version = transaction.Version;
            switch (outcome)
            {
                case TransactionOutcome.Created:
                    Chunk.Created();
                    Written.Add(row, transaction);
                    break;
                case TransactionOutcome.Corrected:
                    Chunk.Corrected(row);
                    Written.Add(row, transaction);
                    break;
                case TransactionOutcome.Unchanged:
                    Chunk.Unchanged(row);
                    break;
                case TransactionOutcome.Stale:
                    Reject(row, text, Error.Of("version", ErrorCodes.VersionStale, $"Version {version} is older than the one that is here."));
                    break;
                case TransactionOutcome.Conflict:
                    Reject(row, text, Error.Of("version", ErrorCodes.VersionConflict, $"Version {version} is here with other content."));
                    break;
                default:
                    throw new InvalidOperationException($"{outcome} is no outcome of an import row.");
            }
        }

        public void ForgetCreated(SqlSession session, ImportJob job)
        {
            var listed = Chunk.Results.Select(r => r.Row).ToHashSet();
            ImportTable.PutRows(session, job, _rows.Where(r => !listed.Contains(r.Row)).Select(r => new ImportRowResult(r.Row, ImportRowResult.Created, [], null)));
        }
    }
}
