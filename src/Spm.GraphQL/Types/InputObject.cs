using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Spm.GraphQL.Types;

/// <summary>The coerced fields of an input object. What was not given, and has no default, is absent, which is not null. Immutable.</summary>
public sealed class InputObject : IReadOnlyDictionary<string, object?>
{
    /// <summary>Stands where a field is absent.</summary>
    private static readonly object Absent = new();

    private readonly object?[] _values;

    private InputObject(InputObjectType type, object?[] values)
    {
        Type = type;
        _values = values;
        Count = values.Count(v => v != Absent);
    }

    public InputObjectType Type { get; }

    public int Count { get; }

    public IEnumerable<string> Keys => this.Select(p => p.Key);

    public IEnumerable<object?> Values => this.Select(p => p.Value);

    public object? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no \"{key}\".");

    /// <summary>By the field's <see cref="InputValue.Index"/>; null also when it is absent.</summary>
    public object? this[int index] => _values[index] == Absent ? null : _values[index];

    /// <summary>Whether the field of that <see cref="InputValue.Index"/> was given or has a default.</summary>
    public bool Has(int index) => _values[index] != Absent;

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        var index = Type.Fields.IndexOf(key);
        value = index < 0 ? null : this[index];
        return index >= 0 && Has(index);
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < _values.Length; i++)
        {
            if (Has(i))
            {
                yield return new(Type.Fields[i].Name.Value, _values[i]);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Collects the fields of one object.</summary>
    internal readonly struct Builder
    {
        private readonly InputObjectType _type;
        private readonly object?[] _values;

        public Builder(InputObjectType type)
        {
            _type = type;
            _values = new object?[type.Fields.Count];
            Array.Fill(_values, Absent);
        }

        public void Set(int index, object? value) => _values[index] = value;

        /// <summary>The program's object, or the fields themselves.</summary>
        public object Build()
        {
            var fields = new InputObject(_type, _values);
            return _type.Create is null ? fields : _type.Create(fields);
        }

        /// <summary>How many fields are there, and the value of one of them.</summary>
        public (int Count, object? Any) Given()
        {
            var (count, any) = (0, (object?)null);
            foreach (var value in _values)
            {
                (count, any) = value == Absent ? (count, any) : (count + 1, value);
            }
            return (count, any);
        }
    }
}
