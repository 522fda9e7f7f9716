using Spm.Compensation.Amounts;
using Spm.Compensation.Attainment;
using Spm.Compensation.Fx;
using Spm.Compensation.Periods;
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
    private readonly CreditedAnew _recredited = new();

    public MeasurementChanges Changes { get; } = new() { NotesCredits = after.AnyLooksAtCredits };

    /// <summary>Null when nothing is here that the change could credit differently.</summary>
    public static Recrediting? Plan(SpmStore store, CompanyEditor editor, Company after)
    {
        var before = editor.Before;
        var isOtherRule = before.FxRule != after.FxRule;
        var rates = editor.Recredits || isOtherRule ? [] : Reached(editor.Rates.Changed, before, after);
        if (!editor.Recredits && !isOtherRule && rates.Count == 0)
        {
            return null;
        }
        return store.Read(session =>
        {
            if (!TransactionTable.Any(session, before.Tenant))
            {
                return null;
            }
            var plan = new Recrediting(after);
            RowCrediting old = new(before), next = new(after);
            void Add(TransactionRow row) => plan.Add(row, before, old, next);
            if (editor.Recredits)
            {
                TransactionTable.ForEachCurrent(session, before.Tenant, Add);
            }
            else if (isOtherRule)
            {
                TransactionTable.ForEachInOtherCurrency(session, before.Tenant, Add);
            }
            foreach (var (currency, days) in rates)
            {
                TransactionTable.ForEachInOtherCurrency(session, before.Tenant, currency.Code, days, Add);
            }
            return plan;
        });
    }

    /// <summary>The days whose rate is another one after the change, each once.</summary>
    private static List<(Currency Currency, DateRange Days)> Reached(IEnumerable<FxRateKey> changed, Company before, Company after) =>
    [
        .. from key in changed
           group key.Day by key.From into days
           from range in after.FxRule.Reach(days.Key, after.Currency, days, before.FxRates, after.FxRates, after.Calendar)
           select (days.Key, range),
    ];

    public void Write(SqlSession session, int tenant, long now)
    {
        _recredited.Write(session, tenant, now);
        MeasurementTable.Apply(session, tenant, Changes);
    }

    private void Add(TransactionRow row, Company before, RowCrediting old, RowCrediting next)
    {
        if (row.Deleted)
        {
            return;
        }
        var (oldFacts, nextFacts) = (old.Credit(row), next.Credit(row));
        Changes.Apply(oldFacts, row.Month, old.Credits, before.Roster, before.Measures, -1);
        Changes.Apply(nextFacts, row.Month, next.Credits, after.Roster, after.Measures, 1);
        if (!old.Credits.SequenceEqual(next.Credits) || !old.Problems.SequenceEqual(next.Problems))
        {
            _recredited.Add(row, next.Result(row));
        }
    }
}
