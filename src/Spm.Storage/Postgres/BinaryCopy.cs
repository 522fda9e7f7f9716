using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace Spm.Storage.Postgres;

/// <summary>
/// Rows on their way into a table, in the binary form of COPY. The driver's own importer looks up for each value how it is written; here there are
/// numbers, texts and bytes.
/// </summary>
internal sealed class BinaryCopy
{
    private const int AtOnce = 64 * 1024;

    /// <summary>PGCOPY, what transports must not change, and two numbers that are 0.</summary>
    private static readonly byte[] Begin = [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xff, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>As strict as the driver: a text that is not Unicode is refused and not changed.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly NpgsqlRawCopyStream _stream;
    private byte[] _buffer = new byte[AtOnce];
    private int _used;

    private BinaryCopy(NpgsqlRawCopyStream stream) => _stream = stream;

    /// <param name="copy">The statement: `copy … from stdin (format binary)`.</param>
    /// <param name="write">Writes all rows. Where it throws, none of them is in the table.</param>
    public static void Into(NpgsqlConnection connection, string copy, Action<BinaryCopy> write)
    {
        using var stream = connection.BeginRawBinaryCopy(copy);
        try
        {
            var rows = new BinaryCopy(stream);
            Begin.CopyTo(rows.Take(Begin.Length));
            write(rows);
            BinaryPrimitives.WriteInt16BigEndian(rows.Take(sizeof(short)), -1);
            rows.Flush();
        }
        catch
        {
            stream.Cancel();
            throw;
        }
    }

    /// <summary>Every column of it follows, in order.</summary>
    public void BeginRow(int columns) => BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), (short)columns);

    public void WriteNull() => Length(-1);

    public void Write(long value)
    {
        Length(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(Take(sizeof(long)), value);
    }

    public void Write(long? value)
    {
        if (value is { } number)
        {
            Write(number);
        }
        else
        {
            WriteNull();
        }
    }

    public void Write(string? text)
    {
        if (text is null)
        {
            WriteNull();
            return;
        }
        var length = Utf8.GetByteCount(text);
        Length(length);
        Utf8.GetBytes(text, Take(length));
    }

    /// <summary>Bytes, or a text that is UTF-8 already.</summary>
    public void Write(ReadOnlySpan<byte> value)
    {
        Length(value.Length);
        value.CopyTo(Take(value.Length));
    }

    /// <summary>Text that is UTF-8 already; null when it is empty.</summary>
    public void WriteText(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            WriteNull();
        }
        else
        {
            Write(text);
        }
    }

    private void Length(int length) => BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), length);

    private Span<byte> Take(int length)
    {
        if (_buffer.Length - _used < length)
        {
            Flush();
            if (_buffer.Length < length)
            {
                _buffer = new byte[length];
            }
        }
        var taken = _buffer.AsSpan(_used, length);
        _used += length;
        return taken;
    }

    private void Flush()
    {
        _stream.Write(_buffer, 0, _used);
        _used = 0;
    }
}
