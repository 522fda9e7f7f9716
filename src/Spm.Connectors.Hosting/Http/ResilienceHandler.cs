using System.Net;
using System.Net.Sockets;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Spm.Connectors.Hosting.Http;

/// <summary>
/// Retries what may be repeated, waits as long as the vendor says, and stops calling one that keeps failing. A call that may have
/// changed something at the vendor (POST, PATCH) is repeated only where the vendor said that it did nothing: after a 429 or a 503 with
/// Retry-After. Its outcome is otherwise unknown, which the connector must be told. While a stream is read, every call only reads, and a
/// search by POST is repeated like a GET.
/// </summary>
internal sealed class ResilienceHandler : DelegatingHandler
{
    private static readonly ResiliencePropertyKey<HttpRequestMessage> RequestKey = new("request");
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;
    private readonly TimeProvider _clock;
    private readonly ConnectorHttpOptions _options;

    public ResilienceHandler(ConnectorHttpOptions options, TimeProvider clock, IConnectorLog log)
    {
        (_options, _clock) = (options, clock);
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = Math.Max(1, options.Retries),
                Delay = options.FirstDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = args => ValueTask.FromResult(options.Retries > 0 && MayRepeat(args.Context, args.Outcome)),
                DelayGenerator = args => ValueTask.FromResult(Asked(args.Outcome.Result)),
                OnRetry = args =>
                {
                    log.Write(LogLevel.Warning, $"Attempt {args.AttemptNumber + 1} failed ({Outcome(args.Outcome)}); the next one in {args.RetryDelay.TotalSeconds:0.0} s.");
                    args.Outcome.Result?.Dispose();
                    return default;
                },
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                FailureRatio = 0.5,
                MinimumThroughput = options.BreakerCalls,
                SamplingDuration = options.BreakerWindow,
                BreakDuration = options.BreakerRest,
                ShouldHandle = args => ValueTask.FromResult(
                    IsUnreachable(args.Outcome.Exception) || args.Outcome.Result?.StatusCode >= HttpStatusCode.InternalServerError),
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = options.AttemptTimeout })
            .Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not null)
        {
            await request.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        }
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(RequestKey, request);
        try
        {
            return await _pipeline.ExecuteAsync(
                async c => await base.SendAsync(request, c.CancellationToken).ConfigureAwait(false), context).ConfigureAwait(false);
        }
        catch (BrokenCircuitException e)
        {
            throw new ConnectorException(ErrorKind.Transient, "The vendor has kept failing, so it is left alone for a while.", e)
            {
                RetryAfter = e.RetryAfter ?? _options.BreakerRest,
            };
        }
        catch (TimeoutRejectedException e)
        {
            throw new ConnectorException(ErrorKind.Transient, $"The vendor did not answer within {_options.AttemptTimeout.TotalSeconds:0} s.", e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private bool MayRepeat(ResilienceContext context, Outcome<HttpResponseMessage> outcome)
    {
        var request = context.Properties.GetValue(RequestKey, null!);
        if (outcome.Result is { } response)
        {
            var untouched = response.StatusCode == HttpStatusCode.TooManyRequests
                || (response.StatusCode == HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is not null);
            if (untouched)
            {
                return Asked(response) is not { } wait || wait <= _options.LongestWait;
            }
            return IsSafe(request) && (response.StatusCode >= HttpStatusCode.InternalServerError || response.StatusCode == HttpStatusCode.RequestTimeout);
        }
        return IsSafe(request) && IsUnreachable(outcome.Exception) && !context.CancellationToken.IsCancellationRequested;
    }

    private static bool IsUnreachable(Exception? failure) => failure is HttpRequestException or SocketException or TimeoutRejectedException;

    private static bool IsSafe(HttpRequestMessage request) =>
        (request.Method != HttpMethod.Post && request.Method != HttpMethod.Patch)
        || StreamScope.Current is not null
        || request.Headers.Contains("Idempotency-Key");

    private TimeSpan? Asked(HttpResponseMessage? response) => response is null ? null : HttpFailure.RetryAfter(response, _clock.GetUtcNow());

    private static string Outcome(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result is { } response ? $"{(int)response.StatusCode}" : outcome.Exception!.GetType().Name;
}
