using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Spm.GraphQL.Execution;

namespace Spm.GraphQL.Http;

/// <summary>Sends one response.</summary>
/// <param name="compressFrom">Bytes from which on it is compressed for who takes that; 0 for never.</param>
internal sealed class Responses(int compressFrom)
{
    /// <summary>Refuses a request that is none.</summary>
    public Task RefuseAsync(HttpContext context, MediaType type, int status, string reason)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, type, ExecutionResult.Refused(new GraphQLError(reason) { Extensions = Codes.Code("BAD_REQUEST") }));
    }

    /// <summary>Sends what came of a request, which is disposed of.</summary>
    public Task SendAsync(HttpContext context, MediaType type, ExecutionResult result)
    {
        // Plain JSON has always been sent with 200, and clients of that time take anything else for a failure of the server.
        context.Response.StatusCode =
            type == MediaType.Json || result.HasData ? StatusCodes.Status200OK
            : result.Errors.Any(e => ReferenceEquals(e.Extensions, Codes.Timeout)) ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status400BadRequest;
        return WriteAsync(context, type, result);
    }

    private Task WriteAsync(HttpContext context, MediaType type, ExecutionResult result)
    {
        var response = context.Response;
        response.ContentType = type == MediaType.GraphQLResponse ? MediaTypes.GraphQLResponse : MediaTypes.Json;
        if (compressFrom > 0 && result.Body.Length >= compressFrom)
        {
            response.Headers.Vary = HeaderNames.AcceptEncoding;
            if (Compression.Of(context.Request) is { } encoding)
            {
                return CompressedAsync(response, encoding, result);
            }
        }
        using (result)
        {
            response.ContentLength = result.Body.Length;
            // Written now and flushed when the request ends, so that nothing waits here.
            response.BodyWriter.Write(result.Body.Span);
            return Task.CompletedTask;
        }
    }

    private static async Task CompressedAsync(HttpResponse response, string encoding, ExecutionResult result)
    {
        using (result)
        {
            await Compression.WriteAsync(response, encoding, result.Body).ConfigureAwait(false);
        }
    }
}
