using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Resolvers;

/// <summary>The coerced arguments of a field. One that was not given, and has no default, is absent, which is not null. Immutable.</summary>
public sealed class Arguments : IReadOnlyDictionary<string, object?>
{
    private static readonly object Absent = new();

    private readonly NameMap<InputValue> _definitions;
    private readonly object?[] _values;

    /// <summary>How many arguments come before the first index.</summary>
    private readonly int _offset;

    private Arguments(NameMap<InputValue> definitions, object?[] values, int offset = 0)
    {
        _definitions = definitions;
        _values = values;
        _offset = offset;
    }

    public static Arguments None { get; } = new(NameMap<InputValue>.Empty, []);

    public int Count => _values.Count(v => v != Absent);

    public IEnumerable<string> Keys => this.Select(p => p.Key);

    public IEnumerable<object?> Values => this.Select(p => p.Value);

    public object? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no \"{key}\".");

    /// <summary>By the argument's <see cref="InputValue.Index"/>; null also when it is absent.</summary>
    public object? this[int index] => _values[index + _offset] == Absent ? null : _values[index + _offset];

    /// <summary>Whether the argument of that <see cref="InputValue.Index"/> was given or has a default.</summary>
    public bool Has(int index) => _values[index + _offset] != Absent;

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        var index = _definitions.IndexOf(key);
        value = index < 0 || _values[index] == Absent ? null : _values[index];
        return index >= 0 && _values[index] != Absent;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < _values.Length; i++)
        {
            if (_values[i] != Absent)
            {
                yield return new(_definitions[i].Name.Value, _values[i]);
            }
        }
    }

    /// <summary>The same, with indexes that begin later.</summary>
    internal Arguments Shifted(int by) => new(_definitions, _values, _offset + by);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Collects the arguments of one field.</summary>
    internal readonly struct Builder
    {
        private readonly NameMap<InputValue> _definitions;
        private readonly object?[] _values;

        public Builder(NameMap<InputValue> definitions)
        {
            _definitions = definitions;
            _values = new object?[definitions.Count];
            Array.Fill(_values, Absent);
        }

        public void Set(int index, object? value) => _values[index] = value;

        public Arguments Build() => new(_definitions, _values);
    }
}
