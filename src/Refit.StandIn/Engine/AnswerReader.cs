using System.Net;

namespace Refit;

/// <summary>Sends a request and makes a <typeparamref name="T"/> of the answer, of whose content a <typeparamref name="TBody"/> is read.</summary>
internal static class AnswerReader<T, TBody>
{
    private const string Unreadable = "An error occured deserializing the response.";

    /// <summary>An ApiResponse tells errors instead of throwing them, and keeps the answer open.</summary>
    private static readonly bool IsApiResponse = typeof(T) != typeof(TBody) || typeof(T) == typeof(IApiResponse);

    private static readonly bool KeepsResponse =
        IsApiResponse || typeof(T) == typeof(HttpResponseMessage) || typeof(T) == typeof(Stream) || typeof(T) == typeof(HttpContent);

    public static async Task<T> CallAsync(Caller caller, MethodPlan plan, object?[] arguments, CancellationTokenSource deadline)
    {
        var settings = caller.Settings;
        HttpResponseMessage? response = null;
        var keep = KeepsResponse;
        try
        {
            var request = await RequestWriter.WriteAsync(caller, plan, arguments, deadline.Token).ConfigureAwait(false);
            try
            {
                response = await caller.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                var thrown = settings.TransportExceptionFactory(request, e, deadline.Token);
                if (IsApiResponse && thrown is ApiExceptionBase told)
                {
                    return (T)(object)new ApiResponse<TBody>(request, null, default, settings, told);
                }
                if (ReferenceEquals(thrown, e))
                {
                    throw;
                }
                throw thrown;
            }
            var error = typeof(T) == typeof(HttpResponseMessage) ? null : await settings.ExceptionFactory(response).ConfigureAwait(false);
            if (error is not null)
            {
                // Whoever catches it may still look at the answer.
                keep = true;
                return IsApiResponse
                    ? (T)(object)new ApiResponse<TBody>(request, response, default, settings, error as ApiExceptionBase)
                    : throw error;
            }
            return await ReadAsync(request, response, settings, deadline.Token).ConfigureAwait(false);
        }
        finally
        {
            deadline.Dispose();
            if (!keep)
            {
                response?.Dispose();
            }
        }
    }

    private static async Task<T> ReadAsync(HttpRequestMessage request, HttpResponseMessage response, RefitSettings settings, CancellationToken token)
    {
        TBody? body = default;
        Exception? error = null;
        try
        {
            body = await BodyAsync(response, settings, token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            error = settings.DeserializationExceptionFactory is { } factory
                ? await factory(response, e).ConfigureAwait(false)
                : await ApiException.Create(Unreadable, request, request.Method, response, settings, e).ConfigureAwait(false);
        }
        if (IsApiResponse)
        {
            return (T)(object)new ApiResponse<TBody>(request, response, body, settings, error as ApiExceptionBase);
        }
        return error is null ? (T)(object)body! : throw error;
    }

    private static async Task<TBody?> BodyAsync(HttpResponseMessage response, RefitSettings settings, CancellationToken token)
    {
        if (typeof(TBody) == typeof(HttpResponseMessage))
        {
            return (TBody)(object)response;
        }
        if (typeof(TBody) == typeof(HttpContent))
        {
            return (TBody)(object)response.Content;
        }
        if (typeof(TBody) == typeof(Stream))
        {
            return (TBody)(object)await response.Content.ReadAsStreamAsync(token).ConfigureAwait(false);
        }
        if (typeof(TBody) == typeof(string))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(token).ConfigureAwait(false));
            return (TBody)(object)await reader.ReadToEndAsync(token).ConfigureAwait(false);
        }
        if (response.StatusCode == HttpStatusCode.NoContent || response.Content.Headers.ContentLength == 0)
        {
            return default;
        }
        // Buffered, so that an exception about content that cannot be read can still show it.
        await response.Content.LoadIntoBufferAsync(token).ConfigureAwait(false);
        return await settings.ContentSerializer.FromHttpContentAsync<TBody>(response.Content, token).ConfigureAwait(false);
    }
}
