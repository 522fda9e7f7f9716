using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Spm.Bench;

/// <summary>A connection that sends requests as they are and reads answers without a care, so that the client is never the slower side.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket;
    private byte[] _answer = new byte[1 << 20];

    private RawConnection(Socket socket) => _socket = socket;

    public static async Task<RawConnection> OpenAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        return new RawConnection(socket);
    }

    /// <summary>The body of the answer, which is valid until the next one.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> AskAsync(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request);
        var (length, body, end) = (0, -1, 0);
        while (true)
        {
            if (length == _answer.Length)
            {
                Array.Resize(ref _answer, length * 2);
            }
            var read = await _socket.ReceiveAsync(_answer.AsMemory(length));
            length += read > 0 ? read : throw new IOException("The server has hung up.");
            if (body < 0)
            {
                (body, end) = Head(_answer.AsSpan(0, length));
            }
            if (body >= 0 && end >= 0 && length >= end)
            {
                return _answer.AsMemory(body, end - body);
            }
            if (body >= 0 && end < 0 && _answer.AsSpan(0, length).EndsWith("0\r\n\r\n"u8))
            {
                return Unchunked(body, length);
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Where the body begins and ends; -1 where it is not known yet, or comes in chunks.</summary>
    private static (int Body, int End) Head(ReadOnlySpan<byte> answer)
    {
        var body = answer.IndexOf("\r\n\r\n"u8);
        if (body < 0)
        {
            return (-1, 0);
        }
        if (!answer.StartsWith("HTTP/1.1 20"u8))
        {
            throw new InvalidOperationException(System.Text.Encoding.UTF8.GetString(answer));
        }
        body += 4;
        foreach (var range in answer[..body].Split("\r\n"u8))
        {
            var line = answer[range];
            if (line.Length > 16 && (line[0] | 0x20) == 'c' && (line[8] | 0x20) == 'l' && line[14] == ':'
                && Utf8Parser.TryParse(line[15..].Trim((byte)' '), out int length, out _))
            {
                return (body, body + length);
            }
        }
        return (body, -1);
    }

    private ReadOnlyMemory<byte> Unchunked(int body, int length)
    {
        var (from, to) = (body, body);
        while (from < length)
        {
            var line = _answer.AsSpan(from, length - from).IndexOf("\r\n"u8);
            Utf8Parser.TryParse(_answer.AsSpan(from, line), out int size, out _, 'x');
            if (size == 0)
            {
                break;
            }
            _answer.AsSpan(from + line + 2, size).CopyTo(_answer.AsSpan(to));
            to += size;
            from += line + 2 + size + 2;
        }
        return _answer.AsMemory(body, to - body);
    }
}
