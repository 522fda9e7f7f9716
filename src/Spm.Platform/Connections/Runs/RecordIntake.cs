using Spm.Connectors;
using Spm.Platform.Connections.Mapping;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Connections.Runs;

/// <summary>Makes of the records of a source what their mapping says: transactions, reps, or people of the directory.</summary>
internal sealed class RecordIntake(RunScope scope, TransactionSink transactions, RepSink reps, SpmStore store)
{
    /// <param name="finish">Runs in the commit of the last of them.</param>
    public Task PutAsync(RecordMapper mapper, IEnumerable<SourceRecord> records, IEnumerable<InvalidRow> quarantined, string? fullRead, Action<SqlSession> finish)
    {
        var delivery = new Delivery(mapper, Newest(records), [.. quarantined.Select(r => Quarantine(mapper, r)).DistinctBy(r => r.Key)], fullRead, finish);
        return mapper.Into switch
        {
            MappingTarget.Transactions => transactions.CommitAsync(delivery),
            MappingTarget.Reps => reps.CommitAsync(delivery),
            _ => DirectoryAsync(delivery),
        };
    }

    /// <summary>Of what comes twice in one part the newer one counts, as it would in two: the later one where they are of one instant or nobody says.</summary>
    private static List<SourceRecord> Newest(IEnumerable<SourceRecord> records)
    {
        Dictionary<string, (int At, long? ChangedAt)> newest = new(StringComparer.Ordinal);
        SourceRecord[] all = [.. records];
        for (var i = 0; i < all.Length; i++)
        {
            var record = all[i];
            var known = newest.TryGetValue(record.Key, out var before);
            if (!known || !RecordRow.IsNewer(before.ChangedAt, all[before.At].Deleted, record))
            {
                newest[record.Key] = (i, record.UpdatedAt?.ToUnixTimeMilliseconds() ?? before.ChangedAt);
            }
        }
        return [.. newest.Values.Select(n => n.At).Order().Select(i => all[i])];
    }

    /// <summary>Tries rejected rows again as they stand.</summary>
    public async Task RetryAsync(CancellationToken cancellationToken)
    {
        var seek = new Seek<(string Stream, string Key)>(("", ""), Limits.PageSize);
        while (store.Read(s => RecordTable.Waiting(s, scope.Connection.No, RecordState.Rejected, seek)) is { Count: > 0 } rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            seek = seek with { From = (rows[^1].Stream, rows[^1].Key) };
            foreach (var of in rows.Where(r => r.Body is not null && scope.Mappers.ContainsKey(r.Stream)).GroupBy(r => r.Stream, StringComparer.Ordinal))
            {
                var mapper = scope.Mappers[of.Key];
                await PutAsync(mapper, of.Select(r => RecordBody.Read(r.Key, mapper.Stream.Entity, r.Body!)), [], null, _ => { });
            }
        }
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
