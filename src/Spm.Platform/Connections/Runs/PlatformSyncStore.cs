using Spm.Connectors;
using Spm.Connectors.Hosting.Sync;
using Spm.Platform.Connections.Mapping;
using Spm.Storage;

namespace Spm.Platform.Connections.Runs;

/// <summary>
/// Where a run puts what it reads, each part of a stream with its checkpoint in one commit: what becomes transactions by way of the
/// <see cref="Landing"/>, what is few and named by the rest at once. What a crash lets come again says what is here already, and changes nothing.
/// </summary>
internal sealed class PlatformSyncStore(RunScope scope, RecordIntake intake, SpmStore store) : ISyncStore, IAsyncDisposable
{
    private const int DropAtOnce = 500;

    private readonly Landing _landing = new(store, scope.Connection.No, (parts, taken) => scope.Mappers.GetValueOrDefault(parts[0].Stream) is { } mapper
        ? intake.PutAsync(mapper, parts.SelectMany(p => p.Records), parts.SelectMany(p => p.Invalid), parts[0].FullRead, taken)
        // Of a stream that is mapped to nothing any more nothing is taken.
        : store.Writer.WriteAsync(taken));

    /// <summary>Takes what the run before has read and not taken.</summary>
    public Task ResumeAsync(CancellationToken stop) =>
        _landing.ResumeAsync(name => scope.Manifest.Streams.FirstOrDefault(s => s.Name == name) is { } stream ? EntityKinds.TypeOf(stream.Entity) : null, stop);

    /// <summary>Completes once everything that was read is in the platform.</summary>
    public Task DrainAsync() => _landing.DrainAsync();

    public ValueTask DisposeAsync() => _landing.DisposeAsync();

    public Task CommitAsync(StreamCommit commit, CancellationToken cancellationToken) => scope.Mappers[commit.Stream] switch
    {
        { Into: MappingTarget.Transactions } when !commit.DropUnseen => _landing.LandAsync(commit),
        var mapper => PutAsync(mapper, commit, cancellationToken),
    };

    private async Task PutAsync(RecordMapper mapper, StreamCommit commit, CancellationToken cancellationToken)
    {
        // What came before is here first: streams keep their order, and only then is it known what was not seen.
        await _landing.DrainAsync();
        void Finish(SqlSession session) => StreamTable.PutState(session, scope.Connection.No, commit.Stream, commit.State);
        if (commit is not { DropUnseen: true, FullRead: { } fullRead })
        {
            await intake.PutAsync(mapper, commit.Records, commit.Quarantined, commit.FullRead, Finish);
            return;
        }
        await intake.PutAsync(mapper, commit.Records, commit.Quarantined, fullRead, _ => { });
        // What was not shown is gone, a part at a time: a crash in between goes on with what is left.
        while (store.Read(s => RecordTable.Unseen(s, scope.Connection.No, commit.Stream, fullRead, DropAtOnce)) is { Count: > 0 } unseen)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await intake.PutAsync(mapper, unseen.Select(key => SourceRecord.Gone(key, null)), [], null, _ => { });
        }
        await store.Writer.WriteAsync(Finish);
    }
}
