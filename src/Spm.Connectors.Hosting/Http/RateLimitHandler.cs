namespace Spm.Connectors.Hosting.Http;

/// <summary>Counts the calls of one stream, or of all if <paramref name="stream"/> is null.</summary>
/// <remarks>Spreads calls so that no span of the manifest's length holds more of them than it says. Waits its turn; never refuses.</remarks>
internal sealed class RateLimitHandler(RateLimit limit, TimeProvider clock, string? stream) : DelegatingHandler
{
    private readonly Queue<DateTimeOffset> _calls = new();
    private readonly SemaphoreSlim _turn = new(1, 1);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (stream is not null && StreamScope.Current != stream)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // The oldest of the last calls must be out of the span before the next one goes.
            if (_calls.Count == limit.Requests && _calls.Dequeue() + limit.Per - clock.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
            }
            _calls.Enqueue(clock.GetUtcNow());
        }
        finally
        {
            _turn.Release();
        }
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        _turn.Dispose();
        base.Dispose(disposing);
    }
}
