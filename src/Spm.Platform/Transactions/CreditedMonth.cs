using Spm.Compensation.Crediting;
using Spm.Platform.Companies;
using Spm.Storage;

namespace Spm.Platform.Transactions;

/// <summary>The credits of single reps in a month with the transactions they are parts of, as the roster in force credits them.</summary>
internal sealed class CreditedMonth(SqlSession session, Company company, int month)
{
    private readonly CreditResult _result = new();

    /// <summary>Calls <paramref name="credit"/> for each credit of the rep, in the order the transactions were recorded.</summary>
    public void ForEach(int rep, Action<TransactionRow, Transaction, Credit> credit) => TransactionTable.ForEachCrediting(session, company.Tenant, rep, month, row =>
    {
        var facts = row.Facts(company);
        _result.Clear();
        // Worked out and not read: the store does not keep the deals that a credit counts for.
        CreditRules.Credit(facts, company.Roster, _result);
        foreach (var one in _result.Credits)
        {
            if (one.Rep == rep)
            {
                credit(row, facts, one);
            }
        }
    });
}
