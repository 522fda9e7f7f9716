using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Spm.Storage.Postgres;

/// <summary>The text of a statement with `?` for its parameters, and what becomes of it for one row, for many, and for copying.</summary>
internal sealed partial class StatementText
{
    private readonly string _into = "";
    private readonly string _rest = "";
    private readonly string[] _values = [];

    private StatementText(string sql)
    {
        Parameters = sql.Count(c => c == '?');
        OneRow = Numbered(sql);
        if (Insert().Match(sql) is { Success: true } insert)
        {
            IsInsert = true;
            (_into, _rest) = (insert.Groups["into"].Value, insert.Groups["rest"].Value.Trim());
            _values = insert.Groups["values"].Value.Split(',', StringSplitOptions.TrimEntries);
            PassesOver = _rest == "on conflict do nothing";
            CanCopy = (PassesOver || _rest.Length == 0) && Array.TrueForAll(_values, v => v == "?");
        }
    }

    public int Parameters { get; }

    public string OneRow { get; }

    public bool IsInsert { get; }

    /// <summary>Whether rows whose key is there already are passed over.</summary>
    public bool PassesOver { get; }

    public bool CanCopy { get; }

    public string Copy => $"copy {_into} from stdin (format binary)";

    public static StatementText Parse(string sql) => new(sql);

    /// <summary>An insert of all rows, which come as one array for each parameter, in their order.</summary>
    public string ManyRows(IReadOnlyList<Column> columns)
    {
        var next = 0;
        var values = string.Join(", ", _values.Select(v => v == "?" ? $"a{++next}" : v));
        var arrays = string.Join(", ", columns.Select((c, i) => string.Create(CultureInfo.InvariantCulture, $"${i + 1}::{(c.IsNumber ? "bigint" : "text")}[]")));
        var names = string.Join(", ", columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"a{i + 1}")));
        return $"insert into {_into} select {values} from unnest({arrays}) with ordinality as row_of ({names}, place) order by place {_rest}";
    }

    private static string Numbered(string sql)
    {
        var (text, next) = (new StringBuilder(sql.Length + 32), 0);
        foreach (var c in sql)
        {
            if (c == '?')
            {
                text.Append(CultureInfo.InvariantCulture, $"${++next}");
            }
            else
            {
                text.Append(c);
            }
        }
        return text.ToString();
    }

    [GeneratedRegex(@"^insert into (?<into>\w+ \([^)]*\)) values \((?<values>[^)]*)\)(?<rest>.*)\z", RegexOptions.Singleline)]
    private static partial Regex Insert();
}
