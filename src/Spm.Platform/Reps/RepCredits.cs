using Spm.Compensation.Amounts;
using Spm.Compensation.Crediting;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Periods;
using Spm.Compensation.PlanDocuments;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Reps;

/// <summary>A credit of a rep and the transaction it is a part of.</summary>
/// <param name="Report">The direct report through whom it rolled up; null for the rep's own.</param>
internal readonly record struct RepCredit(CreditLine Line, TransactionRow Row, int? Report);

/// <summary>
/// The single credits of reps as plans see them, as the roster in force credits them. Worked out and not read: the store keeps no roll-up, and
/// of a credit not the part of the deal it counts for.
/// </summary>
internal sealed class RepCredits(SqlSession session, Company company)
{
    private readonly CreditResult _result = new();

    /// <summary>The rep's credits of a month: its own and, where asked for, what rolls up to it.</summary>
    public List<CreditLine> Of(int rep, FiscalMonth month, bool rollUp)
    {
        List<CreditLine> lines = [];
        ForEach(rep, month, rollUp, credit => lines.Add(credit.Line));
        return lines;
    }

    /// <summary>Calls <paramref name="credit"/> for each credit of the rep in a month: its own and, where asked for, what rolls up to it.</summary>
    public void ForEach(int rep, FiscalMonth month, bool rollUp, Action<RepCredit> credit)
    {
        Own(rep, month.No, one => credit(new RepCredit(Line(one.Row, one.Credit, one.Credit.Kind == CreditKind.Overlay ? CreditSources.Overlay : CreditSources.Direct), one.Row, null)));
        foreach (var below in rollUp ? Reports.Below(company.Roster, month.Period, rep) : [])
        {
            Own(below, month.No, one =>
            {
                // An overlay's credit stays with the overlay.
                if (one.Credit.Kind == CreditKind.Direct && Reports.Through(company.Roster, below, rep, one.Row.Date) is { } report)
                {
                    credit(new RepCredit(Line(one.Row, one.Credit, CreditSources.RollUp), one.Row, report));
                }
            });
        }
    }

    /// <summary>Whether any plan of the year counts what rolls up.</summary>
    public static bool CountsRollUp(RepYear year) => year.States.Any(s => s.Version.Tallies.Any(t => t.Credits.HasFlag(CreditSources.RollUp)));

    private void Own(int rep, int month, Action<(TransactionRow Row, Credit Credit)> credit) => TransactionTable.ForEachCrediting(session, company.Tenant, rep, month, row =>
    {
        _result.Clear();
        CreditRules.Credit(row.ForCrediting(company), company.Roster, _result);
        foreach (var one in _result.Credits)
        {
            if (one.Rep == rep)
            {
                credit((row, one));
            }
        }
    });

    private CreditLine Line(TransactionRow row, in Credit credit, CreditSources source) => new()
    {
        Transaction = Ids.ForTransaction(row.Source, row.ExternalId),
        Deal = Ids.ForTransaction(row.Source, row.Deal ?? row.ExternalId),
        Date = row.Date,
        Kind = WireNames.Of(row.Kind),
        Credit = source,
        // In ten-thousandths, of which the parts of a deal sum to one deal.
        Share = Math.Abs(TenThousandths.ToDecimal(credit.Count)),
        Amount = TenThousandths.ToDecimal(credit.Amount),
        Quantity = TenThousandths.ToDecimal(credit.Quantity),
        Margin = row.Flags.HasFlag(TransactionFlags.NoMargin) ? null : TenThousandths.ToDecimal(credit.Margin),
        Own = row.Currency == company.Settings.Currency ? null : Own(row, credit),
        Product = row.Product,
        Account = row.Account < 0 ? null : company.Accounts[row.Account].ExternalId,
        Territory = row.Territory < 0 ? null : company.Territories[row.Territory].ExternalId,
        Facts = row.Facts is null ? FactSet.Empty : DocFacts.Read(DocParser.Parse(row.Facts, new DocErrors())),
    };

    /// <summary>By the part that was credited, unrounded: the same part of a refund takes back exactly as much.</summary>
    private static OwnAmounts Own(TransactionRow row, in Credit credit)
    {
        var part = credit.Millionths / (decimal)Share.Whole;
        return new OwnAmounts(row.Currency, TenThousandths.ToDecimal(row.Amount) * part, row.Flags.HasFlag(TransactionFlags.NoMargin) ? null : TenThousandths.ToDecimal(row.Margin) * part);
    }
}
