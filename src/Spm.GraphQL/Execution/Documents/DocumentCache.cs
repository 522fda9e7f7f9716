namespace Spm.GraphQL.Execution.Documents;

/// <summary>
/// Documents by their text, so that each is read, validated and planned once. Bounded in number and bytes: what was not asked for since the
/// hand last passed goes first. Looking up takes no lock and copies nothing.
/// </summary>
internal sealed class DocumentCache
{
    private readonly int _maxDocuments;
    private readonly int _maxBytes;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<byte[], Entry> _entries = new(Utf8Comparer.Instance);
    private readonly System.Collections.Concurrent.ConcurrentDictionary<byte[], Entry>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _order = [];
    private long _bytes;

    public DocumentCache(int maxDocuments, int maxBytes)
    {
        _maxDocuments = maxDocuments;
        _maxBytes = maxBytes;
        _lookup = _entries.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int Count => _entries.Count;

    public PreparedDocument? Find(ReadOnlySpan<byte> text)
    {
        if (!_lookup.TryGetValue(text, out var entry))
        {
            return null;
        }
        entry.WasAsked = true;
        return entry.Document;
    }

    public void Add(ReadOnlySpan<byte> text, PreparedDocument document)
    {
        if (text.Length > _maxBytes)
        {
            return;
        }
        var entry = new Entry(text.ToArray(), document);
        lock (_gate)
        {
            if (!_entries.TryAdd(entry.Text, entry))
            {
                return;
            }
            _order.AddLast(entry);
            _bytes += entry.Text.Length;
            while (_order.Count > _maxDocuments || _bytes > _maxBytes)
            {
                var oldest = _order.First!.Value;
                _order.RemoveFirst();
                if (oldest.WasAsked && oldest != entry)
                {
                    oldest.WasAsked = false;
                    _order.AddLast(oldest);
                    continue;
                }
                _entries.TryRemove(oldest.Text, out _);
                _bytes -= oldest.Text.Length;
            }
        }
    }

    private sealed class Entry(byte[] text, PreparedDocument document)
    {
        public byte[] Text { get; } = text;

        public PreparedDocument Document { get; } = document;

        public volatile bool WasAsked;
    }

    /// <summary>The hash has a seed of the process, so that nobody can send documents that collide.</summary>
    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8Comparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
