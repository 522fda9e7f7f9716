using Spectre.Console;
using Spm.Client;

namespace Spm.Cli.Rendering;

internal static class PayoutTable
{
    public static Table Of(IReadOnlyCollection<Payout> payouts)
    {
        var currency = payouts.FirstOrDefault()?.Amount.Currency;
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey)
            .AddColumn("Payout").AddColumn("Rep").AddColumn("Period").AddColumn("Status")
            .AddColumn(new TableColumn("Incentives").RightAligned())
            .AddColumn(new TableColumn("Adjustments").RightAligned())
            .AddColumn(new TableColumn("Carried in").RightAligned())
            .AddColumn(new TableColumn($"Amount {currency}").RightAligned());
        foreach (var payout in payouts)
        {
            table.AddRow(
                new Text(payout.Id), new Text(payout.Rep.ToString()), new Text(payout.Period), new Text(Status(payout)),
                new Text(Figures.Amount(payout.Incentives)), new Text(Figures.Amount(payout.Adjustments)),
                new Text(Figures.Amount(payout.CarriedIn)), new Text(Figures.Amount(payout.Amount)));
        }

        return table;
    }

    /// <summary>An open period's amount still moves; nobody should read it as a promise.</summary>
    public static string Status(Payout payout) => payout.Trial ? $"{payout.Status}, trial" : payout.Status;
}
