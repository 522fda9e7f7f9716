using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Spm.GraphQL.Json;

/// <summary>
/// JSON in UTF-8 that is being written into one stretch of pooled memory, so that what was written can be taken back. Commas and colons are
/// the business of whoever writes. Not for threads at once; dispose of it to give the memory back.
/// </summary>
public sealed class JsonBuffer : IBufferWriter<byte>, IDisposable
{
    private const int SmallestRent = 512;

    /// <summary>ASCII that JSON escapes.</summary>
    private static readonly SearchValues<char> Escaped =
        SearchValues.Create("\"\\" + string.Concat(Enumerable.Range(0, 0x20).Select(c => (char)c)));

    private byte[] _bytes;
    private int _length;

    public JsonBuffer(int capacity = SmallestRent) => _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, SmallestRent));

    /// <summary>Bytes written so far. Setting it to less takes back what came later.</summary>
    public int Length
    {
        get => _length;
        internal set => _length = value;
    }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    internal ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _length);

    public void Dispose()
    {
        var bytes = Interlocked.Exchange(ref _bytes, []);
        _length = 0;
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Bytes that are JSON already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw(ReadOnlySpan<byte> json)
    {
        if (json.Length > _bytes.Length - _length)
        {
            Grow(json.Length);
        }
        json.CopyTo(_bytes.AsSpan(_length));
        _length += json.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Byte(byte json)
    {
        if (_length == _bytes.Length)
        {
            Grow(1);
        }
        _bytes[_length++] = json;
    }

    public void Null() => Raw("null"u8);

    public void Boolean(bool value) => Raw(value ? "true"u8 : "false"u8);

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, Room(20), out var written);
        _length += written;
    }

    public void Number(decimal value)
    {
        Utf8Formatter.TryFormat(value, Room(32), out var written);
        _length += written;
    }

    /// <summary>A finite number, in the fewest digits that mean it.</summary>
    public void Number(double value) => _length += JsonNumber.Format(value, Room(JsonNumber.Longest));

    /// <summary>Text in quotes. A lone surrogate is escaped, as JavaScript does.</summary>
    public void String(ReadOnlySpan<char> text)
    {
        var room = Room((text.Length * 3) + 2);
        room[0] = (byte)'"';
        if (!text.ContainsAny(Escaped) && Utf8.FromUtf16(text, room[1..], out _, out var written, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            room[written + 1] = (byte)'"';
            _length += written + 2;
            return;
        }
        Byte((byte)'"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                _length += new Rune(c, text[++i]).EncodeToUtf8(Room(4));
            }
            else if (char.IsSurrogate(c) || Escaped.Contains(c))
            {
                Escape(c);
            }
            else
            {
                _length += new Rune(c).EncodeToUtf8(Room(4));
            }
        }
        Byte((byte)'"');
    }

    /// <summary>Text in quotes, and a colon.</summary>
    public void Property(ReadOnlySpan<char> name)
    {
        String(name);
        Byte((byte)':');
    }

    void IBufferWriter<byte>.Advance(int count) => _length += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Room(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(_length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => Room(Math.Max(sizeHint, 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Room(int size)
    {
        if (size > _bytes.Length - _length)
        {
            Grow(size);
        }
        return _bytes.AsSpan(_length);
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_length + size), (int)Math.Min(2L * _bytes.Length, Array.MaxLength)));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }

    private void Escape(char c)
    {
        switch (c)
        {
            case '"':
                Raw("\\\""u8);
                break;
            case '\\':
                Raw("\\\\"u8);
                break;
            case '\b':
                Raw("\\b"u8);
                break;
            case '\f':
                Raw("\\f"u8);
                break;
            case '\n':
                Raw("\\n"u8);
                break;
            case '\r':
                Raw("\\r"u8);
                break;
            case '\t':
                Raw("\\t"u8);
                break;
            default:
                Raw("\\u"u8);
                Utf8Formatter.TryFormat((int)c, Room(4), out var written, new StandardFormat('x', 4));
                _length += written;
                break;
        }
    }
}
