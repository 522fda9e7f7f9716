using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;

namespace Spm.Platform.Imports;

/// <summary>
/// Imports transactions by the chunk. While one chunk is on its way into the store, the next one is read, checked and credited, so
/// both cores are busy. A chunk and the job's progress are one commit: a crash repeats nothing and loses nothing.
/// </summary>
internal sealed class TransactionImporter(ImportJob job, TenantRuntime tenant, TenantDirectory tenants, TransactionCommands commands)
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
            await commands.WriteAsync(tenant, prepared.Batch, (session, outcomes) =>
            {
                for (var i = 0; i < outcomes.Length; i++)
                {
                    prepared.Settle(i, outcomes[i]);
                }
                foreach (var result in prepared.Chunk.Results)
                {
                    ImportTable.PutRow(session, job, result);
                }
                if (prepared.IsRetry)
                {
                    prepared.ForgetCreated(session, job);
                }
                ImportTable.Advance(session, job, prepared.IsRetry ? prepared.Chunk.CountsOfRetry : prepared.Chunk.Counts, prepared.Chunk.BytesRead);
            });
        }
        finally
        {
            prepared.Gate.Dispose();
        }
    }

    /// <summary>A chunk ready to be written, with the gate it was credited under.</summary>
    private sealed class Prepared(ReadWriteGate.Entry gate, TenantRuntime tenant, ImportLines lines)
    {
        private readonly List<(long Row, RowText Text)> _rows = [];
        private readonly Dictionary<(string Name, int No), TransactionReader> _readers = [];

        public ReadWriteGate.Entry Gate => gate;

        public TransactionBatch Batch { get; } = new(tenant.Company);

        public ImportChunk Chunk { get; } = new();

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
            Batch.Add(transaction);
            _rows.Add((row, text));
        }

        public void Reject(long row, RowText text, Error error) => Chunk.Rejected(row, error, lines.Read(text));

        public void Settle(int index, TransactionOutcome outcome)
        {
            var (row, text) = _rows[index];
            var version = Batch.Transactions[index].Row.Version;
            switch (outcome)
            {
                case TransactionOutcome.Created:
                    Chunk.Created();
                    break;
                case TransactionOutcome.Corrected:
                    Chunk.Corrected(row);
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

        public void ForgetCreated(Storage.SqlSession session, ImportJob job)
        {
            var listed = Chunk.Results.Select(r => r.Row).ToHashSet();
            foreach (var (row, _) in _rows.Where(r => !listed.Contains(r.Row)))
            {
                ImportTable.PutRow(session, job, new ImportRowResult(row, ImportRowResult.Created, [], null));
            }
        }
    }
}
