using Spm.Platform.Kernel;

namespace Spm.Platform.Companies;

/// <summary>Changes to the records of one kind, seen by the editor that makes them and by nobody else until they are built.</summary>
public sealed class RegistryEditor<TDoc>(Company company, Registry<TDoc> before, RecordKind kind)
    where TDoc : class
{
    private readonly Dictionary<int, Entry<TDoc>> _changed = [];
    private readonly Dictionary<(string Source, string ExternalId), int> _added = [];
    private readonly Dictionary<string, int> _addedIds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _addedExternalIds = new(StringComparer.Ordinal);
    private int _count = before.Count;

    public RecordKind Kind => kind;

    public IReadOnlyDictionary<int, Entry<TDoc>> Changed => _changed;

    public int Count => _count;

    public Entry<TDoc> this[int no] => _changed.TryGetValue(no, out var entry) ? entry : before[no];

    public Resolution Resolve(string reference, string source)
    {
        if (_added.TryGetValue((source, reference), out var no) || _addedIds.TryGetValue(reference, out no))
        {
            return new Resolution(no, false);
        }
        var known = before.Resolve(reference, source);
        if (!_addedExternalIds.TryGetValue(reference, out no))
        {
            return known;
        }
        // The record's own source decides; a second source with the same external id makes a bare reference ambiguous.
        return known.Found && before[known.No].Source == source ? known : new Resolution(no, no < 0 || known.Found || known.Ambiguous);
    }

    public (Entry<TDoc>? Old, Entry<TDoc> Entry) Put(string source, string externalId, TDoc doc, long now)
    {
        var old = Find(source, externalId);
        var entry = old is null
            ? new Entry<TDoc>(_count++, Ids.ForRecord(kind.Prefix, company.TenantId, source, externalId), source, externalId, 1, doc, now)
            : old with { Doc = doc, Version = old.Version + 1, UpdatedAt = now };
        _changed[entry.No] = entry;
        if (old is null)
        {
            _added[(source, externalId)] = entry.No;
            _addedIds[entry.Id] = entry.No;
            _addedExternalIds[externalId] = _addedExternalIds.ContainsKey(externalId) ? -2 : entry.No;
        }
        return (old, entry);
    }

    public Entry<TDoc>? Find(string source, string externalId)
    {
        if (_added.TryGetValue((source, externalId), out var no))
        {
            return this[no];
        }
        var known = before.Resolve(externalId, source);
        return known.Found && before[known.No].Source == source && before[known.No].ExternalId == externalId ? this[known.No] : null;
    }

    public Registry<TDoc> Build() => before.With(_changed);
}
