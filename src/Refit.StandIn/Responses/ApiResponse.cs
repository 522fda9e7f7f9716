using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;

namespace Refit;

/// <summary>An answer with its status and headers. It never throws by itself: <see cref="Error"/> says what is wrong.</summary>
public interface IApiResponse : IDisposable
{
    HttpResponseHeaders? Headers { get; }

    HttpContentHeaders? ContentHeaders { get; }

    /// <summary>An answer came, and its status is in 2xx.</summary>
    [MemberNotNullWhen(true, nameof(Headers), nameof(StatusCode), nameof(Version))]
    bool IsSuccessStatusCode { get; }

    /// <summary>The status is in 2xx and the content could be read.</summary>
    [MemberNotNullWhen(true, nameof(Headers), nameof(StatusCode), nameof(Version))]
    bool IsSuccessful { get; }

    /// <summary>An answer came.</summary>
    [MemberNotNullWhen(true, nameof(Headers), nameof(StatusCode), nameof(Version))]
    bool IsReceived { get; }

    HttpStatusCode? StatusCode { get; }

    string? ReasonPhrase { get; }

    HttpRequestMessage? RequestMessage { get; }

    Version? Version { get; }

    ApiExceptionBase? Error { get; }

    bool HasRequestError([NotNullWhen(true)] out ApiRequestException? error);

    bool HasResponseError([NotNullWhen(true)] out ApiException? error);
}

/// <summary>An answer with its content.</summary>
public interface IApiResponse<out T> : IApiResponse
{
    T? Content { get; }

    [MemberNotNullWhen(true, nameof(Content))]
    bool HasContent { get; }

    [MemberNotNullWhen(true, nameof(Content))]
    bool IsSuccessfulWithContent { get; }
}

/// <inheritdoc cref="IApiResponse{T}"/>
public sealed class ApiResponse<T>(
    HttpRequestMessage request, HttpResponseMessage? response, T? content, RefitSettings settings, ApiExceptionBase? error = null)
    : IApiResponse<T>
{
    public T? Content => content;

    public RefitSettings Settings => settings;

    public HttpRequestMessage RequestMessage => request;

    public HttpResponseHeaders? Headers => response?.Headers;

    public HttpContentHeaders? ContentHeaders => response?.Content?.Headers;

    public HttpStatusCode? StatusCode => response?.StatusCode;

    public string? ReasonPhrase => response?.ReasonPhrase;

    public Version? Version => response?.Version;

    public ApiExceptionBase? Error => error;

    [MemberNotNullWhen(true, nameof(Headers), nameof(StatusCode), nameof(Version))]
    public bool IsReceived => response is not null;

    [MemberNotNullWhen(true, nameof(Headers), nameof(StatusCode), nameof(Version))]
    public bool IsSuccessStatusCode => response?.IsSuccessStatusCode ?? false;

    [MemberNotNullWhen(true, nameof(Headers), nameof(StatusCode), nameof(Version))]
    public bool IsSuccessful => IsSuccessStatusCode && error is null;

    [MemberNotNullWhen(true, nameof(Content))]
    public bool HasContent => content is not null;

    [MemberNotNullWhen(true, nameof(Content))]
    public bool IsSuccessfulWithContent => IsSuccessful && HasContent;

    public bool HasRequestError([NotNullWhen(true)] out ApiRequestException? found) => (found = error as ApiRequestException) is not null;

    public bool HasResponseError([NotNullWhen(true)] out ApiException? found) => (found = error as ApiException) is not null;

    /// <exception cref="ApiExceptionBase">No answer came, or its status is outside 2xx.</exception>
    public ValueTask<ApiResponse<T>> EnsureSuccessStatusCodeAsync() => EnsureAsync(IsSuccessStatusCode);

    /// <exception cref="ApiExceptionBase">No answer came, its status is outside 2xx, or its content cannot be read.</exception>
    public ValueTask<ApiResponse<T>> EnsureSuccessfulAsync() => EnsureAsync(IsSuccessful);

    public void Dispose() => response?.Dispose();

    private async ValueTask<ApiResponse<T>> EnsureAsync(bool fine)
    {
        if (fine)
        {
            return this;
        }
        var thrown = error ?? await ApiException.Create(request, request.Method, response!, settings).ConfigureAwait(false);
        Dispose();
        throw thrown;
    }
}
