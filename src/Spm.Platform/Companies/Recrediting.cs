using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;
using Spm.Platform.Performance;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Companies;

/// <summary>
/// What a change of reference data does to the transactions that are already here: who is credited anew, and the difference in
/// measurements. Worked out while the company's gate is held, written in the same commit as the change: at no instant do the credits
/// belong to another roster than the one in force.
/// </summary>
internal sealed class Recrediting(Company after)
{
    private readonly List<(TransactionRow Row, Credit[] Credits, CreditProblem[] Problems)> _recredited = [];

    public MeasurementChanges Changes { get; } = new() { NotesCredits = after.AnyLooksAtCredits };

    public static Recrediting Plan(SpmStore store, Company before, Company after)
    {
        var plan = new Recrediting(after);
        CreditResult old = new(), next = new();
        store.Read(session =>
        {
            TransactionTable.ForEachCurrent(session, before.Tenant, row => plan.Add(row, before, old, next));
            return true;
        });
        return plan;
    }

    public void Write(SqlSession session, int tenant, long now)
    {
        var crediting = new CreditingRows();
        foreach (var (row, credits, problems) in _recredited)
        {
            TransactionTable.Uncredit(session, tenant, row);
            TransactionTable.Recredit(session, row, credits, now);
            crediting.Add(row.Seq, row.Month, credits);
            foreach (var problem in problems)
            {
                TransactionTable.InsertProblem(session, tenant, row.Seq, row, problem);
            }
        }
        crediting.WriteEach(session, tenant);
        MeasurementTable.Apply(session, tenant, Changes);
    }

    private void Add(TransactionRow row, Company before, CreditResult old, CreditResult next)
    {
        if (row.Deleted)
        {
            return;
        }
        old.Clear();
        next.Clear();
        var (oldFacts, nextFacts) = (row.ForCrediting(before), row.ForCrediting(after));
        CreditRules.Credit(oldFacts, before.Roster, old);
        CreditRules.Credit(nextFacts, after.Roster, next);
        Changes.Apply(oldFacts, row.Month, old.Credits, before.Roster, before.Measures, -1);
        Changes.Apply(nextFacts, row.Month, next.Credits, after.Roster, after.Measures, 1);
        if (!old.Credits.SequenceEqual(next.Credits) || !old.Problems.SequenceEqual(next.Problems))
        {
            _recredited.Add((row, [.. next.Credits], [.. next.Problems]));
        }
    }
}
