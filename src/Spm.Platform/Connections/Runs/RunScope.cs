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

    /// <summary>E-mail addresses by the keys of people who are known but are not reps themselves.</summary>
    public Dictionary<string, string?> Directory { get; } = new(StringComparer.Ordinal);
}

/// <summary>A part of a stream on its way into the platform.</summary>
/// <param name="Apart">Rows that are no records: in quarantine.</param>
/// <param name="FullRead">The full read that has shown them; null in between.</param>
/// <param name="Finish">Runs in the same commit, last.</param>
internal sealed record Delivery(RecordMapper Mapper, IReadOnlyList<SourceRecord> Records, IReadOnlyList<RecordRow> Apart, string? FullRead, Action<SqlSession> Finish)
{
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

    public void Write(SqlSession session, long run)
    {
        var stream = delivery.Mapper.Stream.Name;
        RecordTable.Put(session, scope.Connection.No, Rows(), delivery.FullRead);
        if (delivery.FullRead is { } fullRead)
        {
            _seen.ForEach(key => RecordTable.See(session, scope.Connection.No, stream, key, fullRead));
        }
        var counts = _counts with { Quarantined = delivery.Apart.Count };
        RunTable.Count(session, run, stream, counts with { Read = delivery.Records.Count + delivery.Apart.Count });
        delivery.Finish(session);
    }

    /// <summary>One row for each key: one that could not be read is listed, with what became of the record that could.</summary>
    private List<RecordRow> Rows()
    {
        var rows = _rows.ToDictionary(r => r.Key, StringComparer.Ordinal);
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
