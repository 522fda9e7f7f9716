using Spm.Connectors;
using Spm.Platform.Connections.Mapping;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Connections.Runs;

/// <summary>Makes of the records of a source what their mapping says: transactions, reps, or people of the directory.</summary>
internal sealed class RecordIntake(RunScope scope, TransactionSink transactions, RepSink reps, SpmStore store, RecordClock clock)
{
    /// <summary>Clocks of vendors may be so far ahead of ours.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    /// <param name="finish">Runs in the commit of the last of them.</param>
    public Task PutAsync(RecordMapper mapper, IEnumerable<SourceRecord> records, IEnumerable<InvalidRow> quarantined, string? fullRead, Action<SqlSession> finish) =>
        PutAsync(new Delivery(mapper, Newest(records.Select(Dated)), [.. quarantined.Select(r => Quarantine(mapper, r)).DistinctBy(r => r.Key)], fullRead, finish));

    private Task PutAsync(Delivery delivery) => delivery.Mapper.Into switch
    {
        MappingTarget.Transactions => transactions.CommitAsync(delivery),
        MappingTarget.Reps => reps.CommitAsync(delivery),
        _ => DirectoryAsync(delivery),
    };

    /// <summary>A change that is dated years ahead says nothing of its order: if it did, none that came later would count before then.</summary>
    private SourceRecord Dated(SourceRecord record) => !(record.UpdatedAt > clock.GetUtcNow() + Ahead) ? record
        : (record.Entity is { } entity ? SourceRecord.Of(record.Key, null, entity) : SourceRecord.Gone(record.Key, null)) with { Fields = record.Fields };

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
                var records = of.Select(r => RecordBody.Read(r.Key, mapper.Stream.Entity, r.Body!)).ToList();
                await PutAsync(new Delivery(mapper, records, [], null, _ => { }) { Again = of.ToDictionary(r => r.Key, StringComparer.Ordinal) });
            }
        }
    }

    private async Task DirectoryAsync(Delivery delivery)
    {
        var stream = delivery.Mapper.Stream.Name;
        var known = store.Read(s => RecordTable.Find(s, scope.Connection.No, stream, [.. delivery.Records.Select(r => r.Key)]));
        var outcomes = new Outcomes(scope, delivery);
        List<RecordRow> taken = [];
        foreach (var (record, before) in delivery.Records.Zip(known))
        {
            if (before?.IsNewerThan(record) == true)
            {
                outcomes.Stands(record.Key);
                continue;
            }
            var row = new RecordRow(stream, record.Key, record.Deleted ? RecordState.Gone : RecordState.Accepted)
            {
                ChangedAt = record.UpdatedAt?.ToUnixTimeMilliseconds() ?? before?.ChangedAt,
                // Of somebody who is gone the address stays: their deals still name them. The vendor's own fields recognise nobody.
                Body = record.Entity is { } person ? RecordBody.Of(SourceRecord.Of(record.Key, record.UpdatedAt, person)) : before?.State == RecordState.Quarantined ? null : before?.Body,
            };
            outcomes.Add(row, before is null ? One.Created : One.Unchanged);
            taken.Add(row);
        }
        await store.Writer.WriteAsync(session => outcomes.Write(session));
        taken.ForEach(scope.Recognise);
    }

    private static RecordRow Quarantine(RecordMapper mapper, InvalidRow row) => new(mapper.Stream.Name, RecordTable.KeyOf(row.Key, row.Raw), RecordState.Quarantined)
    {
        Body = RecordBody.Storable(row.Raw),
        Errors = [.. row.Errors.Select(e => new FieldError(RecordBody.Storable(e.Pointer.TrimStart('/')), e.Code, RecordBody.Storable(e.Detail)))],
    };
}
