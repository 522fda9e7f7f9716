using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Spm.GraphQL.Execution;
using Spm.GraphQL.Json;

namespace Spm.GraphQL.Http;

/// <summary>One connection of <c>graphql-transport-ws</c>, with the close codes of that protocol.</summary>
internal sealed class WebSocketSession(
    HttpContext context, WebSocketChannel channel, GraphQLExecutor executor, GraphQLHttpOptions options, RequestFactory requests) : IDisposable
{
    private readonly CancellationTokenSource _ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _operations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private bool _isInitialised;
    private bool _isAcknowledged;

    public async Task RunAsync()
    {
        using var waiting = new CancellationTokenSource();
        var late = CloseWhenLateAsync(waiting.Token);
        try
        {
            while (await channel.ReceiveAsync(_ended.Token).ConfigureAwait(false) is { } message)
            {
                if (await HandleAsync(message).ConfigureAwait(false) is { } other)
                {
                    using (other)
                    {
                        await channel.HandOnAsync(other, message, _ended.Token).ConfigureAwait(false);
                    }
                    break;
                }
            }
            // Who says goodbye is answered.
            await channel.CloseAsync((int)WebSocketCloseStatus.NormalClosure, "", context.RequestAborted).ConfigureAwait(false);
        }
        catch (ProtocolViolation violation)
        {
            await channel.CloseAsync(violation.Code, violation.Message, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // Nobody is there any more.
        }
        await waiting.CancelAsync().ConfigureAwait(false);
        await _ended.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll([late, .. _running.Keys]).ConfigureAwait(false);
    }

    public void Dispose() => _ended.Dispose();

    private async Task CloseWhenLateAsync(CancellationToken ended)
    {
        await Task.Delay(options.ConnectionTimeout, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!Volatile.Read(ref _isInitialised) && !ended.IsCancellationRequested)
        {
            await channel.CloseAsync(4408, "Connection initialisation timeout", context.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>Who goes on with the conversation from this message on; null where it stays here.</returns>
    private async Task<WebSocket?> HandleAsync(ReadOnlyMemory<byte> message)
    {
        using var document = Parsed(message);
        var root = document.RootElement;
        switch (Text(root, "type"))
        {
            case "connection_init":
                return await InitialiseAsync(root).ConfigureAwait(false);
            case "ping":
                await channel.SendAsync(m => Simple(m, "pong", root), _ended.Token).ConfigureAwait(false);
                break;
            case "pong":
                break;
            case "subscribe":
                await SubscribeAsync(root).ConfigureAwait(false);
                break;
            case "complete":
                await CompleteAsync(Text(root, "id")).ConfigureAwait(false);
                break;
            default:
                throw new ProtocolViolation(4400, "Unknown type of message");
        }
        return null;
    }

    private async Task CompleteAsync(string id)
    {
        if (_operations.TryRemove(id, out var operation))
        {
            try
            {
                await operation.CancelAsync().ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                // It has just ended by itself.
            }
        }
    }

    private async Task<WebSocket?> InitialiseAsync(JsonElement message)
    {
        if (_isInitialised)
        {
            throw new ProtocolViolation(4429, "Too many initialisation requests");
        }
        Volatile.Write(ref _isInitialised, true);
        var payload = message.TryGetProperty("payload", out var given) ? given : default;
        var greeting = options.OnConnect is null ? WebSocketGreeting.Welcome : await options.OnConnect(context, payload).ConfigureAwait(false);
        if (greeting.Code != 0)
        {
            throw new ProtocolViolation(greeting.Code, greeting.Reason);
        }
        if (greeting.Other is null)
        {
            _isAcknowledged = true;
            await channel.SendAsync(m => m.Raw("{\"type\":\"connection_ack\"}"u8), _ended.Token).ConfigureAwait(false);
        }
        return greeting.Other;
    }

    private async Task SubscribeAsync(JsonElement message)
    {
        if (!_isAcknowledged)
        {
            throw new ProtocolViolation(4401, "Unauthorized");
        }
        var id = Text(message, "id");
        if (!message.TryGetProperty("payload", out var payload) || payload.ValueKind != JsonValueKind.Object)
        {
            throw new ProtocolViolation(4400, "A subscribe message has a payload");
        }
        if (_operations.Count >= options.MaxOperations)
        {
            // Told before the next message is read: whoever does not listen is not heard either, and cannot pile up operations.
            var error = new GraphQLError($"A connection has at most {options.MaxOperations} operations at a time.") { Extensions = Codes.TooMuch };
            await channel.SendAsync(m => Errors(m, id, [error]), _ended.Token).ConfigureAwait(false);
            return;
        }
        var operation = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        if (!_operations.TryAdd(id, operation))
        {
            operation.Dispose();
            throw new ProtocolViolation(4409, $"Subscriber for {id} already exists");
        }
        // The message is gone when the next one comes; the operation may live on.
        var body = JsonSerializer.SerializeToUtf8Bytes(payload);
        var running = OperateAsync(id, body, operation);
        _running.TryAdd(running, true);
        _ = running.ContinueWith(done => _running.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task OperateAsync(string id, byte[] body, CancellationTokenSource operation)
    {
        await Task.Yield();
        try
        {
            using var parameters = RequestParameters.OfJson(body);
            await SendAllAsync(id, parameters, operation.Token).ConfigureAwait(false);
        }
        catch (BadParameters bad)
        {
            await channel.CloseAsync(4400, bad.Message, context.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The client has completed the operation, or has gone.
        }
        catch (Exception unexpected)
        {
            executor.Options.OnUnexpected?.Invoke(unexpected);
            await channel.CloseAsync(4500, "Internal server error", context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            _operations.TryRemove(id, out _);
            operation.Dispose();
        }
    }

    private async Task SendAllAsync(string id, RequestParameters parameters, CancellationToken cancellation)
    {
        var refused = options.OnOperation is { } asked ? await asked(context).ConfigureAwait(false) : null;
        var (request, error) = refused is null ? requests.Make(context, parameters, context.RequestServices) : (null, refused);
        var prepared = request is null ? null : executor.Prepare(request);
        if (prepared is null or { IsRefused: true })
        {
            await channel.SendAsync(m => Errors(m, id, prepared?.Errors ?? [error!]), cancellation).ConfigureAwait(false);
            return;
        }
        await foreach (var result in executor.StreamAsync(prepared, cancellation).ConfigureAwait(false))
        {
            using (result)
            {
                await channel.SendAsync(m => Next(m, id, result), cancellation).ConfigureAwait(false);
            }
        }
        // The id is free again before the client hears that the operation has ended.
        if (_operations.TryRemove(id, out _))
        {
            await channel.SendAsync(m => Complete(m, id), cancellation).ConfigureAwait(false);
        }
    }

    private static JsonDocument Parsed(ReadOnlyMemory<byte> message)
    {
        if (!JsonText.IsUnicode(message.Span))
        {
            throw new ProtocolViolation(4400, "A message is text in Unicode");
        }
        try
        {
            var document = JsonDocument.Parse(message);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw new ProtocolViolation(4400, "A message is an object");
        }
        catch (JsonException)
        {
            throw new ProtocolViolation(4400, "A message is JSON");
        }
    }

    private static string Text(JsonElement message, string property) =>
        message.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw new ProtocolViolation(4400, $"A message has its {property}");

    private static void Simple(JsonBuffer message, string type, JsonElement like)
    {
        message.Raw("{\"type\":"u8);
        message.String(type);
        if (like.TryGetProperty("payload", out var payload))
        {
            message.Raw(",\"payload\":"u8);
            JsonValue.Write(message, payload);
        }
        message.Byte((byte)'}');
    }

    private static void Next(JsonBuffer message, string id, ExecutionResult result)
    {
        message.Raw("{\"type\":\"next\",\"id\":"u8);
        message.String(id);
        message.Raw(",\"payload\":"u8);
        message.Raw(result.Body.Span);
        message.Byte((byte)'}');
    }

    private static void Errors(JsonBuffer message, string id, IEnumerable<GraphQLError> errors)
    {
        message.Raw("{\"type\":\"error\",\"id\":"u8);
        message.String(id);
        message.Raw(",\"payload\":"u8);
        JsonErrors.Write(message, errors);
        message.Byte((byte)'}');
    }

    private static void Complete(JsonBuffer message, string id)
    {
        message.Raw("{\"type\":\"complete\",\"id\":"u8);
        message.String(id);
        message.Byte((byte)'}');
    }
}
