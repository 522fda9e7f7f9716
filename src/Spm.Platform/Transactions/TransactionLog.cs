using System.Collections.Frozen;
using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;
using Spm.Platform.Changes;
using Spm.Platform.Companies;
using Spm.Platform.Performance;
using Spm.Storage;

namespace Spm.Platform.Transactions;

public enum TransactionOutcome : byte
{
    Created,
    Corrected,

    /// <summary>The same version with the same content was already here.</summary>
    Unchanged,

    /// <summary>A newer version is here.</summary>
    Stale,

    /// <summary>The same version is here with other content.</summary>
    Conflict,
}

/// <summary>A transaction and what crediting made of it, before it is written.</summary>
/// <param name="Credits">In the company's currency.</param>
/// <param name="CreditsText">The credits as they are stored, made ready here to spare the store's writer the work.</param>
/// <param name="Credited">The sum of the direct credits' amounts in the transaction's own currency; null when there is none.</param>
/// <param name="Problems">With what is at stake in the transaction's own currency.</param>
public readonly record struct CreditedTransaction(TransactionRow Row, Credit[] Credits, byte[] CreditsText, long? Credited, CreditProblem[] Problems);

/// <summary>
/// Transactions with their credits, and the sum of their measurements as if all of them were new. The log takes back the part of
/// those that turn out to be known already: so the usual case, a new row, costs the writer nothing but the inserts.
/// </summary>
public sealed class TransactionBatch(Company company)
{
    private readonly List<CreditedTransaction> _transactions = [];
    private readonly RowCrediting _crediting = new(company);

    public Company Company => company;

    public IReadOnlyList<CreditedTransaction> Transactions => _transactions;

    /// <summary>Transactions that name a deal that is not here; known once the batch is written.</summary>
    public IReadOnlySet<TransactionRow> WithoutDeal { get; internal set; } = FrozenSet<TransactionRow>.Empty;

    /// <summary>What stood under the same key, by the transaction that was sent; known once the batch is written. Null where nobody asks: an import may bring many.</summary>
    public Dictionary<TransactionRow, TransactionRow>? Before { get; private init; }

    public MeasurementChanges Changes { get; } = new() { NotesCredits = company.AnyLooksAtCredits };

    /// <summary>What several batches under the same company hold, as one, recorded at one instant. It keeps what stood before.</summary>
    public static TransactionBatch Of(IReadOnlyList<TransactionBatch> batches, long recordedAt)
    {
        var all = new TransactionBatch(batches[0].Company) { Before = new(ReferenceEqualityComparer.Instance) };
        foreach (var batch in batches)
        {
            all._transactions.AddRange(batch._transactions.Select(t => t with { Row = t.Row with { RecordedAt = recordedAt } }));
            all.Changes.Add(batch.Changes);
        }
        return all;
    }

    public void Add(TransactionRow row) => _transactions.Add(row.Deleted ? new CreditedTransaction(row, [], [], null, []) : Credit(row));

    /// <summary>Credits one of the batch anew, as its deal is.</summary>
    /// <param name="names">Whom the deal names, see <see cref="DealNames"/>.</param>
    internal void CreditAs(int index, string names)
    {
        var (row, credits, _, _, _) = _transactions[index];
        if (row.CreditedAs != names)
        {
            _transactions[index] = Recredit(row with { Credits = credits }, names);
        }
    }

    /// <summary>The same of a transaction that may be here already.</summary>
    /// <param name="row">With what it credits.</param>
    internal CreditedTransaction Recredit(TransactionRow row, string names)
    {
        Unmeasure(row, row.Credits);
        return Credit(row with { CreditedAs = names, Credits = [] });
    }

    /// <summary>Takes back what a transaction adds to the measurements.</summary>
    public void Unmeasure(TransactionRow row, IReadOnlyList<Credit> credits)
    {
        if (!row.Deleted)
        {
            Changes.Apply(row.ForCrediting(company), row.Month, credits, company.Roster, company.Measures, -1);
        }
    }

    private CreditedTransaction Credit(TransactionRow row)
    {
        var facts = _crediting.Credit(row);
        Changes.Apply(facts, row.Month, _crediting.Credits, company.Roster, company.Measures, 1);
        return _crediting.Result(row);
    }
}

