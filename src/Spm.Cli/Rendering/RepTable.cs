using Spectre.Console;
using Spm.Client;

namespace Spm.Cli.Rendering;

/// <summary>Reps by what they are paid.</summary>
internal static class RepTable
{
    /// <summary>The best paid first; <paramref name="take"/> of them when given.</summary>
    public static Table Of(IReadOnlyCollection<RepPerformance> reps, string period, int? take = null)
    {
        var currency = reps.FirstOrDefault()?.Payout.Currency;
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey).Title($"[bold]Reps {Markup.Escape(period)}[/]")
            .AddColumn("Rep").AddColumn("Title").AddColumn("Measure")
            .AddColumn(new TableColumn("Credited").RightAligned())
            .AddColumn(new TableColumn("Quota").RightAligned())
            .AddColumn(new TableColumn("Attainment").RightAligned())
            .AddColumn(new TableColumn($"Earnings {currency}").RightAligned())
            .AddColumn(new TableColumn($"Payout {currency}").RightAligned());
        var ordered = reps.OrderByDescending(rep => rep.Payout.Amount).ThenBy(rep => rep.Rep.ToString(), StringComparer.Ordinal);
        foreach (var rep in ordered.Take(take ?? int.MaxValue))
        {
            table.AddRow(
                new Text(rep.Rep.ToString()), new Text(rep.Rep.Title ?? ""), new Text(rep.MeasureName ?? rep.Measure ?? Figures.Missing),
                new Text(Figures.Amount(rep.Credited)),
                new Text(rep.Quota is { } quota ? Figures.Amount(quota) : Figures.Missing),
                new Text(Figures.Percent(rep.Attainment), Heat(rep.Attainment)),
                new Text(Figures.Amount(rep.Earnings)), new Text(Figures.Amount(rep.Payout)));
        }

        if (reps.Count > take)
            table.Caption($"[grey]{take} of {reps.Count}[/]");
        return table;
    }

    private static Style Heat(decimal? attainment) => attainment switch
    {
        null => new Style(Color.Grey),
        >= 100 => new Style(Color.Green),
        >= 80 => Style.Plain,
        _ => new Style(Color.Olive),
    };
}
