using Spm.Compensation.Crediting;
using Spm.Platform.Connections.Mapping;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Connections.Runs;

/// <summary>
/// What payments and refunds are about: what their bill is about, whichever of them comes first, and wherever the bill goes afterwards; a refund that
/// names no bill is of its payment. Of a bill without a deal it is the bill itself. Bills, payments and refunds may come by several connections of the
/// source, whose commits of them go one by one: else each could miss what the other is about to write.
/// </summary>
/// <param name="source">Less than zero where nothing has come of it yet.</param>
internal sealed class BilledDeals(RunScope scope, int source, ConnectorCatalog catalog, SpmStore store)
{
    private const string Bill = "invoice";
    private const string Payment = "payment";
    private const string Refund = "refund";

    private SharedSource? _shared;

    /// <summary>Whether transactions of a stream are about what others are about, or others about what they are.</summary>
    public static bool Concern(RecordMapper mapper) => mapper.Stream.Entity is Bill or Payment or Refund;

    /// <summary>Whether others are about what the transactions of this stream are about.</summary>
    public static bool IsFollowed(RecordMapper mapper) => mapper.Stream.Entity is Bill or Payment;

    /// <summary>The external id of the deal that a bill or payment is about. Null where no payments are taken from the source: none will ever say.</summary>
    public string? Of(string whole) => store.Read(session => Of(session, whole));

    private string? Of(SqlSession session, string whole)
    {
        if (!IsOf(Payment, whole))
        {
            return Logged(session, whole) ?? whole;
        }
        var about = Row(session, Payment, whole)?.Deal ?? Logged(session, whole);
        return about is not null && IsOf(Bill, about) ? Of(session, about)
            : about ?? (TakerOf(session, Payment) is not null ? whole : null);
    }

    /// <summary>Payments and refunds that follow their bills and payments to another deal, as they stand from the commit of these on.</summary>
    /// <param name="written">As they will be, each with how it was; null of one that is new.</param>
    public List<TransactionRow> Following(IReadOnlyList<(TransactionRow Now, TransactionRow? Before)> written) =>
        store.ReadSnapshot(session =>
        {
            var parts = Parts(session, written);
            var ofParts = Parts(session, [.. parts.Where(p => p.Now.Kind == TransactionKind.Payment)]);
            return parts.Concat(ofParts).Select(p => p.Now).DistinctBy(t => t.ExternalId).ToList();
        });

    private List<(TransactionRow Now, TransactionRow? Before)> Parts(SqlSession session, IReadOnlyList<(TransactionRow Now, TransactionRow? Before)> written)
    {
        var moves = written.Where(w => !w.Now.Deleted).SelectMany(w => Moves(w.Now, w.Before)).ToList();
        var about = TransactionTable.Of(session, source, [.. moves.Select(m => m.From)]);
        return
        [
            .. moves.Zip(about).SelectMany(m => m.Second
                .Where(t => t.Kind is TransactionKind.Payment or TransactionKind.Refund && !t.Deleted && t.ExternalId != m.First.Whole && (m.First.From == m.First.Whole || IsPart(session, t, m.First.Whole)))
                .Select(t => (t with { Deal = m.First.To, Version = t.Version + 1 }, (TransactionRow?)t))),
        ];
    }

    /// <summary>From which deals to which one the parts of a bill or payment go: those that came before it are about itself.</summary>
    private static IEnumerable<(string Whole, string From, string To)> Moves(TransactionRow now, TransactionRow? before)
    {
        var to = now.Deal ?? now.ExternalId;
        return ((string[])[now.ExternalId, before?.Deal ?? now.ExternalId]).Distinct(StringComparer.Ordinal).Where(from => from != to).Select(from => (now.ExternalId, from, to));
    }

    /// <summary>Whether a payment or refund came as a part of this one: others of the deal stay where they are.</summary>
    private bool IsPart(SqlSession session, TransactionRow transaction, string whole) =>
        Row(session, transaction.Kind == TransactionKind.Payment ? Payment : Refund, transaction.ExternalId)?.Deal == whole;

    /// <summary>What a transaction of the source is about, wherever it came from. One that was taken back still says it.</summary>
    private string? Logged(SqlSession session, string externalId) => IsStorable(externalId) ? TransactionTable.Current(session, source, externalId)?.Deal : null;

    /// <summary>The record that has become a transaction, at the connection that takes them.</summary>
    private RecordRow? Row(SqlSession session, string entity, string externalId) => IsOf(entity, externalId) && IsStorable(externalId) && TakerOf(session, entity) is var (connection, stream)
        ? RecordTable.Find(session, connection, stream, externalId[RecordMapper.ExternalId(entity, "").Length..])
        : null;

    /// <summary>A run goes on as it began, whatever becomes of its connection meanwhile. Of others it counts what they are when first one is looked for.</summary>
    private (long Connection, string Stream)? TakerOf(SqlSession session, string entity) =>
        scope.Mappers.Values.FirstOrDefault(m => m.Stream.Entity == entity) is { } own ? (scope.Connection.No, own.Stream.Name)
        : (_shared ??= SharedSource.Of(session, catalog, scope.Tenant.No, scope.Connection.Source)).TakerOf(entity);

    private static bool IsOf(string entity, string externalId) => externalId.StartsWith(RecordMapper.ExternalId(entity, ""), StringComparison.Ordinal);

    /// <summary>A name that no store can hold is nobody's, and the store is not asked.</summary>
    private static bool IsStorable(string externalId) => externalId == RecordBody.Storable(externalId);
}
