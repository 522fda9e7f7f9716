using Spm.Compensation.Amounts;
using Spm.Connectors;
using Spm.Platform.Imports;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Connections.Runs;

/// <summary>
/// Makes transactions of records. A record that the source has changed becomes the next version of its transaction, one that counts no more or is
/// gone takes it back, and one that says what is here already changes nothing. Transactions, and what became of each record, are one
/// commit.
/// </summary>
/// <param name="bills">Of the source: entered for writing by whoever takes bills, payments and refunds of it.</param>
internal sealed class TransactionSink(
    RunScope scope, ConnectorCatalog catalog, TransactionCommands commands, TenantDirectory tenants, ReadWriteGate bills, SpmStore store, RecordClock clock)
{
    private OwnerResolver? _owners;

    public async Task CommitAsync(Delivery delivery)
    {
        try
        {
            await CommitAsync(delivery, tooLarge: false);
        }
        catch (OverflowException) when (delivery.Records.Count > 1)
        {
            // Halves are tried until the record stands alone that is too much: all others go in.
            var (first, second) = delivery.Halves();
            await CommitAsync(first);
            await CommitAsync(second);
        }
        catch (OverflowException)
        {
            await CommitAsync(delivery, tooLarge: true);
        }
    }

    /// <summary>What a record would become; nothing is written.</summary>
    public Result<TransactionRow> Preview(Mapping.RecordMapper mapper, SourceRecord record)
    {
        var (company, source) = (scope.Tenant.Company, scope.Tenant.Sources.GetValueOrDefault(scope.Connection.Source, -1));
        return Read(new TransactionReader(company, scope.Connection.Source, source), mapper, Input(mapper, record, new OwnerResolver(company, scope.Directory), Deals(source)) with { Version = Version(record, null) });
    }

    private async Task CommitAsync(Delivery delivery, bool tooLarge)
    {
        var source = await tenants.SourceAsync(scope.Tenant, scope.Connection.Source);
        using ReadWriteGate.Entry? turn = BilledDeals.Concern(delivery.Mapper) ? await bills.WriteAsync() : null;
        using var gate = await scope.Tenant.Gate.ReadAsync();
        var company = scope.Tenant.Company;
        _owners = ReferenceEquals(_owners?.Company, company) ? _owners : new OwnerResolver(company, scope.Directory);
        var reader = new TransactionReader(company, scope.Connection.Source, source);
        var batch = new TransactionBatch(company);
        var deals = Deals(source);
        var known = Known(delivery, source);
        var outcomes = new Outcomes(scope, delivery);
        List<(RecordRow Row, SourceRecord Record)> sent = [];
        List<(TransactionRow Now, TransactionRow? Before)> changed = [];
        foreach (var record in delivery.Records)
        {
            if (Prepare(delivery, record, known.GetValueOrDefault(record.Key), reader, deals, outcomes, tooLarge) is var (row, transaction))
            {
                batch.Add(transaction);
                sent.Add((row, record));
                changed.Add((transaction, known.GetValueOrDefault(record.Key).Transaction));
            }
        }
        foreach (var following in BilledDeals.IsFollowed(delivery.Mapper) ? deals.Following(changed) : [])
        {
            batch.Add(following);
        }
        if (sent.Count == 0)
        {
            await store.Writer.WriteAsync(session => outcomes.Write(session));
            return;
        }
        using var written = new WrittenRows();
        await commands.WriteAsync(scope.Tenant, batch, (session, results) =>
        {
            for (var i = 0; i < sent.Count; i++)
            {
                Settle(sent[i].Row, sent[i].Record, batch.Transactions[i].Row, results[i], i + 1, outcomes, written);
            }
            var followed = default(RunCounts);
            for (var i = sent.Count; i < results.Length; i++)
            {
                if (results[i] == TransactionOutcome.Corrected)
                {
                    followed += One.Corrected;
                    written.Add(i + 1, batch.Transactions[i].Row);
                }
            }
            written.Tell(session, scope.Tenant.No, scope.Author, Told(outcomes.Counts + followed), clock.GetUtcNow().ToUnixTimeMilliseconds());
            outcomes.Write(session);
        });
    }

    /// <summary>
    /// What is known of the records of a delivery, and the transactions they became. The log knows the transactions of a source that another connection
    /// has read before.
    /// </summary>
    private Dictionary<string, (RecordRow? Row, TransactionRow? Transaction)> Known(Delivery delivery, int source) => store.ReadSnapshot(session =>
    {
        var (stream, keys) = (delivery.Mapper.Stream.Name, delivery.Records.Select(r => r.Key).ToList());
        var rows = RecordTable.Find(session, scope.Connection.No, stream, keys);
        var transactions = TransactionTable.Current(session, source, [.. rows.Zip(keys, (row, key) => row?.ExternalId ?? delivery.Mapper.ExternalId(key))]);
        return keys.Select((key, i) => (key, rows[i], transactions[i])).ToDictionary(k => k.key, k => (k.Item2, k.Item3), StringComparer.Ordinal);
    });

    /// <returns>The transaction to write, and what is noted of the record then; null where there is nothing to write.</returns>
    private (RecordRow Row, TransactionRow Transaction)? Prepare(
        Delivery delivery, SourceRecord record, (RecordRow? Row, TransactionRow? Transaction) known, TransactionReader reader, BilledDeals deals, Outcomes outcomes, bool tooLarge)
    {
        if (known.Row?.IsNewerThan(record) == true)
        {
            outcomes.Stands(record.Key);
            return null;
        }
        var current = known.Transaction;
        var whole = delivery.Mapper.PartOf(record) is { } named ? RecordBody.Storable(named) : null;
        var row = new RecordRow(delivery.Mapper.Stream.Name, record.Key, RecordState.Accepted)
        {
            ChangedAt = record.UpdatedAt?.ToUnixTimeMilliseconds() ?? known.Row?.ChangedAt,
            ExternalId = current?.ExternalId,
            Deal = whole ?? current?.Deal,
        };
        if (record.Deleted || !delivery.Mapper.Counts(record))
        {
            row = row with { State = record.Deleted ? RecordState.Gone : RecordState.Ignored };
            (row, var input) = record.Deleted ? (row, null) : Stake(row, Input(delivery.Mapper, record, _owners!, deals));
            if (current is null or { Deleted: true })
            {
                outcomes.Add(row, row.State == known.Row?.State || record.Deleted ? One.Unchanged : One.Ignored);
                return null;
            }
            return (row, current with { Version = Next(record, current), Flags = current.Flags | TransactionFlags.Deleted });
        }
        (row, var sent) = Stake(row, Input(delivery.Mapper, record, _owners!, deals));
        var read = tooLarge ? Error.Of("amount", ErrorCodes.LimitExceeded, "Somebody's credits of the month would be more than can be added up.")
            : Read(reader, delivery.Mapper, sent! with { Version = Version(record, current) });
        if (!read.IsOk)
        {
            outcomes.Add(Rejection.Of(row, record, read.Error!), One.Rejected);
            return null;
        }
        row = row with { ExternalId = read.Value.ExternalId, Amount = read.Value.Amount, Currency = read.Value.Currency, Deal = whole ?? read.Value.Deal, Errors = Notes(record) };
        if (current is not null && current.SameContent(read.Value))
        {
            outcomes.Add(row, One.Unchanged);
            return null;
        }
        return (row, read.Value);
    }

    private static void Settle(RecordRow row, SourceRecord record, TransactionRow transaction, TransactionOutcome outcome, int no, Outcomes outcomes, WrittenRows written)
    {
        switch (outcome)
        {
            case TransactionOutcome.Created or TransactionOutcome.Corrected:
                outcomes.Add(row, outcome == TransactionOutcome.Created ? One.Created : One.Corrected);
                written.Add(no, transaction);
                break;
            case TransactionOutcome.Unchanged:
                outcomes.Add(row, One.Unchanged);
                break;
            default:
                // Somebody else has posted to the source of this connection.
                outcomes.Add(Rejection.Of(row, record, Error.Of("version", ErrorCodes.VersionConflict, $"The transaction '{transaction.ExternalId}' was posted past this connection.")), One.Rejected);
                break;
        }
    }

    private BilledDeals Deals(int source) => new(scope, source, catalog, store);

    private static Result<TransactionRow> Read(TransactionReader reader, Mapping.RecordMapper mapper, TransactionInput input) =>
        reader.Read(input) is var read && read.IsOk ? read : mapper.OfRecord(read.Error!);

    private static TransactionInput Input(Mapping.RecordMapper mapper, SourceRecord record, OwnerResolver owners, BilledDeals deals) => mapper.Transaction(record, owners.Resolve, deals.Of);

    private static FieldError[] Notes(SourceRecord record) => record.Entity is Opportunity deal && deal.Splits.Any(s => s.Overlay)
        ? [new FieldError("splits", ErrorCodes.OverlayLeftOut, "Overlay shares are not taken: overlays are credited by their territories.")]
        : [];

    private static (RecordRow Row, TransactionInput? Input) Stake(RecordRow row, TransactionInput input) => (
        input.Currency is { Length: 3 } code && code.All(char.IsAsciiLetter) && Decimals.TryParse(input.Amount, out var amount) && TenThousandths.TryFrom(decimal.Round(amount, 4), out var scaled)
            ? row with { Amount = input.Kind == "refund" ? -scaled : scaled, Currency = input.Currency }
            : row,
        input);

    private static string Version(SourceRecord record, TransactionRow? current) => Next(record, current).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The instant of the source's change; one more than the last version where that is not later.</summary>
    private static long Next(SourceRecord record, TransactionRow? current) => Math.Max(record.UpdatedAt?.ToUnixTimeMilliseconds() ?? 1, (current?.Version ?? 0) + 1);

    private static ImportCounts Told(RunCounts c) => new(c.Created + c.Corrected + c.Unchanged + c.Rejected, c.Created, c.Corrected, c.Unchanged, c.Rejected);
}
