using Spm.Compensation.Amounts;
using Spm.Platform.Connections.Runs;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Connections;

/// <summary>
/// What a source has against what the platform has of it. All that is there is accepted, of no account, rejected or in quarantine; what is accepted is
/// in the log of transactions with the same amount, and nothing else of what the connection takes of the source is there; what of that is credited to nobody is named.
/// </summary>
/// <param name="Agrees">True when nothing differs: every record of the source counts and is credited in full, and nothing counts that the source does not have.</param>
/// <param name="Differences">By record; at most a page, see <paramref name="More"/>.</param>
/// <param name="More">There are more differences than are listed.</param>
public sealed record ConnectionReconciliationView(string Connection, bool Agrees, IReadOnlyList<StreamReconciliationView> Streams, IReadOnlyList<DifferenceView> Differences, bool More);

/// <param name="Currency">Null for records without an amount.</param>
/// <param name="Source">All that the source has: the sum of the next four.</param>
/// <param name="Transactions">In the log of transactions.</param>
/// <param name="Credited">Transactions that credit somebody directly, and what they credit.</param>
public sealed record StreamReconciliationView(
    string Stream, string? Currency, CountedView Source, CountedView Accepted, CountedView Ignored, CountedView Rejected, CountedView Quarantined, CountedView Transactions, CountedView Credited);

/// <param name="Amount">Refunds taken off.</param>
public sealed record CountedView(long Count, string Amount);

/// <param name="Reason">rejected, quarantined, transaction_missing, currency_differs, amount_differs, not_credited, or record_missing: a transaction of what the connection takes of the source counts, and it knows no record that does.</param>
/// <param name="Source">The amount that the source has.</param>
/// <param name="Credited">What of it is credited.</param>
public sealed record DifferenceView(string Stream, string Key, string? Transaction, string Reason, string? Currency, string? Source, string? Credited);

public sealed class ConnectionReconciliationQueries(ConnectionQueries queries, ConnectorCatalog catalog, TenantDirectory tenants, SpmStore store)
{
    public Result<ConnectionReconciliationView> Reconcile(Caller caller, string id)
    {
        var connection = queries.Find(caller, id, Scopes.TransactionsRead);
        if (!connection.IsOk)
        {
            return connection.Error!;
        }
        var source = tenants.Get(caller.Tenant).Sources.GetValueOrDefault(connection.Value.Source, -1);
        var (no, kinds) = (connection.Value.No, SharedSource.Kinds(catalog, connection.Value));
        var streams = catalog.Find(connection.Value.Connector, connection.Value.Version)?.Manifest.Streams ?? [];
        var (sums, logged, differences) = store.ReadSnapshot(s =>
        {
            var shared = SharedSource.Of(s, catalog, caller.Tenant, connection.Value.Source);
            // What another connection takes by now is held against what that one has read.
            var left = streams.Where(stream => shared.TakerOf(stream.Entity) is { } taker && taker.Connection != no).Select(stream => stream.Name).ToHashSet(StringComparer.Ordinal);
            return (
                RecordTable.Sums(s, no).FindAll(x => !left.Contains(x.Stream)),
                ReconciledTable.Logged(s, no, source),
                ReconciledTable.Differences(s, no, source, left, Limits.MaxPageSize + 1).Concat(ReconciledTable.WithoutRecord(s, no, source, kinds, shared, Limits.MaxPageSize + 1)).ToList());
        });
        var views = sums.GroupBy(x => (x.Stream, x.Currency)).Select(g => View(g.Key.Stream, g.Key.Currency, [.. g], logged.Find(l => l.Stream == g.Key.Stream && l.Currency == g.Key.Currency)));
        return new ConnectionReconciliationView(
            id,
            differences.Count == 0,
            [.. views],
            [.. differences.Take(Limits.MaxPageSize).Select(d => View(d, source))],
            differences.Count > Limits.MaxPageSize);
    }

    private static StreamReconciliationView View(string stream, string? currency, StateSum[] sums, LoggedSum? logged)
    {
        CountedView Of(params RecordState[] states) => new(
            sums.Where(s => states.Contains(s.State)).Sum(s => s.Count), Wire.Amount(sums.Where(s => states.Contains(s.State)).Sum(s => s.Amount)));
        return new StreamReconciliationView(
            stream, currency,
            Of(RecordState.Accepted, RecordState.Ignored, RecordState.Rejected, RecordState.Quarantined), Of(RecordState.Accepted), Of(RecordState.Ignored), Of(RecordState.Rejected), Of(RecordState.Quarantined),
            new CountedView(logged?.Count ?? 0, Wire.Amount(logged?.Amount ?? 0m)), new CountedView(logged?.CreditedCount ?? 0, Wire.Amount(logged?.Credited ?? 0m)));
    }

