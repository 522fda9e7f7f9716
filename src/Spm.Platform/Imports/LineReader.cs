namespace Spm.Platform.Imports;

/// <summary>
/// Reads a file line by line as bytes, in bounded memory whatever the file holds. Lines end with LF or CRLF; a byte order mark is
/// passed over. Of a line longer than <paramref name="maxLine"/> only the beginning is given, and that it is too long.
/// </summary>
internal sealed class LineReader(Stream stream, long offset, int maxLine)
{
    private const int HeadLength = 200;

    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;
    private bool _eof;
    private bool _first = offset == 0;
    private byte[]? _head;

    /// <summary>Offset in the file of the first byte after the line last read.</summary>
    public long Position { get; private set; } = offset;

    /// <summary>The line without its end. Valid until the next call.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    public bool TooLong { get; private set; }

    public bool Next()
    {
        TooLong = false;
        _head = null;
        while (true)
        {
            var newline = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                Take(newline, newline + 1);
                return true;
            }
            if (_eof)
            {
                var rest = _end - _start;
                if (rest == 0)
                {
                    return TooLong && EndTooLong();
                }
                Take(rest, rest);
                return true;
            }
            Fill();
        }
    }

    private void Take(int length, int consumed)
    {
        var line = _buffer.AsMemory(_start, length);
        if (_first && line.Span.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }
        _first = false;
        if (line.Length > 0 && line.Span[^1] == '\r')
        {
            line = line[..^1];
        }
        TooLong |= line.Length > maxLine;
        Line = _head ?? (TooLong ? line[..HeadLength] : line);
        _start += consumed;
        Position += consumed;
    }

    private bool EndTooLong()
    {
        Line = _head;
        return true;
    }

    private void Fill()
    {
        if (_end - _start > maxLine)
        {
            // Already too long: forget what was read of it, its end will say where the next line begins.
            TooLong = true;
            _head ??= _buffer[_start..(_start + HeadLength)];
            Position += _end - _start;
            _start = _end = 0;
            _first = false;
        }
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _eof = read == 0;
        _end += read;
    }
}