/// <summary>
/// Writes transactions: the current version of each, its credits, problems and measurements in one commit. A newer version ends the
/// older one and takes back what it credited. Runs on the writer's thread, so what it reads cannot change under it.
/// </summary>
internal static class TransactionLog
{
    /// <returns>The outcome of each transaction, in the order of the batch. The batch's changes are then those that were really made.</returns>
    public static TransactionOutcome[] Write(SqlSession session, TransactionBatch batch, long now)
    {
        var tenant = batch.Company.Tenant;
        var outcomes = new TransactionOutcome[batch.Transactions.Count];
        var (listed, waiting) = (DealProblems.AskListed(session, tenant), TransactionTable.AskWaiting(session, tenant));
        DealCrediting.Resolve(session, batch);
        var first = session.Long("select max(seq) from txn") + 1;
        var inserted = TransactionTable.Insert(session, tenant, batch.Transactions, first, now);
        var crediting = new CreditingRows();
        List<(long Seq, TransactionRow Row)> written = new(outcomes.Length);
        if (inserted is not null)
        {
            Replace(session, batch, crediting, [.. Enumerable.Range(0, outcomes.Length).Where(i => !inserted.Contains(first + i))], outcomes, first, now);
        }
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i] is TransactionOutcome.Created or TransactionOutcome.Corrected)
            {
                written.Add((first + i, batch.Transactions[i].Row));
                crediting.Add(first + i, batch.Transactions[i].Row.Month, batch.Transactions[i].Credits);
            }
        }
        crediting.Write(session, tenant);
        written.RemoveAll(w => crediting.HasEnded(w.Seq));
        TransactionTable.InsertProblems(session, tenant, [.. written.SelectMany(w => batch.Transactions[(int)(w.Seq - first)].Problems.Select(problem => (w.Seq, w.Row, problem)))]);
        batch.WithoutDeal = DealProblems.Note(session, tenant, written, listed);
        DealCrediting.Follow(session, batch, written.ToLookup(w => outcomes[w.Seq - first], w => w.Row), waiting, now);
        if (written.Count > 0)
        {
            InstantTable.Written(session, tenant, written[0].Seq, now);
            ChangeTable.Written(session, tenant, written[0].Seq, written[^1].Seq, now);
        }
        MeasurementTable.Apply(session, tenant, batch.Changes);
        return outcomes;
    }

    /// <summary>What a version is to the one that is here.</summary>
    public static TransactionOutcome Compare(TransactionRow known, TransactionRow sent) =>
        sent.Version > known.Version ? TransactionOutcome.Corrected
        : sent.Version < known.Version ? TransactionOutcome.Stale
        : sent.SameContent(known) ? TransactionOutcome.Unchanged
        : TransactionOutcome.Conflict;

    /// <summary>
    /// Those of a batch whose keys are here, in rounds: each takes the next one of every key, reads and writes all of them together. Hardly ever has a batch
    /// more than one.
    /// </summary>
    /// <param name="left">Their places in the batch.</param>
    private static void Replace(SqlSession session, TransactionBatch batch, CreditingRows crediting, List<int> left, TransactionOutcome[] outcomes, long first, long now)
    {
        var here = TransactionTable.Here(session, left.Select(i => batch.Transactions[i].Row.Key));
        while (left.Count > 0)
        {
            List<(TransactionRow Known, CreditedTransaction Sent, long Seq)> corrected = [];
            List<int> later = [];
            var taken = new HashSet<(int, string)>();
            foreach (var i in left)
            {
                var sent = batch.Transactions[i];
                if (taken.Contains(sent.Row.Key))
                {
                    later.Add(i);
                    continue;
                }
                var known = here[sent.Row.Key] ?? throw new InvalidOperationException($"Transaction {sent.Row.ExternalId} was neither inserted nor found.");
                batch.Before?.Add(sent.Row, known);
                outcomes[i] = Compare(known, sent.Row);
                if (outcomes[i] != TransactionOutcome.Corrected)
                {
                    batch.Unmeasure(sent.Row, sent.Credits);
                    continue;
                }
                batch.Unmeasure(known, known.Credits);
                corrected.Add((known, sent, first + i));
                taken.Add(sent.Row.Key);
                here[sent.Row.Key] = sent.Row with { Seq = first + i, Credits = sent.Credits };
            }
            foreach (var (known, _, _) in corrected)
            {
                TransactionTable.End(session, batch.Company.Tenant, known, now);
                crediting.End(known.Seq);
            }
            if (TransactionTable.Insert(session, batch.Company.Tenant, [.. corrected.Select(c => (c.Sent, c.Seq))], now) != corrected.Count)
            {
                throw new InvalidOperationException("A transaction could not follow its older version.");
            }
            left = later;
        }
    }
}
