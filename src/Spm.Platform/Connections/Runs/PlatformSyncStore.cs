using Spm.Connectors;
using Spm.Connectors.Hosting.Sync;
using Spm.Platform.Connections.Mapping;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Connections.Runs;

/// <summary>
/// Where the records of a source go: into transactions, reps or the directory, each part of a stream with its checkpoint in one commit. What a
/// crash lets come again says what is here already, and changes nothing.
/// </summary>
internal sealed class PlatformSyncStore(RunScope scope, TransactionSink transactions, RepSink reps, SpmStore store) : ISyncStore
{
    private const int DropAtOnce = 500;

    public async Task CommitAsync(StreamCommit commit, CancellationToken cancellationToken)
    {
        var mapper = scope.Mappers[commit.Stream];
        void Finish(SqlSession session) => StreamTable.PutState(session, scope.Connection.No, commit.Stream, commit.State);
        if (commit is not { DropUnseen: true, FullRead: { } fullRead })
        {
            await PutAsync(mapper, commit.Records, commit.Quarantined, commit.FullRead, Finish);
            return;
        }
        await PutAsync(mapper, commit.Records, commit.Quarantined, fullRead, _ => { });
        // What was not shown is gone, a part at a time: a crash in between goes on with what is left.
        while (store.Read(s => RecordTable.Unseen(s, scope.Connection.No, commit.Stream, fullRead, DropAtOnce)) is { Count: > 0 } unseen)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await PutAsync(mapper, [.. unseen.Select(key => SourceRecord.Gone(key, null))], [], null, _ => { });
        }
        await store.Writer.WriteAsync(Finish);
    }

    /// <summary>Tries rejected rows again as they stand.</summary>
    public async Task RetryAsync(CancellationToken cancellationToken)
    {
        var (stream, key) = ("", "");
        while (store.Read(s => RecordTable.Waiting(s, scope.Connection.No, RecordState.Rejected, stream, key, Limits.PageSize)) is { Count: > 0 } rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (stream, key) = (rows[^1].Stream, rows[^1].Key);
            foreach (var of in rows.Where(r => r.Body is not null && scope.Mappers.ContainsKey(r.Stream)).GroupBy(r => r.Stream, StringComparer.Ordinal))
            {
                var mapper = scope.Mappers[of.Key];
                await PutAsync(mapper, [.. of.Select(r => RecordBody.Read(r.Key, mapper.Stream.Entity, r.Body!))], [], null, _ => { });
            }
        }
    }

    private Task PutAsync(RecordMapper mapper, IReadOnlyList<SourceRecord> records, IReadOnlyList<InvalidRow> quarantined, string? fullRead, Action<SqlSession> finish)
    {
        // Of what comes twice in one part the later one counts.
        var latest = records.Select((r, i) => (r.Key, i)).GroupBy(r => r.Key, r => r.i, StringComparer.Ordinal).Select(g => g.Last()).Order().Select(i => records[i]);
        var delivery = new Delivery(mapper, [.. latest], [.. quarantined.Select(r => Quarantine(mapper, r)).DistinctBy(r => r.Key)], fullRead, finish);
        return mapper.Into switch
        {
            MappingTarget.Transactions => transactions.CommitAsync(delivery),
            MappingTarget.Reps => reps.CommitAsync(delivery),
            _ => DirectoryAsync(delivery),
        };
    }

    private async Task DirectoryAsync(Delivery delivery)
    {
        var outcomes = new Outcomes(scope, delivery);
        foreach (var record in delivery.Records)
        {
            outcomes.Add(
                new RecordRow(delivery.Mapper.Stream.Name, record.Key, record.Deleted ? RecordState.Gone : RecordState.Accepted)
                {
                    ChangedAt = record.UpdatedAt?.ToUnixTimeMilliseconds(),
                    Body = record.Deleted ? null : RecordBody.Of(record),
                },
                scope.Directory.ContainsKey(record.Key) ? One.Unchanged : One.Created);
        }
        await store.Writer.WriteAsync(session => outcomes.Write(session, scope.Run.No));
        foreach (var record in delivery.Records.Where(r => r.Entity is Person))
        {
            scope.Directory[record.Key] = ((Person)record.Entity!).Email;
        }
    }

    private static RecordRow Quarantine(RecordMapper mapper, InvalidRow row) => new(mapper.Stream.Name, RecordTable.KeyOf(row.Key, row.Raw), RecordState.Quarantined)
    {
        Body = RecordBody.Storable(row.Raw),
        Errors = [.. row.Errors.Select(e => new FieldError(RecordBody.Storable(e.Pointer.TrimStart('/')), e.Code, RecordBody.Storable(e.Detail)))],
    };
}
