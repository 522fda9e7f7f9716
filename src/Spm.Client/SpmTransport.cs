using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Spm.Client;

/// <summary>Sends one request, bounds its time, and turns every refusal into <see cref="SpmProblemException"/>.</summary>
internal sealed class SpmTransport(HttpClient http, AuthenticationHeaderValue authorization)
{
    /// <summary>Uploads are exempt: their length is the caller's.</summary>
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(100);

    /// <summary>The version of the API that this client was written for: another one would answer with what its contracts do not know.</summary>
    private const string Version = "2026-11-01";

    public HttpClient Http => http;

    public async Task<T> GetAsync<T>(string path, CancellationToken ct) =>
        (await SendAsync<T>(new HttpRequestMessage(HttpMethod.Get, path), ct)).Value;

    public Task<Tagged<T>> GetTaggedAsync<T>(string path, CancellationToken ct) =>
        SendAsync<T>(new HttpRequestMessage(HttpMethod.Get, path), ct);

    public async Task<T> PutAsync<T>(string path, object body, CancellationToken ct) =>
        (await SendAsync<T>(WithBody(HttpMethod.Put, path, body), ct)).Value;

    /// <summary>Sends and ignores the answer's body: some upserts answer with more than the caller asked for.</summary>
    public async Task PutAsync(string path, object body, CancellationToken ct)
    {
        using var request = WithBody(HttpMethod.Put, path, body);
        using var timeout = Bound(ct);
        using var response = await SendOrThrowAsync(request, HttpCompletionOption.ResponseContentRead, timeout.Token);
    }

    /// <summary>A POST that creates or pays carries an idempotency key, so that the caller may repeat it with the same key.</summary>
    public async Task<T> PostOnceAsync<T>(string path, object? body, string? idempotencyKey, CancellationToken ct)
    {
        var request = WithBody(HttpMethod.Post, path, body);
        request.Headers.Add("Idempotency-Key", idempotencyKey ?? Guid.NewGuid().ToString("N"));
        return (await SendAsync<T>(request, ct)).Value;
    }

    /// <summary>A state change by name, guarded by the version the caller has seen when it gives one.</summary>
    public Task<Tagged<T>> PostIfMatchAsync<T>(string path, object? body, string? etag, CancellationToken ct)
    {
        var request = WithBody(HttpMethod.Post, path, body);
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        return SendAsync<T>(request, ct);
    }

    public async Task<T> UploadAsync<T>(string path, HttpContent content, string? idempotencyKey, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        // A refusal (wrong key, unknown entity) comes before gigabytes have been sent into a closing connection.
        request.Headers.ExpectContinue = true;
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var response = await SendOrThrowAsync(request, HttpCompletionOption.ResponseContentRead, ct);
        return await ReadAsync<T>(response, ct);
    }

    /// <summary>Streams a response of unknown length; the caller disposes the response.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path, CancellationToken ct) =>
        SendOrThrowAsync(new HttpRequestMessage(HttpMethod.Get, path), HttpCompletionOption.ResponseHeadersRead, ct);

    private static HttpRequestMessage WithBody(HttpMethod method, string path, object? body) =>
        new(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: SpmJson.Options) };

    private async Task<Tagged<T>> SendAsync<T>(HttpRequestMessage message, CancellationToken ct)
    {
        using var request = message;
        using var timeout = Bound(ct);
        using var response = await SendOrThrowAsync(request, HttpCompletionOption.ResponseContentRead, timeout.Token);
        return new Tagged<T>(await ReadAsync<T>(response, timeout.Token), response.Headers.ETag?.ToString());
    }

    private async Task<HttpResponseMessage> SendOrThrowAsync(HttpRequestMessage request, HttpCompletionOption until, CancellationToken ct)
    {
        request.Headers.Authorization = authorization;
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Add("Spm-Version", Version);
        var response = await ReachAsync(request, until, ct);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw new SpmProblemException(await ReadProblemAsync(response, ct));
    }

    private async Task<HttpResponseMessage> ReachAsync(HttpRequestMessage request, HttpCompletionOption until, CancellationToken ct)
    {
        try
        {
            return await http.SendAsync(request, until, ct);
        }
        catch (SocketException reset)
        {
            // The handler lets the socket's own exception out where the platform ends as it is reached.
            throw new HttpRequestException(HttpRequestError.ConnectionError, reset.Message, reset);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken ct) =>
        await response.Content.ReadFromJsonAsync<T>(SpmJson.Options, ct)
        ?? throw new JsonException($"{response.RequestMessage?.RequestUri} answered null.");

    /// <summary>A proxy in between answers in HTML or not at all; its status must not be lost behind a parse error.</summary>
    private static async Task<SpmProblem> ReadProblemAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        var unnamed = new SpmProblem { Title = response.ReasonPhrase ?? "Request refused", Status = status, Code = $"http_{status}" };
        if (response.Content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json"))
            return unnamed;
        try
        {
            return await response.Content.ReadFromJsonAsync<SpmProblem>(SpmJson.Options, ct) ?? unnamed;
        }
        catch (JsonException)
        {
            return unnamed;
        }
    }

    private static CancellationTokenSource Bound(CancellationToken ct)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(ct);
        source.CancelAfter(RequestTimeout);
        return source;
    }
}

/// <summary>A resource and the version seen; hand <see cref="ETag"/> back when approving what was seen.</summary>
public sealed record Tagged<T>(T Value, string? ETag);