    private static DifferenceView View(Difference d, int source) => new(
        d.Stream, d.Key, d.ExternalId is null || d.State != RecordState.Accepted ? null : Ids.ForTransaction(source, d.ExternalId), d.Reason, d.Currency,
        d.Amount is { } amount ? Wire.Amount(TenThousandths.ToDecimal(amount)) : null, d.State == RecordState.Accepted ? Wire.Amount(TenThousandths.ToDecimal(d.Credited ?? 0)) : null);
}

/// <summary>Transactions that records of a stream have become.</summary>
internal sealed record LoggedSum(string Stream, string? Currency, long Count, decimal Amount, long CreditedCount, decimal Credited);

/// <param name="LoggedIn">The currency of the transaction.</param>
internal sealed record Difference(string Stream, string Key, RecordState State, string? ExternalId, string? Currency, long? Amount, string? LoggedIn, long? Logged, long? Credited)
{
    public string Reason => State == RecordState.Rejected ? "rejected" : State == RecordState.Quarantined ? "quarantined" : Amount is null ? "record_missing"
        : Logged is null ? "transaction_missing" : LoggedIn != Currency ? "currency_differs" : Logged != Amount ? "amount_differs" : "not_credited";
}

internal static class ReconciledTable
{
    private const string Current = "t.source = $2 and t.ended_at is null and t.flags & $3 = 0";

    private const string Joined = $"from connection_record r left join txn t on {Current} and t.external_id = r.external_id where r.connection = $1";

    public static List<LoggedSum> Logged(SqlSession session, long connection, int source) => session.Query(
        $"select r.stream, r.currency, count(*), sum(t.amount / 10000), sum(t.amount % 10000), count(t.credited), coalesce(sum(t.credited / 10000), 0), coalesce(sum(t.credited % 10000), 0) {Joined} "
        + "and r.state = 0 and r.amount is not null and t.seq is not null group by r.stream, r.currency",
        r => new LoggedSum(
            r.GetString(0), ConnectionRow.Text(r, 1), r.GetInt64(2), Reconciliation.ReconciliationTable.Whole(r.GetInt64(3), r.GetInt64(4)), r.GetInt64(5),
            Reconciliation.ReconciliationTable.Whole(r.GetInt64(6), r.GetInt64(7))),
        connection, source, (int)TransactionFlags.Deleted);

    /// <summary>Rejected records, and accepted ones that are not in the log with their amount or are not credited in full.</summary>
    /// <param name="left">Streams that are left out.</param>
    public static List<Difference> Differences(SqlSession session, long connection, int source, IReadOnlyCollection<string> left, int limit) => session.Query(
        $"select r.stream, r.key, r.state, r.external_id, r.currency, r.amount, t.currency, t.amount, t.credited {Joined} and r.stream not in ({SqlList.Places(left.Count + 1, 5)}) and (r.state in (2, 3) or (r.state = 0 and r.amount is not null "
        + "and (t.seq is null or t.amount <> r.amount or t.currency <> r.currency or t.credited is null or t.credited <> t.amount))) order by r.stream, r.key limit $4",
        r => new Difference(
            r.GetString(0), r.GetString(1), (RecordState)r.GetInt32(2), ConnectionRow.Text(r, 3), ConnectionRow.Text(r, 4), r.IsDBNull(5) ? null : r.GetInt64(5), ConnectionRow.Text(r, 6),
            r.IsDBNull(7) ? null : r.GetInt64(7), r.IsDBNull(8) ? null : r.GetInt64(8)),
        [connection, source, (int)TransactionFlags.Deleted, limit, "", .. left]);

    /// <summary>
    /// Transactions of the source that count though no record does: posted past the connection, or left by an earlier one of this source whose records
    /// are gone meanwhile. Nothing that this connection reads will ever take them back. What it does not take of the source is another's affair.
    /// </summary>
    public static List<Difference> WithoutRecord(SqlSession session, long connection, int source, TakenKinds kinds, SharedSource shared, int limit) => session.Query(
        $"select t.external_id, t.currency, t.amount, t.credited from txn t where {Current} and t.external_id in (select t.external_id from txn t where {Current} "
        + $"and {shared.Condition(connection, kinds, "t.external_id")} except "
        + "select external_id from connection_record where connection = $1 and (state in (2, 3) or (state = 0 and amount is not null)) order by 1 limit $4) order by t.external_id",
        r => Of(kinds.RecordOf(r.GetString(0)), r.GetString(0), r.GetString(1), r.GetInt64(2), r.IsDBNull(3) ? null : r.GetInt64(3)),
        connection, source, (int)TransactionFlags.Deleted, limit);

    /// <param name="record">By whose stream and key it is named.</param>
    private static Difference Of((string Stream, string Key) record, string externalId, string currency, long amount, long? credited) =>
        new(record.Stream, record.Key, RecordState.Accepted, externalId, currency, null, currency, amount, credited);
}
