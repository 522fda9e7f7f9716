using Spectre.Console;
using Spm.Client;

namespace Spm.Cli.Rendering;

internal static class TrialBalanceTable
{
    /// <param name="everyRep">False: the accounts of all reps that are of one kind are one line.</param>
    public static Table Of(TrialBalance balance, bool everyRep = false)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey).ShowFooters();
        table.AddColumn(new TableColumn("Account").Footer(new Text(balance.Balanced ? "balanced" : "NOT BALANCED", Proof(balance))));
        table.AddColumn(Sum("Debits", balance.Accounts.Sum(account => account.Debits)));
        table.AddColumn(Sum("Credits", balance.Accounts.Sum(account => account.Credits)));
        table.AddColumn(Sum("Balance", balance.Accounts.Sum(account => account.Balance)));
        foreach (var account in everyRep ? balance.Accounts : Summed(balance.Accounts))
        {
            table.AddRow(
                new Text(account.Account), new Text(Figures.Amount(account.Debits)), new Text(Figures.Amount(account.Credits)),
                new Text(Figures.Amount(account.Balance)));
        }

        table.Caption($"[grey]{Markup.Escape(string.Join("   ", balance.Currencies.Select(Difference)))}[/]");
        return table;
    }

    private static IEnumerable<AccountBalance> Summed(IReadOnlyList<AccountBalance> accounts) =>
        from account in accounts
        group account by (Kind: account.Account.Split(':')[0], account.Currency) into kind
        let reps = kind.Count(a => a.Account.Contains(':'))
        select new AccountBalance(
            reps == 0 ? kind.Key.Kind : $"{kind.Key.Kind}, {reps} reps", kind.Key.Currency,
            kind.Sum(a => a.Debits), kind.Sum(a => a.Credits), kind.Sum(a => a.Balance));

    private static string Difference(CurrencyBalance sum) =>
        $"{sum.Currency}: debits {Figures.Amount(sum.Debits)} - credits {Figures.Amount(sum.Credits)} = {Figures.Amount(sum.Difference)}";

    private static TableColumn Sum(string title, decimal value) =>
        new TableColumn(title).RightAligned().Footer(new Text(Figures.Amount(value), new Style(decoration: Decoration.Bold)));

    private static Style Proof(TrialBalance balance) => new(balance.Balanced ? Color.Green : Color.Red, decoration: Decoration.Bold);
}
