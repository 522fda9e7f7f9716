namespace Spm.GraphQL.Language;

/// <summary>How the text of a block string relates to how it is written.</summary>
internal static class BlockString
{
    /// <summary>The longest text that stands on one line with its quotes.</summary>
    private const int OneLine = 70;

    /// <summary>Takes away the indentation that all lines but the first share, and blank lines at both ends; joins the rest with LF.</summary>
    public static string Dedent(IReadOnlyList<string> lines)
    {
        var (common, first, last) = (int.MaxValue, -1, -1);
        for (var i = 0; i < lines.Count; i++)
        {
            var indent = Indent(lines[i]);
            if (indent == lines[i].Length)
            {
                continue;
            }
            first = first < 0 ? i : first;
            last = i;
            if (i > 0)
            {
                common = Math.Min(common, indent);
            }
        }
        return first < 0
            ? ""
            : string.Join('\n', lines.Select(Dedented).Skip(first).Take(last + 1 - first));

        string Dedented(string line, int index) => index == 0 ? line : line[Math.Min(common, line.Length)..];
    }

    /// <summary>Whether a text, written as a block string, is read again as it is.</summary>
    public static bool CanHold(string text)
    {
        if (text.Length == 0)
        {
            return true;
        }
        if (text.Any(c => c is <= '\u000F' and not ('\t' or '\n')))
        {
            return false;
        }
        var lines = text.Split('\n');
        // Blank lines at the ends would be taken away, and so would indentation that every line shares.
        return Indent(lines[0]) < lines[0].Length
            && Indent(lines[^1]) < lines[^1].Length
            && (lines.Length == 1 || lines.Any(l => Indent(l) == 0 && l.Length > 0));
    }

    public static string Print(string text)
    {
        var escaped = text.Replace("\"\"\"", "\\\"\"\"", StringComparison.Ordinal);
        var lines = escaped.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);
        // Where all lines but the first are indented, the first must not be on the line of the quotes.
        var leading = lines.Length > 1 && lines.Skip(1).All(l => l.Length == 0 || Chars.IsWhiteSpace(l[0]));
        var endsWithQuotes = escaped.EndsWith("\\\"\"\"", StringComparison.Ordinal);
        // A quote or backslash would run into the closing quotes.
        var trailing = (text.EndsWith('"') && !endsWithQuotes) || text.EndsWith('\\');
        var several = lines.Length > 1 || text.Length > OneLine || trailing || leading || endsWithQuotes;
        var indented = lines.Length == 1 && text.Length > 0 && Chars.IsWhiteSpace(text[0]);
        return $"\"\"\"{((several && !indented) || leading ? "\n" : "")}{escaped}{(several || trailing ? "\n" : "")}\"\"\"";
    }

    private static int Indent(string line)
    {
        var i = 0;
        while (i < line.Length && Chars.IsWhiteSpace(line[i]))
        {
            i++;
        }
        return i;
    }
}
