using System.Buffers;
using Microsoft.AspNetCore.Http;
using Spm.GraphQL.Execution;

namespace Spm.GraphQL.Http;

/// <summary>Sends one response.</summary>
internal static class Responses
{
    /// <summary>Refuses a request that is none.</summary>
    public static Task RefuseAsync(HttpContext context, MediaType type, int status, string reason)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, type, ExecutionResult.Refused(new GraphQLError(reason) { Extensions = Codes.Code("BAD_REQUEST") }));
    }

    /// <summary>Sends what came of a request, which is disposed of.</summary>
    public static Task SendAsync(HttpContext context, MediaType type, ExecutionResult result)
    {
        // Plain JSON has always been sent with 200, and clients of that time take anything else for a failure of the server.
        context.Response.StatusCode =
            type == MediaType.Json || result.HasData ? StatusCodes.Status200OK
            : result.Errors.Any(e => ReferenceEquals(e.Extensions, Codes.Timeout)) ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status400BadRequest;
        return WriteAsync(context, type, result);
    }

    private static Task WriteAsync(HttpContext context, MediaType type, ExecutionResult result)
    {
        using (result)
        {
            var response = context.Response;
            response.ContentType = type == MediaType.GraphQLResponse ? MediaTypes.GraphQLResponse : MediaTypes.Json;
            response.ContentLength = result.Body.Length;
            // Written now and flushed when the request ends, so that nothing waits here.
            response.BodyWriter.Write(result.Body.Span);
            return Task.CompletedTask;
        }
    }
}
