using System.Globalization;

namespace Spm.Compensation.Documents;

public enum DocKind : byte
{
    Null,
    Truth,
    Number,
    Text,
    Array,
    Object,
}

/// <summary>
/// A value of a document that knows where it stands. The typed getters report what is wrong to the document's errors and answer with
/// a harmless value, so that reading goes on and finds the next error: a model that was read under errors must be thrown away.
/// Whoever has asked an object for all it understands calls <see cref="RefuseOthers"/>.
/// </summary>
public sealed class DocNode(DocKind kind, DocPath path, int line, int column, DocErrors errors)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private bool _hasFailed;

    public DocKind Kind => kind;

    public DocPath Path => path;

    public int Line => line;

    public int Column => column;

    public DocErrors Errors => errors;

    /// <summary>The members of an object, in the order of the text.</summary>
    public IReadOnlyList<(string Name, DocNode Value)> Members { get; init; } = [];

    /// <summary>The items of an array.</summary>
    public IReadOnlyList<DocNode> Items { get; init; } = [];

    /// <summary>A text, the digits of a number as they were written, true or false.</summary>
    public string Scalar { get; init; } = "";

    /// <summary>Whether it is a text that is no number: where a number may be worked out, an expression.</summary>
    public bool IsExpression => kind == DocKind.Text && !decimal.TryParse(Scalar, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>A value that could not be read has one error: what is reckoned with the harmless value in its place is none.</summary>
    public void Fail(string code, string detail)
    {
        if (!_hasFailed || kind is DocKind.Object or DocKind.Array)
        {
            errors.Add(new DocError(path.ToString(), line, column, code, detail));
        }
        _hasFailed = true;
    }

    /// <summary>The member, or null when it is not there or null.</summary>
    public DocNode? Find(string name)
    {
        _asked.Add(name);
        if (kind != DocKind.Object)
        {
            return null;
        }
        foreach (var (member, value) in Members)
        {
            if (member == name)
            {
                return value.Kind == DocKind.Null ? null : value;
            }
        }
        return null;
    }

    public bool Has(string name) => Find(name) is not null;

    /// <summary>The member; a missing one is an error and reads as an empty object.</summary>
    public DocNode Get(string name)
    {
        if (Find(name) is { } found)
        {
            return found;
        }
        if (kind == DocKind.Object)
        {
            Fail("field_missing", $"'{name}' is missing.");
        }
        else
        {
            IsObject();
        }
        return new DocNode(DocKind.Object, path.Member(name), line, column, new DocErrors());
    }

    /// <summary>An error of a list as a whole: told at the list, or where it is missing. What is no list has been told where it was read.</summary>
    public void FailList(string name, string code, string detail)
    {
        if (Find(name) is not { } list)
        {
            Fail(code, detail);
        }
        else if (list.Kind == DocKind.Array)
        {
            list.Fail(code, detail);
        }
    }

    public bool IsObject() => Is(DocKind.Object, "an object");

    /// <summary>The items of the array in a member; none when it is not there.</summary>
    public IReadOnlyList<DocNode> List(string name) => Find(name) is { } list && list.Is(DocKind.Array, "a list") ? list.Items : [];

    public string Text(string name, string? otherwise = null) =>
        otherwise is not null && !Has(name) ? otherwise : Get(name).AsText();

    public string? OptionalText(string name) => Find(name)?.AsText();

    /// <summary>A number, exact: written as a JSON number or as text ("0.1").</summary>
    public decimal Number(string name) => Get(name).AsNumber();

    public decimal Number(string name, decimal otherwise) => Find(name)?.AsNumber() ?? otherwise;

    public decimal? OptionalNumber(string name) => Find(name)?.AsNumber();

    public int Whole(string name, int otherwise, int least = 0, int most = int.MaxValue)
    {
        if (Find(name) is not { } node)
        {
            return otherwise;
        }
        var number = node.AsNumber();
        if (number != decimal.Truncate(number) || number < least || number > most)
        {
            node.Fail("number_out_of_range", $"'{name}' is a whole number from {least} to {most}.");
            return otherwise;
        }
        return (int)number;
    }

    public bool Truth(string name, bool otherwise) => Find(name) is { } node && node.Is(DocKind.Truth, "true or false") ? node.Scalar == "true" : otherwise;

    public DateOnly Date(string name) => Get(name).AsDate();

    public DateOnly? OptionalDate(string name) => Find(name)?.AsDate();

    /// <summary>One of the names of an enum, in snake_case.</summary>
    public T OneOf<T>(string name, T otherwise)
        where T : struct, Enum => Find(name) is { } node ? node.AsOneOf(otherwise) : otherwise;

    public T AsOneOf<T>(T otherwise)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (WireNames.Of(value) == Scalar && kind == DocKind.Text)
            {
                return value;
            }
        }
        Fail("value_unknown", $"{Shown} is not one of {string.Join(", ", Enum.GetValues<T>().Select(WireNames.Of))}.");
        return otherwise;
    }

    public string AsText()
    {
        if (!Is(DocKind.Text, "a text"))
        {
            return "";
        }
        if (Scalar.Length is 0 or > 4000)
        {
            Fail("text_out_of_range", "A text has 1 to 4000 characters.");
        }
        return Scalar;
    }

    public decimal AsNumber()
    {
        // Style Float takes "1e3" too; what does not fit into a decimal exactly is refused instead of being rounded.
        if (kind is not (DocKind.Number or DocKind.Text) || !decimal.TryParse(Scalar, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            Is(DocKind.Number, "a number");
            if (kind is DocKind.Text or DocKind.Number)
            {
                Fail("type_mismatch", $"{Shown} is not a number that fits into 28 digits.");
            }
            return 0m;
        }
        if (Scalar.Count(char.IsAsciiDigit) > 28 || IsRounded(Scalar))
        {
            Fail("number_out_of_range", $"{Shown} has more digits than are calculated with: 28.");
        }
        return number;
    }

    /// <summary>What is written with an exponent may have more decimals than are kept: 1e-40 would be read as 0.</summary>
    private static bool IsRounded(string number) => number.IndexOfAny(['e', 'E']) is > 0 and var at
        && (!int.TryParse(number.AsSpan(at + 1), NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var exponent)
            || (number.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? at - point - 1 : 0) - (long)exponent > 28);

    public DateOnly AsDate()
    {
        if (kind == DocKind.Text && DateOnly.TryParseExact(Scalar, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }
        Fail("type_mismatch", $"{Shown} is not a date like 2025-01-31.");
        return DateOnly.MinValue;
    }

    /// <summary>Every member that nobody asked for is an error: a misspelt cap must not be no cap.</summary>
    public void RefuseOthers()
    {
        foreach (var (name, value) in Members)
        {
            if (!_asked.Contains(name) && name != "$schema" && name != "$comment")
            {
                value.Fail("field_unknown", $"'{name}' means nothing here{(WireNames.Nearest(name, _asked) is { } near ? $"; did you mean '{near}'?" : ".")}");
            }
        }
    }

    private string Shown => kind switch
    {
        DocKind.Text => $"'{(Scalar.Length > 60 ? Scalar[..60] + "…" : Scalar)}'",
        DocKind.Object => "An object",
        DocKind.Array => "A list",
        DocKind.Null => "null",
        _ => Scalar.Length > 60 ? Scalar[..60] + "…" : Scalar,
    };

    private bool Is(DocKind expected, string what)
    {
        if (kind == expected)
        {
            return true;
        }
        if (!(expected == DocKind.Number && kind == DocKind.Text))
        {
            Fail("type_mismatch", $"{Shown} is not {what}.");
        }
        return false;
    }
}
