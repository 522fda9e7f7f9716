using System.Globalization;

namespace Spm.Compensation.Engine;

/// <summary>
/// Facts by name: numbers, texts, dates, truths. There are few of them and they are asked for with every credit, so they are looked through
/// instead of hashed. A number may come as a text, as numbers do on the wire; else a fact of another kind than asked for is not there.
/// </summary>
public sealed class FactSet
{
    public static readonly FactSet Empty = new([]);

    private readonly Fact[] _facts;

    /// <exception cref="ArgumentException">A name stands twice, or a value is no decimal, string, DateOnly or bool.</exception>
    public FactSet(IEnumerable<KeyValuePair<string, object>> facts)
    {
        _facts = [.. facts.Select(f => new Fact(f.Key, NumberOf(f.Value), f.Value))];
        if (_facts.DistinctBy(f => f.Name, StringComparer.Ordinal).Count() != _facts.Length)
        {
            throw new ArgumentException("A fact stands twice.", nameof(facts));
        }
        if (Array.Exists(_facts, f => f.Value is not (decimal or string or DateOnly or bool)))
        {
            throw new ArgumentException("A fact is a decimal, a string, a DateOnly or a bool.", nameof(facts));
        }
    }

    private readonly record struct Fact(string Name, decimal? Number, object Value);

    public IEnumerable<KeyValuePair<string, object>> All => _facts.Select(f => KeyValuePair.Create(f.Name, f.Value));

    public decimal? Number(string name)
    {
        var at = Find(name);
        return at >= 0 ? _facts[at].Number : null;
    }

    public T? Value<T>(string name)
        where T : struct
    {
        var at = Find(name);
        return at >= 0 && _facts[at].Value is T value ? value : null;
    }

    public string? Text(string name)
    {
        var at = Find(name);
        return at >= 0 ? _facts[at].Value as string : null;
    }

    private static decimal? NumberOf(object value) => value switch
    {
        decimal number => number,
        // No more digits than are calculated with: a text that would be rounded is no number.
        string text when text.Length <= 30 && text.Count(char.IsAsciiDigit) <= 28
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private int Find(string name)
    {
        for (var i = 0; i < _facts.Length; i++)
        {
            if (_facts[i].Name == name)
            {
                return i;
            }
        }
        return -1;
    }
}
