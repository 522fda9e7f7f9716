namespace Spm.Compensation.Engine;

/// <summary>A credit that a measure counts, yet of which its value is not known: it asks for a margin or a fact that the transaction does not have, or divides by zero.</summary>
/// <param name="Amount">The credit's amount in the plan's currency: the money at stake.</param>
public readonly record struct UnknownValue(string Transaction, string Kind, decimal Amount);

/// <summary>
/// What counts in no figure because its value is not known, by tally and month. Credits come and go in any order: what remains is told in the order of
/// the transactions. Empty where all is well, and then it costs nothing.
/// </summary>
internal sealed class UnknownValues
{
    private readonly Dictionary<(int Tally, int Month), Dictionary<UnknownValue, int>> _values = [];

    public IReadOnlyList<UnknownValue> Of(int tally, int month) => _values.Count == 0 || !_values.TryGetValue((tally, month), out var values)
        ? []
        : [.. values.SelectMany(v => Enumerable.Repeat(v.Key, v.Value)).OrderBy(v => v.Transaction, StringComparer.Ordinal).ThenBy(v => v.Kind, StringComparer.Ordinal).ThenBy(v => v.Amount)];

    /// <param name="sign">1: a credit is added. -1: one that was added is taken away.</param>
    public void Add(int tally, int month, in UnknownValue value, int sign)
    {
        if (!_values.TryGetValue((tally, month), out var values))
        {
            _values.Add((tally, month), values = []);
        }
        var count = values.GetValueOrDefault(value) + sign;
        if (count != 0)
        {
            values[value] = count;
        }
        else
        {
            values.Remove(value);
        }
    }

    public void Clear() => _values.Clear();
}
