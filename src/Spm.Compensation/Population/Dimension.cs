namespace Spm.Compensation.Population;

/// <summary>
/// What codes of a column mean: product lines, reps, days. Codes are dense, 0 to <see cref="Count"/> - 1, and every attribute has a
/// value for each of them.
/// </summary>
public sealed class Dimension
{
    private readonly Dictionary<string, NumberColumn> _attributes;

    public Dimension(string name, int count, params IReadOnlyList<NumberColumn> attributes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        foreach (var attribute in attributes)
        {
            if (attribute.Values.Length != count)
            {
                throw new ArgumentException($"{name}.{attribute.Name} has {attribute.Values.Length} values for {count} codes.", nameof(attributes));
            }
        }
        (Name, Count) = (name, count);
        _attributes = attributes.ToDictionary(a => a.Name);
    }

    public string Name { get; }

    public int Count { get; }

    /// <summary>Throws <see cref="ArgumentException"/> for a name the dimension does not have.</summary>
    internal NumberColumn Attribute(string name) =>
        _attributes.TryGetValue(name, out var attribute) ? attribute : throw new ArgumentException($"{Name} has no attribute {name}.", nameof(name));
}
