using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Spm.GraphQL.Execution;
using Spm.GraphQL.Language;

namespace Spm.GraphQL.Http;

/// <summary>GraphQL over HTTP, as the specification of that name has it.</summary>
internal sealed class GraphQLHandler(GraphQLExecutor executor, GraphQLHttpOptions options)
{
    private readonly RequestFactory _requests = new(options);
    private readonly Responses _responses = new(options.CompressFrom);

    public Task HandleAsync(HttpContext context)
    {
        var isPost = HttpMethods.IsPost(context.Request.Method);
        if (!isPost && context.WebSockets.IsWebSocketRequest)
        {
            return new WebSocketEndpoint(executor, options, _requests).HandleAsync(context);
        }
        var type = MediaTypes.Of(context.Request.Headers.Accept);
        if (type == MediaType.None)
        {
            return _responses.RefuseAsync(context, MediaType.Json, StatusCodes.Status406NotAcceptable, "Nothing that is served here is accepted.");
        }
        if (isPost)
        {
            return PostAsync(context, type);
        }
        if (HttpMethods.IsGet(context.Request.Method) && options.AllowGet)
        {
            return GetAsync(context, type);
        }
        context.Response.Headers.Allow = options.AllowGet ? "GET, POST" : "POST";
        return _responses.RefuseAsync(context, type, StatusCodes.Status405MethodNotAllowed, "Requests are POST, or GET for queries.");
    }

    /// <summary>
    /// Only JSON is read. A page of another site cannot make a browser send it without being asked about first, which is what keeps forged
    /// requests out.
    /// </summary>
    private static bool IsJson(string? contentType) =>
        contentType == "application/json" || (MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)));

    private async Task PostAsync(HttpContext context, MediaType type)
    {
        if (!IsJson(context.Request.ContentType))
        {
            await _responses.RefuseAsync(
                context, type, StatusCodes.Status415UnsupportedMediaType, "The body is application/json in UTF-8.").ConfigureAwait(false);
            return;
        }
        var reader = context.Request.BodyReader;
        if (await BodyAsync(context, reader).ConfigureAwait(false) is not { } body)
        {
            await _responses.RefuseAsync(
                context, type, StatusCodes.Status413PayloadTooLarge, $"The body has more than {options.MaxRequestBytes} bytes.").ConfigureAwait(false);
            return;
        }
        var services = new RequestServices(context);
        try
        {
            using var parameters = RequestParameters.OfJson(body.IsSingleSegment ? body.First : body.ToArray());
            await AnswerAsync(context, type, parameters, services, isGet: false).ConfigureAwait(false);
        }
        catch (BadParameters bad)
        {
            await _responses.RefuseAsync(context, type, StatusCodes.Status400BadRequest, bad.Message).ConfigureAwait(false);
        }
        finally
        {
            services.End();
            reader.AdvanceTo(body.End);
        }
    }

    private async Task GetAsync(HttpContext context, MediaType type)
    {
        var services = new RequestServices(context);
        try
        {
            var query = context.Request.Query;
            using var parameters = RequestParameters.OfQuery(name => query.TryGetValue(name, out var value) ? (string?)value : null);
            await AnswerAsync(context, type, parameters, services, isGet: true).ConfigureAwait(false);
        }
        catch (BadParameters bad)
        {
            await _responses.RefuseAsync(context, type, StatusCodes.Status400BadRequest, bad.Message).ConfigureAwait(false);
        }
        finally
        {
            services.End();
        }
    }

    /// <summary>The whole body where it lies; null when it is too long.</summary>
    private async ValueTask<ReadOnlySequence<byte>?> BodyAsync(HttpContext context, PipeReader reader)
    {
        if (context.Request.ContentLength > options.MaxRequestBytes)
        {
            return null;
        }
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted).ConfigureAwait(false);
            if (read.Buffer.Length > options.MaxRequestBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }
            if (read.IsCompleted || read.Buffer.Length == context.Request.ContentLength)
            {
                return read.Buffer;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private Task AnswerAsync(HttpContext context, MediaType type, RequestParameters parameters, RequestServices services, bool isGet)
    {
        var (request, error) = _requests.Make(context, parameters, services);
        if (request is null)
        {
            return _responses.SendAsync(context, type, ExecutionResult.Refused(error!));
        }
        var prepared = executor.Prepare(request);
        if (isGet && prepared.Operation == OperationType.Mutation)
        {
            context.Response.Headers.Allow = "POST";
            return _responses.RefuseAsync(context, type, StatusCodes.Status405MethodNotAllowed, "Mutations are asked with POST.");
        }
        if (type == MediaType.EventStream)
        {
            return EventStream.SendAsync(context, executor.StreamAsync(prepared, context.RequestAborted), options.KeepAlive);
        }
        if (prepared.Operation == OperationType.Subscription)
        {
            return _responses.RefuseAsync(
                context, type, StatusCodes.Status406NotAcceptable, "Subscriptions are served as text/event-stream, or over a WebSocket.");
        }
        var answer = executor.ExecuteAsync(prepared, context.RequestAborted);
        return answer.IsCompletedSuccessfully ? _responses.SendAsync(context, type, answer.Result) : LaterAsync(context, type, answer);
    }

    private async Task LaterAsync(HttpContext context, MediaType type, ValueTask<ExecutionResult> answer) =>
        await _responses.SendAsync(context, type, await answer.ConfigureAwait(false)).ConfigureAwait(false);
}
