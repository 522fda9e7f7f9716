using Spm.Connectors.Hosting.Sync;

namespace Spm.Connectors.Conformance.Support;

/// <summary>A store in memory that keeps the contract of <see cref="ISyncStore"/>, and can be killed at a commit.</summary>
public sealed class MemoryStore : ISyncStore
{
    private readonly Dictionary<(string Stream, string Key), (SourceRecord Record, string? Seen)> _records = [];
    private readonly Dictionary<string, StreamState> _states = [];

    public List<InvalidRow> Quarantined { get; } = [];

    public int Commits { get; private set; }

    /// <summary>Called before a commit counts; may throw.</summary>
    public Action<StreamCommit>? Before { get; set; }

    public StreamState State(string stream) => _states.GetValueOrDefault(stream, StreamState.New);

    public IReadOnlyDictionary<string, SourceRecord> Records(string stream) =>
        _records.Where(r => r.Key.Stream == stream && !r.Value.Record.Deleted).ToDictionary(r => r.Key.Key, r => r.Value.Record);

    public Task CommitAsync(StreamCommit commit, CancellationToken cancellationToken)
    {
        Before?.Invoke(commit);
        Commits++;
        foreach (var record in commit.Records)
        {
            var key = (commit.Stream, record.Key);
            var newer = !_records.TryGetValue(key, out var old) || old.Record.UpdatedAt is null || record.UpdatedAt is null
                || record.UpdatedAt >= old.Record.UpdatedAt;
            _records[key] = (newer ? record : old.Record, commit.FullRead ?? old.Seen);
        }
        Quarantined.AddRange(commit.Quarantined);
        if (commit.DropUnseen)
        {
            foreach (var key in _records.Where(r => r.Key.Stream == commit.Stream && r.Value.Seen != commit.FullRead).Select(r => r.Key).ToList())
            {
                _records.Remove(key);
            }
        }
        _states[commit.Stream] = commit.State;
        return Task.CompletedTask;
    }
}

/// <summary>Counts and forgets: for reads of more records than a test should keep.</summary>
public sealed class CountingStore : ISyncStore
{
    public long Records { get; private set; }

    public Action<long>? At { get; set; }

    public Task CommitAsync(StreamCommit commit, CancellationToken cancellationToken)
    {
        Records += commit.Records.Count;
        At?.Invoke(Records);
        return Task.CompletedTask;
    }
}

/// <summary>Keeps every line as it was written, before anything is taken out of it.</summary>
public sealed class CapturedLog : IConnectorLog
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public void Write(LogLevel level, string message) => _lines.Enqueue(message);
}
