using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Http;

/// <summary>Gives every answer a request id and a typed body, also those that no endpoint wrote.</summary>
public sealed partial class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        http.Response.Headers[RequestIds.Header] = RequestIds.Of(http);
        if (System.Diagnostics.Activity.Current is { IdFormat: System.Diagnostics.ActivityIdFormat.W3C } activity)
        {
            // Our own place in the caller's trace, so that what is logged on either side can be laid together.
            http.Response.Headers.TraceParent = activity.Id;
        }
        if (http.Request.Headers.ContentEncoding is { Count: > 0 } encoding && !encoding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            // Nothing is unpacked, so nothing small becomes large.
            http.Response.Headers.AcceptEncoding = "identity";
            await ProblemBody.WriteAsync(http, new Error(ErrorCodes.ContentEncodingUnsupported, "Send the body as it is, without a Content-Encoding."));
            return;
        }
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (BadHttpRequestException failure) when (!http.Response.HasStarted)
        {
            await ProblemBody.WriteAsync(http, failure.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new Error(ErrorCodes.PayloadTooLarge, "The body is larger than allowed.")
                : new Error(ErrorCodes.BodyMalformed, "The request cannot be read."));
            return;
        }
        catch (Exception failure) when (!http.Response.HasStarted && DiskFull.Is(failure))
        {
            Full(log, http.Request.Method, http.Request.Path.ToUriComponent(), RequestIds.Of(http), failure.Message);
            await AnswerAsync(http, Error.StorageFull);
            return;
        }
        catch (TimeoutException failure) when (!http.Response.HasStarted)
        {
            Late(log, http.Request.Method, http.Request.Path.ToUriComponent(), RequestIds.Of(http), failure.Message);
            await AnswerAsync(http, Error.AnswerLate);
            return;
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            // As it came over the wire: decoded, a line break in it would begin a line of the log.
            Failed(log, http.Request.Method, http.Request.Path.ToUriComponent(), RequestIds.Of(http), failure);
            await AnswerAsync(http, new Error(ErrorCodes.Internal, $"Quote request id {RequestIds.Of(http)} when you report this."));
            return;
        }
        if (!http.Response.HasStarted && http.Response.ContentLength is null && http.Response.ContentType is null && Untyped(http.Response.StatusCode) is { } error)
        {
            await ProblemBody.WriteAsync(http, error);
        }
    }

    /// <summary>In the place of what was begun.</summary>
    private static Task AnswerAsync(HttpContext http, Error error)
    {
        http.Response.Clear();
        http.Response.Headers[RequestIds.Header] = RequestIds.Of(http);
        if (ErrorCodes.All[error.Code].Status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "1";
        }
        return ProblemBody.WriteAsync(http, error);
    }

    private static Error? Untyped(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new Error(ErrorCodes.ParameterInvalid, "A part of the address has the wrong form."),
        StatusCodes.Status404NotFound => new Error(ErrorCodes.NotFound, "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => new Error(ErrorCodes.MethodNotAllowed, "See the Allow header for the methods there are."),
        StatusCodes.Status415UnsupportedMediaType => new Error(ErrorCodes.MediaTypeUnsupported, "The operation does not read this media type."),
        _ => null,
    };

    [LoggerMessage(LogLevel.Critical, "The disk is full: {Method} {Path} was refused (request {RequestId}). {Detail}")]
    private static partial void Full(ILogger logger, string method, string path, string requestId, string detail);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} was not answered in time (request {RequestId}). {Detail}")]
    private static partial void Late(ILogger logger, string method, string path, string requestId, string detail);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed (request {RequestId}).")]
    private static partial void Failed(ILogger logger, string method, string path, string requestId, Exception failure);
}
