using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;

namespace Refit;

/// <summary>A call that failed, with its request.</summary>
public abstract class ApiExceptionBase : Exception
{
    protected ApiExceptionBase(
        string exceptionMessage, HttpRequestMessage message, HttpMethod httpMethod, RefitSettings refitSettings, Exception? innerException = null)
        : base(exceptionMessage, innerException)
    {
        RequestMessage = message;
        HttpMethod = httpMethod;
        RefitSettings = refitSettings;
    }

    public HttpMethod HttpMethod { get; }

    public Uri? Uri => RequestMessage.RequestUri;

    public HttpRequestMessage RequestMessage { get; }

    public RefitSettings RefitSettings { get; }
}

/// <summary>No answer came. The inner exception says why.</summary>
public class ApiRequestException(HttpRequestMessage message, HttpMethod httpMethod, RefitSettings refitSettings, Exception innerException)
    : ApiExceptionBase(innerException.Message, message, httpMethod, refitSettings, innerException);

/// <summary>An answer that is an error, or that cannot be read.</summary>
public class ApiException : ApiExceptionBase
{
    protected ApiException(
        string exceptionMessage, HttpRequestMessage message, HttpMethod httpMethod, string? content, HttpStatusCode statusCode,
        string? reasonPhrase, HttpResponseHeaders headers, RefitSettings refitSettings, Exception? innerException = null)
        : base(exceptionMessage, message, httpMethod, refitSettings, innerException)
    {
        Content = content;
        StatusCode = statusCode;
        ReasonPhrase = reasonPhrase;
        Headers = headers;
    }

    public HttpStatusCode StatusCode { get; }

    public string? ReasonPhrase { get; }

    public HttpResponseHeaders Headers { get; }

    public HttpContentHeaders? ContentHeaders { get; protected set; }

    /// <summary>The answer's body, up to <see cref="RefitSettings.MaxExceptionContentLength"/>.</summary>
    public string? Content { get; set; }

    [MemberNotNullWhen(true, nameof(Content))]
    public bool HasContent => !string.IsNullOrWhiteSpace(Content);

    /// <summary>The body as something else. Nothing if there is none.</summary>
    public async Task<T?> GetContentAsAsync<T>() => HasContent
        ? await RefitSettings.ContentSerializer.FromHttpContentAsync<T>(new StringContent(Content)).ConfigureAwait(false)
        : default;

    public static Task<ApiException> Create(
        HttpRequestMessage message, HttpMethod httpMethod, HttpResponseMessage response, RefitSettings refitSettings,
        Exception? innerException = null) => Create(
            $"Response status code does not indicate success: {(int)response.StatusCode} ({response.ReasonPhrase}).",
            message, httpMethod, response, refitSettings, innerException);

    public static async Task<ApiException> Create(
        string exceptionMessage, HttpRequestMessage message, HttpMethod httpMethod, HttpResponseMessage response,
        RefitSettings refitSettings, Exception? innerException = null)
    {
        string? content = null;
        try
        {
            content = await CappedAsync(response.Content, refitSettings.MaxExceptionContentLength).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            // The body of an answer that failed anyway must not hide what failed.
        }
        var exception = new ApiException(
            exceptionMessage, message, httpMethod, content, response.StatusCode, response.ReasonPhrase, response.Headers, refitSettings,
            innerException)
        {
            ContentHeaders = response.Content.Headers,
        };
        if (response.Content.Headers.ContentType?.MediaType?.Equals("application/problem+json", StringComparison.OrdinalIgnoreCase) == true)
        {
            exception = await ValidationApiException.OfAsync(exception).ConfigureAwait(false);
        }
        response.Content.Dispose();
        refitSettings.ExceptionRedactor?.Invoke(exception);
        return exception;
    }

    private static async Task<string> CappedAsync(HttpContent content, int? limit)
    {
        if (limit is not { } characters)
        {
            return await content.ReadAsStringAsync().ConfigureAwait(false);
        }
        using var reader = new StreamReader(await content.ReadAsStreamAsync().ConfigureAwait(false));
        var buffer = new char[characters];
        return new string(buffer, 0, await reader.ReadBlockAsync(buffer).ConfigureAwait(false));
    }
}
