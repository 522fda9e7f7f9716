using Spm.Compensation.Crediting;
using Spm.Storage;

namespace Spm.Platform.Transactions;

/// <summary>Transactions that are here already and credit others, or with other shares, than before. What they credited is kept.</summary>
internal sealed class CreditedAnew
{
    private readonly List<(TransactionRow Before, CreditedTransaction Now)> _transactions = [];

    public void Add(TransactionRow before, in CreditedTransaction now) => _transactions.Add((before, now));

    public void Write(SqlSession session, int tenant, long now)
    {
        if (_transactions.Count == 0)
        {
            return;
        }
        var crediting = new CreditingRows();
        List<(long, TransactionRow, CreditProblem)> odd = [];
        foreach (var (before, transaction) in _transactions)
        {
            TransactionTable.Uncredit(session, tenant, before);
            TransactionTable.Recredit(session, transaction, now);
            crediting.Add(before.Seq, before.Month, transaction.Credits);
            odd.AddRange(transaction.Problems.Select(problem => (before.Seq, before, problem)));
        }
        TransactionTable.InsertProblems(session, tenant, odd);
        crediting.WriteEach(session, tenant);
    }
}
