using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Spm.Platform.Kernel;

/// <summary>Which rows of a list are asked for: so many behind a key, or before it.</summary>
/// <param name="From">Not included.</param>
/// <param name="Backward">True: the rows before the key, the nearest one first.</param>
public readonly record struct Seek<TKey>(TKey From, int Count, bool Backward = false)
{
    /// <summary>How a statement compares its key with <see cref="From"/>.</summary>
    internal string Beyond => Backward ? "<" : ">";

    /// <summary>Behind each column that a statement sorts by.</summary>
    internal string Order => Backward ? " desc" : "";

    /// <summary>The same of lists whose largest key comes first.</summary>
    internal string BeyondNewest => Backward ? ">" : "<";

    internal string OrderNewest => Backward ? "" : " desc";
}

/// <summary>
/// How a list is sorted and what its cursors say: a cursor names the list and the key of a row, so that pages neither skip nor repeat when the list
/// grows meanwhile. Opaque to callers; one from another list is refused. REST and GraphQL give out the same.
/// </summary>
/// <param name="name">Of the list; it stands in the cursors.</param>
/// <param name="first">Before every row.</param>
/// <param name="last">Behind every row.</param>
/// <param name="key">Of a row.</param>
/// <param name="write">The parts of a key.</param>
/// <param name="read">A key of so many parts; null when they are none.</param>
/// <param name="order">Of keys; their own when left out.</param>
public sealed class Keyset<TRow, TKey>(string name, int parts, TKey first, TKey last, Func<TRow, TKey> key, Func<TKey, object[]> write, Func<string[], TKey?> read, IComparer<TKey>? order = null)
    where TKey : struct
{
    private readonly IComparer<TKey> _order = order ?? Comparer<TKey>.Default;

    public TKey First => first;

    public TKey Last => last;

    public TKey Of(TRow row) => key(row);

    public string Cursor(TRow row) => Cursor(row, name);

    /// <summary>Of the page before a row. Only <see cref="Seek"/> reads it.</summary>
    public string CursorBefore(TRow row) => Cursor(row, Before);

    /// <param name="parameter">Which the cursor came in.</param>
    public Result<TKey> Read(string cursor, string parameter = "cursor") => Parse(cursor, name) is { } found ? found : Invalid(parameter);

    /// <summary>The page that a cursor asks for, in either direction; from the first row on where there is none.</summary>
    public Result<Seek<TKey>> Seek(string? cursor, int count) =>
        cursor is null ? new Seek<TKey>(first, count)
        : Parse(cursor, name) is { } after ? new Seek<TKey>(after, count)
        : Parse(cursor, Before) is { } before ? new Seek<TKey>(before, count, Backward: true)
        : Invalid("cursor");

    /// <summary>The same list from its end; cursors are the same.</summary>
    public Keyset<TRow, TKey> Reversed() => new(name, parts, last, first, key, write, read, Comparer<TKey>.Create((a, b) => _order.Compare(b, a)));

    public int Compare(TRow row, TKey with) => _order.Compare(key(row), with);

    /// <summary>Of rows in memory.</summary>
    /// <param name="rows">All of them, in the list's order.</param>
    public IReadOnlyList<TRow> Slice(IEnumerable<TRow> rows, Seek<TKey> seek) => seek.Backward
        ? [.. rows.Where(r => Compare(r, seek.From) < 0).TakeLast(seek.Count).Reverse()]
        : [.. rows.Where(r => Compare(r, seek.From) > 0).Take(seek.Count)];

    private string Before => $"<{name}";

    private string Cursor(TRow row, string list) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join('\u001f', write(key(row)).Prepend(list).Select(Text))));

    private TKey? Parse(string cursor, string list)
    {
        try
        {
            var sent = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('\u001f', parts + 1);
            return sent.Length == parts + 1 && sent[0] == list ? read(sent[1..]) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static Error Invalid(string parameter) =>
        new(ErrorCodes.CursorInvalid, "Use a cursor that this list has given out, with the same parameters.", [new FieldError(parameter, ErrorCodes.CursorInvalid, "Not a cursor of this list.")]);

    private static string Text(object part) => Convert.ToString(part, CultureInfo.InvariantCulture)!;
}

/// <summary>Lists whose key is one number.</summary>
public static class Keyset
{
    /// <summary>The largest number first.</summary>
    public static Keyset<TRow, long> Newest<TRow>(string name, Func<TRow, long> number) => new(
        name, 1, long.MaxValue, 0, number, n => [n], p => long.TryParse(p[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null,
        Comparer<long>.Create((a, b) => b.CompareTo(a)));

    /// <summary>By when rows changed last, and their number.</summary>
    public static Keyset<TRow, (long At, long Number)> Updated<TRow>(string name, Func<TRow, (long At, long Number)> key) => new(
        $"{name}-updated", 2, (0, -1), (long.MaxValue, long.MaxValue), key, k => [k.At, k.Number],
        p => long.TryParse(p[0], CultureInfo.InvariantCulture, out var at) && long.TryParse(p[1], CultureInfo.InvariantCulture, out var number) ? (at, number) : null);

    /// <summary>By a text, whether its letters are large or small, and a number.</summary>
    public static Keyset<TRow, TextKey> OfText<TRow>(string name, Func<TRow, TextKey> key) => new(
        name, 2, TextKey.First, TextKey.Last, key, k => [k.Number, k.Text!],
        p => long.TryParse(p[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? new TextKey(p[1], number) : null);

    public static Keyset<TRow, long> Of<TRow>(string name, Func<TRow, long> number, long first = 0, long last = long.MaxValue) => new(
        name, 1, first, last, number, n => [n], p => long.TryParse(p[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null);
}

/// <summary>A text and the number of its row, which tells equal texts apart. Texts go by their code units, so that every machine sorts alike.</summary>
/// <param name="Text">Null behind all texts.</param>
public readonly record struct TextKey(string? Text, long Number) : IComparable<TextKey>
{
    public static readonly TextKey First = new("", -1);

    public static readonly TextKey Last = new(null, long.MaxValue);

    public int CompareTo(TextKey other)
    {
        var texts = (Text is null).CompareTo(other.Text is null) is not 0 and var ends ? ends : string.Compare(Text, other.Text, StringComparison.OrdinalIgnoreCase);
        return texts == 0 ? Number.CompareTo(other.Number) : texts;
    }
}
