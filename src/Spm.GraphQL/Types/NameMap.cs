using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Spm.GraphQL.Types;

/// <summary>
/// Members of a type by name, in their order. Found by text or by UTF-8 bytes, neither of which is converted. Immutable.
/// </summary>
public sealed class NameMap<T> : IReadOnlyList<T>
    where T : class
{
    private readonly JsonName[] _names;
    private readonly T[] _members;

    /// <summary>Hash to position plus one; zero is free. At most half full, so a search ends.</summary>
    private readonly int[] _slots;

    /// <exception cref="ArgumentException">Two members have the same name.</exception>
    public NameMap(IEnumerable<T> members, Func<T, JsonName> nameOf)
    {
        _members = [.. members];
        _names = [.. _members.Select(nameOf)];
        _slots = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, _members.Length * 2))];
        for (var i = 0; i < _members.Length; i++)
        {
            if (IndexOf(_names[i].Value) >= 0)
            {
                throw new ArgumentException($"There are two members named \"{_names[i]}\".", nameof(members));
            }
            var slot = Hash(_names[i].Value) & (_slots.Length - 1);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }
            _slots[slot] = i + 1;
        }
    }

    public static NameMap<T> Empty { get; } = new([], _ => throw new InvalidOperationException());

    public int Count => _members.Length;

    public T this[int index] => _members[index];

    /// <summary>The member of that name, or null.</summary>
    public T? this[string name] => IndexOf(name) is >= 0 and var index ? _members[index] : null;

    /// <summary>The member of that name, or null.</summary>
    public T? this[ReadOnlySpan<byte> utf8] => IndexOf(utf8) is >= 0 and var index ? _members[index] : null;

    public IEnumerable<string> Names => _names.Select(n => n.Value);

    public bool TryGet(string name, [NotNullWhen(true)] out T? member) => (member = this[name]) is not null;

    /// <summary>The position of a member, or -1.</summary>
    public int IndexOf(string name)
    {
        for (var slot = Hash(name) & (_slots.Length - 1); _slots[slot] is > 0 and var entry; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (_names[entry - 1].Value == name)
            {
                return entry - 1;
            }
        }
        return -1;
    }

    /// <summary>The position of a member, or -1.</summary>
    public int IndexOf(ReadOnlySpan<byte> utf8)
    {
        for (var slot = Hash(utf8) & (_slots.Length - 1); _slots[slot] is > 0 and var entry; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (_names[entry - 1].Utf8.Span.SequenceEqual(utf8))
            {
                return entry - 1;
            }
        }
        return -1;
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_members).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Names are ASCII, so their characters and their bytes hash alike.</summary>
    private static int Hash(ReadOnlySpan<char> name)
    {
        var hash = 2166136261u;
        foreach (var c in name)
        {
            hash = (hash ^ c) * 16777619u;
        }
        return (int)(hash ^ (hash >> 15));
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = 2166136261u;
        foreach (var c in name)
        {
            hash = (hash ^ c) * 16777619u;
        }
        return (int)(hash ^ (hash >> 15));
    }
}
