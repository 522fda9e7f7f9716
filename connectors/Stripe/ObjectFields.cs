using System.Text.Json;

namespace Spm.Connectors.Stripe;

/// <summary>
/// Reads the fields of an object, by their paths (<c>status_transitions/paid_at</c>), and collects what is wrong with them. What it gives for a field that
/// it has named stands in no record: <see cref="Message"/> is then an invalid row.
/// </summary>
internal sealed class ObjectFields(JsonElement found)
{
    /// <summary>The last second of the year 9999.</summary>
    private const long LastSecond = 253_402_300_799;

    private readonly List<RowError> _errors = [];

    public bool IsFine => _errors.Count == 0;

    public bool IsSet(string path) => At(path) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) };

    public string? Text(string path) => At(path) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>Seconds since 1970. Null where it is not set, or is no instant, which is an error.</summary>
    public DateTimeOffset? Time(string path)
    {
        if (!IsSet(path))
        {
            return null;
        }
        if (At(path) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var seconds) && seconds is >= 0 and <= LastSecond)
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        }
        Add(path, "not_a_time", $"{Shown(path)} is no time in seconds since 1970.");
        return null;
    }

    /// <summary>1970 where it is not set or is no instant, which is an error.</summary>
    public DateTimeOffset RequiredTime(string path)
    {
        if (!IsSet(path))
        {
            Add(path, "field_missing", $"'{path}' is not set.");
        }
        return Time(path) ?? DateTimeOffset.UnixEpoch;
    }

    /// <summary>Whole minor units of the object's currency.</summary>
    public Money Amount(string path)
    {
        var units = 0L;
        if (!(At(path) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out units)))
        {
            Add(path, "not_a_number", $"{Shown(path)} is no whole number of minor units.");
        }
        if (Text("currency")?.ToUpperInvariant() is { } code && Money.IsCurrency(code))
        {
            return Money.FromMinorUnits(units, code);
        }
        Add("currency", "unknown_currency", $"{Shown("currency")} is no currency: three letters, such as usd.");
        return default;
    }

    /// <summary>Null where it is none of them, which is an error.</summary>
    public string? OneOf(string path, params ReadOnlySpan<string> words)
    {
        if (Text(path) is { } text && words.Contains(text))
        {
            return text;
        }
        Add(path, "unknown_value", $"{Shown(path)} is none of {string.Join(", ", words)}.");
        return null;
    }

    /// <summary>The record, gone where there is no entity, or the row with what is wrong. Ask for it last.</summary>
    public SourceMessage Message(string? key, DateTimeOffset? updatedAt, CanonicalEntity? entity)
    {
        if (key is not { Length: > 0 and <= SourceRecord.MaxKeyLength })
        {
            Add("id", "key_invalid", $"An object needs an id of at most {SourceRecord.MaxKeyLength} characters.");
        }
        return !IsFine ? Invalid(key) : entity is null ? SourceRecord.Gone(key!, updatedAt) : SourceRecord.Of(key!, updatedAt, entity);
    }

    public InvalidRow Invalid(string? key) => new(key, found.ValueKind == JsonValueKind.Undefined ? "" : found.GetRawText(), [.. _errors]);

    /// <summary>A field is named once, however often it is read.</summary>
    private void Add(string path, string code, string detail)
    {
        if (!_errors.Exists(e => e.Pointer == "/" + path))
        {
            _errors.Add(new RowError("/" + path, code, detail));
        }
    }

    private string Shown(string path) => IsSet(path) ? $"'{At(path)}'" : "What is not set";

    private JsonElement At(string path)
    {
        var at = found;
        foreach (var name in path.Split('/'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return default;
            }
        }
        return at;
    }
}
