namespace Spm.Connectors.Hosting.Http;

/// <summary>
/// The content of an answer, within its bounds. What is held in memory is bounded in length, and in the time that was waited for all of it. What is
/// streamed may be of any length, and each of its parts has that time.
/// </summary>
/// <param name="call">For people: method and path.</param>
internal sealed class AnswerStream(Stream inner, string call, bool streamed, ConnectorHttpOptions options, TimeProvider clock) : Stream
{
    private readonly CancellationTokenSource _late = new(Timeout.InfiniteTimeSpan, clock);
    private TimeSpan _left = options.AttemptTimeout;
    private long _read;

    /// <summary>Whether all of it is held at once.</summary>
    public bool IsHeld { get; set; } = !streamed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <exception cref="ConnectorException">RemoteBug: it is too long. Transient: it does not come to its end.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfTooLong();
        var began = clock.GetTimestamp();
        var read = await InTimeAsync(buffer, cancellationToken).ConfigureAwait(false);
        _left = IsHeld ? _left - clock.GetElapsedTime(began) : options.AttemptTimeout;
        _read += read;
        ThrowIfTooLong();
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _late.Dispose();
        }
        base.Dispose(disposing);
    }

    private async ValueTask<int> InTimeAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ThrowIfLate(null);
        _late.CancelAfter(_left);
        try
        {
            using (cancellationToken.UnsafeRegister(late => ((CancellationTokenSource)late!).Cancel(), _late))
            {
                return await inner.ReadAsync(buffer, _late.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _left = TimeSpan.Zero;
            ThrowIfLate(e);
            throw;
        }
        finally
        {
            _late.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    private void ThrowIfLate(Exception? inner)
    {
        if (_left <= TimeSpan.Zero)
        {
            throw new ConnectorException(ErrorKind.Transient, $"The answer to {call} did not come to its end within {options.AttemptTimeout.TotalSeconds:0} s.", inner);
        }
    }

    private void ThrowIfTooLong()
    {
        if (IsHeld && _read > options.AnswerBytes)
        {
            throw new ConnectorException(
                ErrorKind.RemoteBug, $"The answer to {call} is longer than {options.AnswerBytes / 1024 / 1024} MB, which is the most that is held in memory. Ask for less at once.");
        }
    }
}
