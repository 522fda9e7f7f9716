using Spm.Connectors;
using Spm.Platform.AuditTrail;
using Spm.Platform.Connections.Mapping;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Connections.Runs;

/// <summary>What a run works with: the connection as it stood when the run began, and how its streams are mapped.</summary>
internal sealed record RunScope(ConnectionRow Connection, RunRow Run, TenantRuntime Tenant, ConnectorManifest Manifest, IReadOnlyDictionary<string, RecordMapper> Mappers)
{
    /// <summary>Whom the audit trail names for what the run writes.</summary>
    public JobAuthor Author { get; } = new(Connection.Id, Run.Id, "");

    /// <summary>E-mail addresses by the keys of people who are known but are not reps themselves; null of whom no address is known.</summary>
    public Dictionary<string, string?> Directory { get; } = new(StringComparer.Ordinal);

    /// <summary>Enters somebody of the directory.</summary>
    public void Recognise(RecordRow person) => Directory[person.Key] =
        person is { Body: { } body, State: RecordState.Accepted or RecordState.Gone } ? (RecordBody.Read(person.Key, "person", body).Entity as Person)?.Email : null;
}

/// <summary>A part of a stream on its way into the platform.</summary>
/// <param name="Apart">Rows that are no records: in quarantine.</param>
/// <param name="FullRead">The full read that has shown them; null in between.</param>
/// <param name="Finish">Runs in the same commit, last.</param>
internal sealed record Delivery(RecordMapper Mapper, IReadOnlyList<SourceRecord> Records, IReadOnlyList<RecordRow> Apart, string? FullRead, Action<SqlSession> Finish)
{
    /// <summary>Of records that were not read and are tried again as they stand: what is known of each, by its key.</summary>
    public IReadOnlyDictionary<string, RecordRow>? Again { get; init; }

    /// <summary>The two halves. What must come last stands in the second.</summary>
    public (Delivery First, Delivery Second) Halves()
    {
        var middle = Records.Count / 2;
        return (this with { Records = [.. Records.Take(middle)], Apart = [], Finish = _ => { } }, this with { Records = [.. Records.Skip(middle)] });
    }
}

/// <summary>Outcomes of the records of a delivery, as they go into its commit.</summary>
internal sealed class Outcomes(RunScope scope, Delivery delivery)
{
    private readonly List<RecordRow> _rows = [];
    private readonly List<string> _seen = [];
    private RunCounts _counts;

    public void Add(RecordRow row, RunCounts count)
    {
        _rows.Add(row);
        _counts += count;
    }

    /// <summary>Nothing to write about it: what is known stands.</summary>
    public void Stands(string key)
    {
        _seen.Add(key);
        _counts += One.Unchanged;
    }

    public RunCounts Counts => _counts;

    public IEnumerable<RecordRow> Rejected => _rows.Where(r => r.State == RecordState.Rejected);

    public void Write(SqlSession session)
    {
        var stream = delivery.Mapper.Stream.Name;
        RecordTable.Put(session, scope.Connection.No, Rows(), delivery.FullRead);
        if (delivery.FullRead is { } fullRead)
        {
            _seen.ForEach(key => RecordTable.See(session, scope.Connection.No, stream, key, fullRead));
        }
        var counts = delivery.Again is { } again ? Tried(again) : _counts with { Read = delivery.Records.Count + delivery.Apart.Count, Quarantined = delivery.Apart.Count };
        if (delivery.Again is null || counts != default)
        {
            RunTable.Count(session, scope.Run.No, stream, counts);
        }
        delivery.Finish(session);
    }

    /// <summary>
    /// Counts of records that were tried again: each counts once in a run, by what became of it. One that is still rejected says nothing new, and one
    /// that this run had rejected is so no longer.
    /// </summary>
    private RunCounts Tried(IReadOnlyDictionary<string, RecordRow> again)
    {
        var taken = _rows.Where(r => r.State != RecordState.Rejected).ToList();
        var counted = taken.Count(r => again[r.Key].RejectedIn == scope.Run.No);
        return _counts with { Read = taken.Count - counted, Rejected = -counted };
    }

    /// <summary>One row for each key: one that could not be read is listed, with what became of the record that could.</summary>
    private List<RecordRow> Rows()
    {
        var rows = _rows.ToDictionary(
            r => r.Key, r => r.State != RecordState.Rejected ? r : r with { RejectedIn = delivery.Again is { } again ? again[r.Key].RejectedIn : scope.Run.No }, StringComparer.Ordinal);
        foreach (var apart in delivery.Apart)
        {
            rows[apart.Key] = rows.GetValueOrDefault(apart.Key) is { } read
                ? apart with { ChangedAt = read.ChangedAt, Amount = read.Amount, Currency = read.Currency, ExternalId = read.ExternalId, Deal = read.Deal }
                : apart;
        }
        return [.. rows.Values];
    }
}

/// <summary>One row of each kind.</summary>
internal static class One
{
    public static readonly RunCounts Created = new() { Created = 1 };
    public static readonly RunCounts Corrected = new() { Corrected = 1 };
    public static readonly RunCounts Unchanged = new() { Unchanged = 1 };
    public static readonly RunCounts Ignored = new() { Ignored = 1 };
    public static readonly RunCounts Rejected = new() { Rejected = 1 };
}
