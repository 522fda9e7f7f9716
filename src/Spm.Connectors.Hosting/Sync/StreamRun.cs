using System.Buffers;
using System.Text;

namespace Spm.Connectors.Hosting.Sync;

/// <summary>One stream in one run: reads, commits, and decides about errors by their kind.</summary>
internal sealed class StreamRun(
    ISource source, StreamManifest stream, StreamState state, ISyncStore store, TimeProvider clock, IConnectorLog log, SyncOptions options)
{
    /// <summary>Warnings that are kept; more of them say nothing new.</summary>
    private const int MaxWarnings = 100;

    /// <summary>Checkpoints in a row that neither move nor cover anything.</summary>
    private const int MaxIdleCheckpoints = 1000;

    private readonly Type _entity = EntityKinds.TypeOf(stream.Entity);
    private readonly List<SourceRecord> _records = [];
    private readonly List<InvalidRow> _invalid = [];
    private readonly List<Warning> _warnings = [];
    private StreamState _committed = state;
    private Checkpoint? _held;
    private Rounds _rounds = new();
    private int _read;
    private long _length;
    private long _recordCount;
    private long _invalidCount;
    private int _idle;
    private bool _readEverythingAgain;
    private bool _storing;

    public async Task<StreamOutcome> ReadAsync(CancellationToken token)
    {
        for (var (transient, bugs) = (0, 0); ;)
        {
            try
            {
                await ReadOnceAsync(token).ConfigureAwait(false);
                return Outcome(StreamStatus.Complete);
            }
            catch (Exception e) when (!_storing && !(e is OperationCanceledException && token.IsCancellationRequested))
            {
                var error = HttpFailure.Of(e);
                // What came after the last commit comes again.
                Forget();
                var wait = HostActions.For(error.Kind) switch
                {
                    HostAction.Wait => error.RetryAfter ?? options.FirstDelay,
                    HostAction.BackOff or HostAction.ReadAndDecide when transient < options.TransientRetries =>
                        error.RetryAfter ?? options.FirstDelay * Math.Pow(2, transient++),
                    HostAction.TryAFewTimes when bugs++ < options.BugRetries => options.FirstDelay,
                    HostAction.ReadEverything when !_readEverythingAgain => TimeSpan.Zero,
                    _ => (TimeSpan?)null,
                };
                if (wait is null || wait > options.LongestWait || (error.Kind == ErrorKind.RateLimited && transient++ > options.TransientRetries))
                {
                    return Outcome(StatusOf(error), error);
                }
                if (error.Kind == ErrorKind.CursorExpired)
                {
                    _readEverythingAgain = true;
                    _committed = SyncEngine.FromTheBeginning(_committed);
                }
                log.Write(LogLevel.Warning, $"{stream.Name}: {error.Kind}, goes on in {wait.Value.TotalSeconds:0.#} s. {error.Message}");
                await Task.Delay(wait.Value, clock, token).ConfigureAwait(false);
            }
        }
    }

    private static StreamStatus StatusOf(ConnectorException error) => error.Kind switch
    {
        ErrorKind.RateLimited => StreamStatus.Waiting,
        ErrorKind.SchemaChanged => StreamStatus.Paused,
        _ => StreamStatus.Failed,
    };

    private async Task ReadOnceAsync(CancellationToken token)
    {
        _rounds = new Rounds();
        var request = new ReadRequest(stream.Name, _committed.Checkpoint);
        await foreach (var message in source.ReadAsync(request, token).WithCancellation(token).ConfigureAwait(false))
        {
            Take(message);
            if (message is Checkpoint checkpoint)
            {
                await AtAsync(checkpoint, token).ConfigureAwait(false);
            }
            else if (_records.Count + _invalid.Count >= options.BatchRecords || _length >= options.BatchLength)
            {
                ThrowIfRound(null);
                await CommitAsync(_committed, token).ConfigureAwait(false);
            }
        }
        await EndAsync(token).ConfigureAwait(false);
    }

    private void Take(SourceMessage message)
    {
        if (message is SourceRecord or InvalidRow && _held is not null)
        {
            throw new ConnectorException(ErrorKind.Internal, $"'{stream.Name}' is not ordered, so a checkpoint may stand at its end alone.");
        }
        switch (message)
        {
            case SourceRecord { Entity: { } entity } record when entity.GetType() != _entity:
                Quarantine(new InvalidRow(record.Key, entity.ToString(), [new RowError("", "wrong_entity", $"This is a {entity.GetType().Name}, not a {_entity.Name}.")]));
                break;
            case SourceRecord record when !IsText(record.Key):
                Quarantine(new InvalidRow(record.Key, record.Entity?.ToString() ?? "", [new RowError("", "key_invalid", "The key has a character that is none.")]));
                break;
            case SourceRecord record:
                Add(record);
                break;
            case InvalidRow row:
                Quarantine(row);
                break;
            case Warning warning when _warnings.Count < MaxWarnings:
                _warnings.Add(warning);
                break;
        }
    }

    private void Add(SourceRecord record)
    {
        var length = TextLength.Of(record);
        if (length > options.RecordLength)
        {
            Quarantine(new InvalidRow(record.Key, "", [new RowError("", "record_too_long", $"The record has {length} characters, and one has at most {options.RecordLength}: shorten it at the source, or read fewer fields of it.")]));
            return;
        }
        _records.Add(record);
        _read = HashCode.Combine(_read, record.Key, record.UpdatedAt, record.Deleted);
        _length += length;
    }

    /// <summary>Not every store can hold NUL and half a character, and where one replaces them two keys may become one.</summary>
    private static bool IsText(string key)
    {
        for (var rest = key.AsSpan(); rest.Length > 0;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != OperationStatus.Done || rune.Value == 0)
            {
                return false;
            }
            rest = rest[length..];
        }
        return true;
    }

    private void Quarantine(InvalidRow row)
    {
        row = row.Raw.Length > options.RecordLength ? row with { Raw = row.Raw[..(int)options.RecordLength] } : row;
        _invalid.Add(row);
        _read = HashCode.Combine(_read, row.Key, row.Raw);
        _length += TextLength.Of(row);
        if (_invalidCount + _invalid.Count > options.MaxQuarantined)
        {
            throw new ConnectorException(ErrorKind.SchemaChanged, $"More than {options.MaxQuarantined} rows of '{stream.Name}' cannot be read.");
        }
    }

    private async Task AtAsync(Checkpoint checkpoint, CancellationToken token)
    {
        if (!stream.Ordered)
        {
            _held = checkpoint;
            return;
        }
        _idle = _records.Count + _invalid.Count == 0 && checkpoint == _committed.Checkpoint ? _idle + 1 : 0;
        if (_idle > MaxIdleCheckpoints)
        {
            throw new ConnectorException(ErrorKind.Internal, $"'{stream.Name}' does not move on from its checkpoint.");
        }
        if (_idle == 0)
        {
            ThrowIfRound(checkpoint);
            await CommitAsync(_committed with { Checkpoint = checkpoint }, token).ConfigureAwait(false);
        }
    }

    /// <summary>Whatever a vendor gives as the next page is asked for: one that goes round would be read for ever.</summary>
    private void ThrowIfRound(Checkpoint? checkpoint)
    {
        if (_rounds.GoOn(checkpoint?.Text, _read))
        {
            throw new ConnectorException(ErrorKind.RemoteBug, $"'{stream.Name}' has no end: what comes next is what came before, again and again.");
        }
    }

    /// <summary>Everything has been read: an unordered stream gets its checkpoint, a full read is over.</summary>
    private async Task EndAsync(CancellationToken token)
    {
        var end = _committed with { Checkpoint = _held ?? _committed.Checkpoint, FullRead = null };
        if (end != _committed || _records.Count + _invalid.Count > 0)
        {
            // Tombstones tell what has gone since a checkpoint; whoever reads everything has lost it, and with it those in between.
            var dropUnseen = _committed.FullRead is not null && stream.Deletes != DeleteDetection.None;
            await CommitAsync(end, token, dropUnseen).ConfigureAwait(false);
        }
    }

    private async Task CommitAsync(StreamState next, CancellationToken token, bool dropUnseen = false)
    {
        var commit = new StreamCommit
        {
            Stream = stream.Name,
            Records = [.. _records],
            Quarantined = [.. _invalid],
            State = next,
            FullRead = _committed.FullRead,
            DropUnseen = dropUnseen,
        };
        // A store that fails is the host's affair: no retry of the source helps. One that refuses says what is wrong with the source.
        _storing = true;
        try
        {
            await store.CommitAsync(commit, token).ConfigureAwait(false);
        }
        catch (ConnectorException)
        {
            _storing = false;
            throw;
        }
        _storing = false;
        // From here on nothing may fail: the store has it.
        _committed = next;
        _recordCount += commit.Records.Count;
        _invalidCount += commit.Quarantined.Count;
        Forget();
    }

    private void Forget()
    {
        _records.Clear();
        _invalid.Clear();
        _read = 0;
        _length = 0;
        _held = null;
    }

    private StreamOutcome Outcome(StreamStatus status, ConnectorException? error = null) =>
        new(stream.Name, status, _committed, _recordCount, _invalidCount, _warnings, error);
}
