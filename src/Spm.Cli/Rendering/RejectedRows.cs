using Spectre.Console;
using Spm.Client;

namespace Spm.Cli.Rendering;

/// <summary>Rows an import refused: one by one for correcting, by code for an overview.</summary>
internal static class RejectedRows
{
    private const int RawShown = 70;

    public static Table Each(IEnumerable<ImportRow> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey)
            .AddColumn(new TableColumn("Row").RightAligned()).AddColumn("Field").AddColumn("Code").AddColumn("Detail");
        foreach (var row in rows)
        {
            foreach (var error in row.Errors ?? [])
            {
                table.AddRow(
                    new Text(Figures.Count(row.Row)), new Text(error.Where), new Text(error.Code, new Style(Color.Red)),
                    new Text(error.Detail ?? ""));
            }
        }

        return table;
    }

    /// <summary>Each code once, with its count and the first row as an example.</summary>
    public static Table ByCode(IEnumerable<ImportRow> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey)
            .AddColumn("Code").AddColumn(new TableColumn("Rows").RightAligned()).AddColumn("Field").AddColumn("For example");
        var groups = rows
            .SelectMany(row => (row.Errors ?? []).Select(error => (Row: row, Error: error)))
            .GroupBy(pair => pair.Error.Code)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var (row, error) = group.First();
            table.AddRow(
                new Text(group.Key, new Style(Color.Red)), new Text(Figures.Count(group.Count())), new Text(error.Where),
                new Rows(new Text(error.Detail ?? ""), new Text($"row {row.Row}: {Shorten(row.Raw)}", new Style(Color.Grey))));
        }

        return table;
    }

    private static string Shorten(string? raw) => raw is { Length: > RawShown } ? raw[..RawShown] + "…" : raw ?? "";
}
