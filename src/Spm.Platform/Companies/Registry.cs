using System.Collections.Concurrent;
using System.Globalization;

namespace Spm.Platform.Companies;

/// <summary>One reference record as it stands. Its number never changes and is never given to another record of the tenant.</summary>
public sealed record Entry<TDoc>(int No, string Id, string Source, string ExternalId, int Version, TDoc Doc, long UpdatedAt)
{
    public string ETag => string.Create(CultureInfo.InvariantCulture, $"\"{Version}\"");
}

/// <summary>Which record a reference in a body or a row means.</summary>
public readonly record struct Resolution(int No, bool Ambiguous)
{
    public static readonly Resolution Unknown = new(-1, false);

    public bool Found => No >= 0;
}

/// <summary>
/// The records of one kind of one tenant at one moment. Versions share the index, which only grows: a number beyond
/// <see cref="Count"/> belongs to a later moment and is unknown to this one.
/// </summary>
public sealed class Registry<TDoc>
{
    private readonly RegistryIndex _index;
    private readonly Entry<TDoc>[] _entries;

    private Registry(RegistryIndex index, Entry<TDoc>[] entries)
    {
        _index = index;
        _entries = entries;
    }

    public static Registry<TDoc> Empty() => new(new RegistryIndex(), []);

    public int Count => _entries.Length;

    public Entry<TDoc> this[int no] => _entries[no];

    public IReadOnlyList<Entry<TDoc>> All => _entries;

    public Entry<TDoc>? ById(string id) => _index.ById(id) is >= 0 and var no && no < _entries.Length && _entries[no].Id == id ? _entries[no] : null;

    /// <summary>An id, else an external id of the row's own source, else an external id that only one source uses.</summary>
    public Resolution Resolve(string reference, string source)
    {
        var found = _index.Resolve(reference, source);
        return found.Ambiguous || (found.Found && found.No < _entries.Length && IsNamed(_entries[found.No], reference)) ? found : Resolution.Unknown;
    }

    /// <summary>The index may remember a record whose commit failed, and whose number another one has now.</summary>
    private static bool IsNamed(Entry<TDoc> entry, string reference) => entry.ExternalId == reference || entry.Id == reference;

    /// <summary>A later moment. Changed entries keep their number; new ones must continue the numbering.</summary>
    public Registry<TDoc> With(IReadOnlyDictionary<int, Entry<TDoc>> changed)
    {
        if (changed.Count == 0)
        {
            return this;
        }
        var size = Math.Max(_entries.Length, changed.Keys.Max() + 1);
        var entries = new Entry<TDoc>[size];
        _entries.CopyTo(entries, 0);
        foreach (var (no, entry) in changed)
        {
            entries[no] = entry;
            if (no >= _entries.Length)
            {
                _index.Add(no, entry.Id, entry.Source, entry.ExternalId);
            }
        }
        return new Registry<TDoc>(_index, entries);
    }

    private sealed class RegistryIndex
    {
        private const int Ambiguous = -2;

        private readonly ConcurrentDictionary<string, int> _byId = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<(string Source, string ExternalId), int> _byKey = new();
        private readonly ConcurrentDictionary<string, int> _byExternalId = new(StringComparer.Ordinal);

        public int ById(string id) => _byId.TryGetValue(id, out var no) ? no : -1;

        public Resolution Resolve(string reference, string source)
        {
            if (_byKey.TryGetValue((source, reference), out var no) || _byId.TryGetValue(reference, out no))
            {
                return new Resolution(no, false);
            }
            return _byExternalId.TryGetValue(reference, out no) ? new Resolution(no, no == Ambiguous) : Resolution.Unknown;
        }

        public void Add(int no, string id, string source, string externalId)
        {
            _byId[id] = no;
            _byKey[(source, externalId)] = no;
            _byExternalId.AddOrUpdate(externalId, no, (_, other) => other == no ? no : Ambiguous);
        }
    }
}
