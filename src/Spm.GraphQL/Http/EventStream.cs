using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Spm.GraphQL.Execution;

namespace Spm.GraphQL.Http;

/// <summary>Sends results as server-sent events: one connection for one operation.</summary>
internal static class EventStream
{
    public static async Task SendAsync(HttpContext context, IAsyncEnumerable<ExecutionResult> results, TimeSpan keepAlive)
    {
        var response = context.Response;
        response.ContentType = MediaTypes.EventStream;
        response.Headers.CacheControl = "no-cache";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await response.StartAsync(context.RequestAborted).ConfigureAwait(false);
        await response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        var events = results.GetAsyncEnumerator(context.RequestAborted);
        await using (events.ConfigureAwait(false))
        {
            while (await NextAsync(context, events, keepAlive).ConfigureAwait(false))
            {
                using var result = events.Current;
                response.BodyWriter.Write("event: next\ndata: "u8);
                response.BodyWriter.Write(result.Body.Span);
                response.BodyWriter.Write("\n\n"u8);
                await response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            }
        }
        response.BodyWriter.Write("event: complete\ndata:\n\n"u8);
    }

    /// <summary>Waits for the next result, and says from time to time that it is still waiting.</summary>
    private static async ValueTask<bool> NextAsync(HttpContext context, IAsyncEnumerator<ExecutionResult> events, TimeSpan keepAlive)
    {
        var next = events.MoveNextAsync().AsTask();
        try
        {
            while (await Task.WhenAny(next, Task.Delay(keepAlive, context.RequestAborted)).ConfigureAwait(false) != next)
            {
                context.RequestAborted.ThrowIfCancellationRequested();
                context.Response.BodyWriter.Write(":\n\n"u8);
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            }
        }
        catch
        {
            // The client has gone, which ends the events: while they are waited for they cannot be disposed of.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        return await next.ConfigureAwait(false);
    }
}
