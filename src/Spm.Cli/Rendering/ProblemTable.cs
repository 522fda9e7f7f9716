using Spectre.Console;
using Spm.Client;

namespace Spm.Cli.Rendering;

internal static class ProblemTable
{
    public static Table Summary(IEnumerable<ProblemSummary> problems)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey)
            .AddColumn("Problem").AddColumn(new TableColumn("Count").RightAligned())
            .AddColumn(new TableColumn("At stake").RightAligned()).AddColumn("Currency");
        foreach (var problem in problems)
        {
            table.AddRow(
                new Text(problem.Code), new Text(Figures.Count(problem.Count)),
                new Text(Figures.Amount(problem.AmountAtStake)), new Text(problem.Currency ?? ""));
        }

        return table;
    }

    public static Table Each(IEnumerable<Problem> problems)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey)
            .AddColumn("Problem").AddColumn("Date").AddColumn("Transaction").AddColumn("Rep")
            .AddColumn(new TableColumn("Amount").RightAligned()).AddColumn("Detail");
        foreach (var problem in problems)
        {
            table.AddRow(
                new Text(problem.Code), new Text(problem.Date?.ToString("yyyy-MM-dd") ?? ""), new Text(problem.Transaction ?? ""),
                new Text(problem.Rep?.ToString() ?? ""), new Text(Figures.Amount(problem.Amount)), new Text(problem.Detail ?? ""));
        }

        return table;
    }
}
