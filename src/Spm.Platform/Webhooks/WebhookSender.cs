using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Spm.Platform.Kernel;

namespace Spm.Platform.Webhooks;

/// <summary>What came of one attempt.</summary>
/// <param name="Answer">The HTTP status; null where no answer came.</param>
/// <param name="Detail">Why no answer came, or how the answer begins.</param>
/// <param name="RetryAfter">As the receiver asked for it; null where it did not.</param>
internal sealed record Attempted(int? Answer, string? Detail, TimeSpan Took, TimeSpan? RetryAfter)
{
    public bool Arrived => Answer is >= 200 and < 300;
}

/// <summary>Sends one event to one webhook, signed. Redirects are not followed, cookies not kept, and of the answer only a beginning is read.</summary>
public sealed class WebhookSender : IDisposable
{
    private const int ExcerptBytes = 512;

    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _clock;

    public WebhookSender(WebhookTargets targets, TimeProvider clock)
    {
        _clock = clock;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = targets.ConnectAsync,
            // A proxy would resolve the name by itself.
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 0,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ActivityHeadersPropagator = null,
        });
    }

    /// <summary>Throws only where it is cancelled: then nothing is known of the attempt.</summary>
    internal async Task<Attempted> SendAsync(WebhookRow webhook, EventRow row, IReadOnlyList<WebhookSecret> secrets, CancellationToken cancelled)
    {
        using var request = Request(webhook, row, secrets);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        time.CancelAfter(TimeSpan.FromSeconds(Limits.WebhookSeconds));
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await _http.SendAsync(request, time.Token);
            var excerpt = await ExcerptAsync(answer, time.Token);
            return new Attempted((int)answer.StatusCode, excerpt, Stopwatch.GetElapsedTime(began), RetryAfter(answer));
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            return new Attempted(null, $"No answer within {Limits.WebhookSeconds} seconds.", Stopwatch.GetElapsedTime(began), null);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException)
        {
            return new Attempted(null, Plain(failure.InnerException is { } inner ? $"{failure.Message} {inner.Message}" : failure.Message), Stopwatch.GetElapsedTime(began), null);
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(WebhookRow webhook, EventRow row, IReadOnlyList<WebhookSecret> secrets)
    {
        var body = StandardWebhooks.Body(row.Type, row.At, webhook.Payload == WebhookPayload.Full ? row.Data : row.Brief);
        var seconds = _clock.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("User-Agent", "Spm-Webhooks/1");
        request.Headers.TryAddWithoutValidation(StandardWebhooks.IdHeader, row.Id);
        request.Headers.TryAddWithoutValidation(StandardWebhooks.TimestampHeader, seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation(StandardWebhooks.SignatureHeader, StandardWebhooks.Signatures(row.Id, seconds, body, secrets.Select(s => s.Secret)));
        return request;
    }

    private static async Task<string?> ExcerptAsync(HttpResponseMessage answer, CancellationToken cancelled)
    {
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(cancelled);
            var bytes = new byte[ExcerptBytes];
            var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancelled);
            return read == 0 ? null : Plain(Encoding.UTF8.GetString(bytes, 0, read));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            // The status has been read, and that is what counts.
            return null;
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter is not { } header ? null
        : header.Delta ?? (header.Date is { } date ? date - _clock.GetUtcNow() : null);

    /// <summary>One line of text, and not a long one: it is shown in lists and may hold anything.</summary>
    private static string Plain(string text)
    {
        var plain = new string([.. text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)]).Trim();
        return plain.Length <= Limits.WebhookExcerptLength ? plain : plain[..Limits.WebhookExcerptLength] + "…";
    }
}
