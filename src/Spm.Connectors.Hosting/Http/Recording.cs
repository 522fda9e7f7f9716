using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Spm.Connectors.Hosting.Http;

/// <summary>An exchange as it is kept in a file, one a line. Headers stay out but for those that a connector may look at.</summary>
public sealed record Exchange(string Method, string Target, string? Body, int Status, IReadOnlyDictionary<string, string> Headers, string Answer)
{
    internal static readonly string[] Kept = ["Content-Type", "Retry-After", "Link", "ETag", "Location", "Sforce-Locator", "Sforce-NumberOfRecords"];
}

/// <summary>
/// Writes down what goes over the wire, with secrets taken out, for support and for tests. Tokens that a vendor gives, and statements that are
/// signed for one, are secrets that no configuration knows.
/// </summary>
public sealed partial class RecordingHandler(TextWriter to, RedactingLog redact) : DelegatingHandler
{
    private readonly Lock _gate = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        var exchange = new Exchange(
            request.Method.Method,
            redact.Redact(request.RequestUri!.PathAndQuery),
            body is null ? null : Assertion().Replace(redact.Redact(body), "***"),
            (int)response.StatusCode,
            response.Headers.Concat(response.Content.Headers).Where(h => Exchange.Kept.Contains(h.Key)).ToDictionary(h => h.Key, h => h.Value.First()),
            Token().Replace(redact.Redact(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)), "***"));
        lock (_gate)
        {
            to.WriteLine(JsonSerializer.Serialize(exchange));
        }
        return response;
    }

    [GeneratedRegex("""(?<="(access|refresh|id)_token"\s{0,9}:\s{0,9}")[^"]+""")]
    private static partial Regex Token();

    [GeneratedRegex("(?<=(^|&)assertion=)[^&]+")]
    private static partial Regex Assertion();
}

/// <summary>Answers from what was written down: the first exchange not yet used that fits. What does not fit is an error, not a call.</summary>
public sealed class ReplayingHandler : DelegatingHandler
{
    private readonly Lock _gate = new();
    private readonly List<Exchange> _left;

    public ReplayingHandler(TextReader from)
    {
        _left = [];
        while (from.ReadLine() is { } line)
        {
            _left.Add(JsonSerializer.Deserialize<Exchange>(line)!);
        }
    }

    public int Left => _left.Count;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var target = request.RequestUri!.PathAndQuery;
        Exchange exchange;
        lock (_gate)
        {
            var at = _left.FindIndex(e => e.Method == request.Method.Method && e.Target == target && e.Body == body);
            if (at < 0)
            {
                throw new InvalidOperationException($"Nothing was written down for {request.Method} {target} {body}");
            }
            exchange = _left[at];
            _left.RemoveAt(at);
        }
        var response = new HttpResponseMessage((System.Net.HttpStatusCode)exchange.Status)
        {
            RequestMessage = request,
            Content = new StringContent(exchange.Answer, Encoding.UTF8),
        };
        response.Content.Headers.Remove("Content-Type");
        foreach (var (name, value) in exchange.Headers)
        {
            _ = response.Headers.TryAddWithoutValidation(name, value) || response.Content.Headers.TryAddWithoutValidation(name, value);
        }
        return response;
    }
}
