namespace Refit;

/// <summary>Sends a request and reads what a method returns. There is one for every shape of result; its types are closed over once.</summary>
internal abstract class ResultReader
{
    public abstract object Call(Caller caller, MethodPlan plan, object?[] arguments);

    /// <exception cref="ArgumentException">No such result can be given.</exception>
    public static ResultReader For(Type returned)
    {
        if (returned == typeof(Task))
        {
            return new NothingReader();
        }
        if (returned.IsGenericType)
        {
            var (definition, inner) = (returned.GetGenericTypeDefinition(), returned.GetGenericArguments()[0]);
            if (definition == typeof(IAsyncEnumerable<>))
            {
                return Make(typeof(StreamReader<>), inner);
            }
            if (definition == typeof(Task<>) || definition == typeof(ValueTask<>))
            {
                return Make(definition == typeof(Task<>) ? typeof(TaskReader<,>) : typeof(ValueTaskReader<,>), inner, BodyOf(inner));
            }
        }
        throw new ArgumentException($"It returns {returned}; it must return Task, Task<T>, ValueTask<T> or IAsyncEnumerable<T>.");
    }

    /// <summary>What is read from an answer's content: the T of an ApiResponse of T, else the result itself.</summary>
    private static Type BodyOf(Type result)
    {
        if (result == typeof(IApiResponse))
        {
            return typeof(string);
        }
        return result.IsGenericType && result.GetGenericTypeDefinition() is var d && (d == typeof(ApiResponse<>) || d == typeof(IApiResponse<>))
            ? result.GetGenericArguments()[0]
            : result;
    }

    private static ResultReader Make(Type reader, params Type[] types) => (ResultReader)Activator.CreateInstance(reader.MakeGenericType(types))!;

    /// <summary>The caller's token, which the method's own timeout may cancel too.</summary>
    protected static CancellationTokenSource Deadline(MethodPlan plan, object?[] arguments, CancellationToken other = default)
    {
        var token = other;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (plan.Parameters[i].Roles.HasFlag(Roles.Cancellation) && arguments[i] is CancellationToken given)
            {
                token = given;
            }
        }
        var source = CancellationTokenSource.CreateLinkedTokenSource(token, other);
        if (plan.Timeout is { } timeout)
        {
            source.CancelAfter(timeout);
        }
        return source;
    }

    private sealed class NothingReader : ResultReader
    {
        public override object Call(Caller caller, MethodPlan plan, object?[] arguments) => CallAsync(caller, plan, arguments);

        private static async Task CallAsync(Caller caller, MethodPlan plan, object?[] arguments)
        {
            using var deadline = Deadline(plan, arguments);
            using var request = await RequestWriter.WriteAsync(caller, plan, arguments, deadline.Token).ConfigureAwait(false);
            using var response = await caller.Client.SendAsync(request, deadline.Token).ConfigureAwait(false);
            if (await caller.Settings.ExceptionFactory(response).ConfigureAwait(false) is { } exception)
            {
                throw exception;
            }
        }
    }

    private sealed class TaskReader<T, TBody> : ResultReader
    {
        public override object Call(Caller caller, MethodPlan plan, object?[] arguments) =>
            AnswerReader<T, TBody>.CallAsync(caller, plan, arguments, Deadline(plan, arguments));
    }

    private sealed class ValueTaskReader<T, TBody> : ResultReader
    {
        public override object Call(Caller caller, MethodPlan plan, object?[] arguments) =>
            new ValueTask<T>(AnswerReader<T, TBody>.CallAsync(caller, plan, arguments, Deadline(plan, arguments)));
    }

    private sealed class StreamReader<T> : ResultReader
    {
        public override object Call(Caller caller, MethodPlan plan, object?[] arguments) => CallAsync(caller, plan, arguments);

        private static async IAsyncEnumerable<T?> CallAsync(
            Caller caller, MethodPlan plan, object?[] arguments, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
        {
            if (caller.Settings.ContentSerializer is not SystemTextJsonContentSerializer serializer)
            {
                throw new NotSupportedException("The configured IHttpContentSerializer does not support streaming responses.");
            }
            using var deadline = Deadline(plan, arguments, token);
            using var request = await RequestWriter.WriteAsync(caller, plan, arguments, deadline.Token).ConfigureAwait(false);
            using var response = await caller.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
            if (await caller.Settings.ExceptionFactory(response).ConfigureAwait(false) is { } exception)
            {
                throw exception;
            }
            var lines = response.Content.Headers.ContentType?.MediaType is "application/x-ndjson" or "application/jsonl" or "application/x-jsonlines";
            await using var stream = await response.Content.ReadAsStreamAsync(deadline.Token).ConfigureAwait(false);
            await foreach (var item in serializer.StreamAsync<T>(stream, lines, deadline.Token).ConfigureAwait(false))
            {
                yield return item;
            }
        }
    }
}
