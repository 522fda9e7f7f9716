using Spm.Connectors;
using Spm.Connectors.Hosting.Sync;
using Spm.Platform.Connections.Mapping;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Connections.Runs;

/// <summary>
/// Where a run puts what it reads, each part of a stream with its checkpoint in one commit: what becomes transactions by way of the
/// <see cref="Landing"/>, what is few and named by the rest at once. What a crash lets come again says what is here already, and changes nothing.
/// </summary>
/// <param name="standing">The streams as they stood when the run began.</param>
/// <param name="turn">What is read is not stored before the run has a place.</param>
internal sealed class PlatformSyncStore(RunScope scope, RecordIntake intake, SpmStore store, IReadOnlyDictionary<string, StreamRow> standing, Func<CancellationToken, Task> turn) : ISyncStore, IAsyncDisposable
{
    private const int DropAtOnce = 500;

    private readonly Landing _landing = new(store, scope.Connection.No, (parts, taken) => scope.Mappers.GetValueOrDefault(parts[0].Stream) is { } mapper
        ? intake.PutAsync(mapper, parts.SelectMany(p => p.Records), parts.SelectMany(p => p.Invalid), parts[0].FullRead, taken)
        // Of a stream that is mapped to nothing any more nothing is taken.
        : store.Writer.WriteAsync(taken));

    /// <summary>The full reads that are under way, by stream.</summary>
    private readonly Dictionary<string, string?> _fullReads = standing.ToDictionary(s => s.Key, s => s.Value.State.FullRead, StringComparer.Ordinal);

    /// <summary>Takes what the run before has read and not taken.</summary>
    public Task ResumeAsync(CancellationToken stop) =>
        _landing.ResumeAsync(name => scope.Manifest.Streams.FirstOrDefault(s => s.Name == name) is { } stream ? EntityKinds.TypeOf(stream.Entity) : null, stop);

    /// <summary>Completes once everything that was read is in the platform.</summary>
    public Task DrainAsync() => _landing.DrainAsync();

    public ValueTask DisposeAsync() => _landing.DisposeAsync();

    public async Task CommitAsync(StreamCommit commit, CancellationToken cancellationToken)
    {
        await turn(cancellationToken);
        var known = _fullReads.GetValueOrDefault(commit.Stream);
        void Finish(SqlSession session) => StreamTable.PutState(session, scope.Connection.No, commit.Stream, commit.State, known);
        var mapper = scope.Mappers[commit.Stream];
        if (mapper.Into == MappingTarget.Transactions && !commit.DropUnseen)
        {
            await _landing.LandAsync(commit, Finish);
        }
        else
        {
            await PutAsync(mapper, commit, Finish, cancellationToken);
        }
        _fullReads[commit.Stream] = commit.State.FullRead;
    }

    private async Task PutAsync(RecordMapper mapper, StreamCommit commit, Action<SqlSession> finish, CancellationToken cancellationToken)
    {
        // What came before is here first: streams keep their order, and only then is it known what was not seen.
        await _landing.DrainAsync();
        if (commit is not { DropUnseen: true, FullRead: { } fullRead })
        {
            await intake.PutAsync(mapper, commit.Records, commit.Quarantined, commit.FullRead, finish);
            return;
        }
        await intake.PutAsync(mapper, commit.Records, commit.Quarantined, fullRead, _ => { });
        ThrowUnlessBelieved(commit.Stream, fullRead);
        // What was not shown is gone, a part at a time: a crash in between goes on with what is left. What a rule keeps from going is seen to, too.
        while (store.Read(s => RecordTable.Unseen(s, scope.Connection.No, commit.Stream, fullRead, DropAtOnce)) is { Count: > 0 } unseen)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await intake.PutAsync(
                mapper, unseen.Select(key => SourceRecord.Gone(key, null)), [], fullRead, session => RecordTable.ForgetChange(session, scope.Connection.No, commit.Stream, unseen));
        }
        await store.Writer.WriteAsync(finish);
    }

    /// <summary>
    /// An account that shows less than it did looks like one whose records are gone: where it is most of them, all their money would be taken back. The
    /// stream is paused, and who resumes it agrees, as with fields that have changed.
    /// </summary>
    private void ThrowUnlessBelieved(string stream, string fullRead)
    {
        var (all, unseen) = store.Read(s => RecordTable.CountUnseen(s, scope.Connection.No, stream, fullRead));
        if (unseen >= Limits.VanishedRecords && unseen > all / 2 && standing.GetValueOrDefault(stream)?.State.Fields is not null)
        {
            throw new ConnectorException(
                ErrorKind.SchemaChanged,
                $"A full read of '{stream}' does not show {unseen} of {all} records that were there, so none of them is taken back. See whether the account may still see everything; to have them taken back, resume the connection.");
        }
    }
}
