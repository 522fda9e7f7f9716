using System.Globalization;

namespace Spm.Compensation.Tests.Examples;

/// <summary>A table of a markdown page: its column names and its rows. Read for examples, so whatever is odd is an error.</summary>
public sealed record MarkdownTable(IReadOnlyList<string> Columns, IReadOnlyList<MarkdownRow> Rows);

public sealed class MarkdownRow(string place, IReadOnlyList<string> columns, IReadOnlyList<string> cells)
{
    public bool Has(string column) => columns.Contains(column);

    public string Text(string column)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i] == column)
            {
                return cells[i];
            }
        }
        throw Wrong($"has no column '{column}'");
    }

    public decimal Number(string column) => NumberOrNone(column) ?? throw Wrong($"says nothing in '{column}'");

    /// <summary>Null for an empty cell. Thousands are set off by commas.</summary>
    public decimal? NumberOrNone(string column)
    {
        var text = Text(column);
        if (text.Length == 0)
        {
            return null;
        }
        return decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong($"has '{text}' in '{column}', which is no number");
    }

    public FormatException Wrong(string what) => new($"{place}: the row '{string.Join(" | ", cells)}' {what}.");
}

/// <summary>A heading of the second level, the tables below it by the name of their first column, and the json block, if there is one.</summary>
public sealed record MarkdownSection(string Title, IReadOnlyDictionary<string, MarkdownTable> Tables, string? Json)
{
    public MarkdownTable Table(string firstColumn) =>
        Tables.GetValueOrDefault(firstColumn) ?? throw new FormatException($"'{Title}' has no table that begins with '{firstColumn}'.");

    /// <summary>Sections that hold a table; prose without one is not an example.</summary>
    public static IReadOnlyList<MarkdownSection> Read(string text)
    {
        List<MarkdownSection> sections = [];
        var title = string.Empty;
        Dictionary<string, MarkdownTable> tables = [];
        List<string[]> lines = [];
        string? json = null;
        var isJson = false;
        foreach (var line in text.Split('\n').Select(l => l.Trim()).Append("## "))
        {
            if (line is "```json" or "```")
            {
                isJson = line == "```json" ? json is null : false;
                continue;
            }
            if (isJson)
            {
                json += line + "\n";
                continue;
            }
            if (line.StartsWith('|'))
            {
                lines.Add([.. line.Trim('|').Split('|').Select(c => c.Trim())]);
                continue;
            }
            if (lines.Count > 0)
            {
                var table = ToTable(title, lines);
                tables.Add(table.Columns[0], table);
                lines = [];
            }
            if (line.StartsWith("## ", StringComparison.Ordinal) || line == "##")
            {
                if (tables.Count > 0)
                {
                    sections.Add(new MarkdownSection(title, tables, json));
                }
                (title, tables, json) = (line[2..].Trim(), [], null);
            }
        }
        return sections;
    }

    private static MarkdownTable ToTable(string title, List<string[]> lines)
    {
        if (lines.Count < 3 || !lines[1].All(c => c.Length > 0 && c.All(ch => ch is '-' or ':')))
        {
            throw new FormatException($"'{title}': a table has a header, a line of dashes and rows.");
        }
        return new MarkdownTable(lines[0],
        [
            .. lines.Skip(2).Select(cells => cells.Length == lines[0].Length
                ? new MarkdownRow(title, lines[0], cells)
                : throw new FormatException($"'{title}': the row '{string.Join(" | ", cells)}' has {cells.Length} cells, its table {lines[0].Length} columns.")),
        ]);
    }
}
