using System.Globalization;
using System.Text.Json;

namespace Spm.Connectors;

/// <summary>
/// Reads the fields of a row that come as texts, and collects what is wrong with them: <see cref="Message"/> is then a record, or an
/// <see cref="InvalidRow"/> that names every field. An empty text is a field that is not set; nothing is replaced by zero.
/// </summary>
/// <param name="prefix">Where the fields stand in the row, as an RFC 6901 pointer.</param>
public sealed class FieldReader(string? key, IReadOnlyDictionary<string, string?> fields, string prefix = "")
{
    private const string DayForm = "yyyy-MM-dd";

    private readonly List<RowError> _errors = [];

    public string? Text(string name) => fields.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;

    /// <summary>Empty if it is not set, which is an error.</summary>
    public string Required(string name)
    {
        if (Text(name) is { } text)
        {
            return text;
        }
        Add(name, "field_missing", $"'{name}' is not set.");
        return "";
    }

    public decimal? Number(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            && (number != 0 || IsZero(text)))
        {
            return number;
        }
        Add(name, "not_a_number", $"'{text}' is not a number, or one of more than 28 digits.");
        return null;
    }

    /// <summary>A number so small that a decimal has no digits left for it reads as zero, and is none.</summary>
    private static bool IsZero(string text) => !text.AsSpan(0, text.AsSpan().IndexOfAny('e', 'E') is >= 0 and var exponent ? exponent : text.Length).ContainsAnyInRange('1', '9');

    /// <summary>An amount with the currency of another field, or <paramref name="otherwise"/> if that is not set.</summary>
    public Money? Money(string amount, string currency, string? otherwise = null)
    {
        if (Number(amount) is not { } number)
        {
            return null;
        }
        return Currency(currency, Text(currency) ?? otherwise) is { } code ? new Money(number, code) : null;
    }

    /// <summary>An amount in whole minor units (cents), as <see cref="Connectors.Money.FromMinorUnits"/> reads them; the currency in either case.</summary>
    public Money? MinorUnits(string units, string currency, string? otherwise = null)
    {
        if (Number(units) is not { } number)
        {
            return null;
        }
        if (number != decimal.Truncate(number) || number is < long.MinValue or > long.MaxValue)
        {
            Add(units, "not_minor_units", $"'{Text(units)}' is no whole number of minor units, such as cents.");
            return null;
        }
        return Currency(currency, (Text(currency) ?? otherwise)?.ToUpperInvariant()) is { } code ? Connectors.Money.FromMinorUnits((long)number, code) : null;
    }

    private string? Currency(string name, string? code)
    {
        if (Connectors.Money.IsCurrency(code))
        {
            return code;
        }
        Add(name, code is null ? "field_missing" : "unknown_currency", code is null ? $"'{name}' is not set." : $"'{code}' is no currency: three capital letters, such as USD.");
        return null;
    }

    /// <summary>The same of an amount that must be set. Without amount and currency if it is not, which is an error.</summary>
    public Money RequiredMoney(string amount, string currency, string? otherwise = null)
    {
        Required(amount);
        return Money(amount, currency, otherwise) ?? default;
    }

    /// <summary>A day: <c>2025-03-31</c>.</summary>
    public DateOnly? Day(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        if (DateOnly.TryParseExact(text, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }
        Add(name, "not_a_date", $"'{text}' is not a date such as 2025-03-31.");
        return null;
    }

    /// <summary>A day that must be set. The first of all days if it is not, which is an error.</summary>
    public DateOnly RequiredDay(string name)
    {
        Required(name);
        return Day(name) ?? default;
    }

    /// <summary>ISO 8601, with its day, UTC unless it says otherwise; or milliseconds since 1970, of 1973 or later: fewer are seconds, a year or a day without dashes.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is >= 100_000_000_000 and < 253_402_300_800_000)
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        }
        if (BeginsWithDay(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }
        Add(name, "not_a_time", $"'{text}' is not a time such as 2025-03-31T10:00:00Z, nor milliseconds since 1970.");
        return null;
    }

    /// <summary>Without it 03/04/2025 is a day in March or in April, and 10:30 is today.</summary>
    private static bool BeginsWithDay(string text) =>
        text.Length >= DayForm.Length && DateOnly.TryParseExact(text.AsSpan(0, DayForm.Length), DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>true or false in any case; not set is false.</summary>
    public bool Flag(string name)
    {
        var text = Text(name);
        if (text is null || bool.TryParse(text, out _))
        {
            return text is not null && bool.Parse(text);
        }
        Add(name, "not_a_flag", $"'{text}' is neither true nor false.");
        return false;
    }

    /// <summary>One of the names of an enum, without case.</summary>
    public T OneOf<T>(string name, T otherwise) where T : struct, Enum
    {
        var text = Text(name);
        if (text is null)
        {
            return otherwise;
        }
        // One of the names: Enum.TryParse takes numbers, and two names with a comma for a third.
        if (Enum.GetNames<T>().FirstOrDefault(n => n.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return Enum.Parse<T>(known);
        }
        Add(name, "unknown_value", $"'{text}' is none of {string.Join(", ", Enum.GetNames<T>())}.");
        return otherwise;
    }

    public void Add(string name, string code, string detail) => _errors.Add(new RowError($"{prefix}/{name}", code, detail));

    /// <summary>The record, with all fields beside it, or the row with what is wrong. Ask for it last.</summary>
    public SourceMessage Message(DateTimeOffset? updatedAt, CanonicalEntity? entity)
    {
        if (_errors.Count > 0 || string.IsNullOrEmpty(key) || key.Length > SourceRecord.MaxKeyLength)
        {
            RowError[] errors = _errors.Count > 0 ? [.. _errors] : [new RowError("", "key_invalid", $"A row needs a key of at most {SourceRecord.MaxKeyLength} characters.")];
            return new InvalidRow(key, JsonSerializer.Serialize(fields), errors);
        }
        return entity is null ? SourceRecord.Gone(key, updatedAt) : SourceRecord.Of(key, updatedAt, entity) with { Fields = fields };
    }
}
