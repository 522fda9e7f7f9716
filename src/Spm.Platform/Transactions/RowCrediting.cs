using System.Runtime.InteropServices;
using Spm.Compensation.Crediting;
using Spm.Platform.Companies;

namespace Spm.Platform.Transactions;

/// <summary>
/// Credits one transaction after another. Credits are in the company's currency. What is credited to nobody, and the sum that is credited, stay in
/// the transaction's own: so that all that came in of a currency is credited or listed, whatever the rates.
/// </summary>
internal sealed class RowCrediting(Company company)
{
    private readonly CreditResult _credited = new();
    private readonly CreditResult _own = new();
    private bool _isConverted;

    public List<Credit> Credits => _credited.Credits;

    public List<CreditProblem> Problems => _isConverted ? _own.Problems : _credited.Problems;

    /// <summary>What the last call made of the transaction, which may be kept.</summary>
    public CreditedTransaction Result(TransactionRow row)
    {
        Credit[] credits = [.. Credits];
        return new CreditedTransaction(row, credits, CreditsText.Write(credits), Credited, Problems.Count == 0 ? [] : [.. Problems]);
    }

    /// <returns>What crediting looked at, for the measurements.</returns>
    public Transaction Credit(TransactionRow row)
    {
        _credited.Clear();
        var facts = row.ForCrediting(company);
        CreditRules.Credit(facts, company.Roster, _credited);
        _isConverted = facts.InCompanyCurrency && row.Currency != company.Settings.Currency;
        if (_isConverted)
        {
            _own.Clear();
            // Who is credited with which share does not depend on amounts: the same parts, of the amounts as they were sent.
            CreditRules.Credit(facts with { Amount = row.Amount, Margin = row.Margin }, company.Roster, _own);
        }
        return facts;
    }

    private long? Credited => CreditsText.Direct(CollectionsMarshal.AsSpan(_isConverted ? _own.Credits : _credited.Credits));
}
