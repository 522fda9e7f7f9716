using Spm.GraphQL.Resolvers;

namespace Spm.GraphQL.Authoring;

/// <summary>What compiled resolvers call to give values of any type as objects, at once where they are there.</summary>
internal static class Awaiting
{
    public static ValueTask<object?> Value<T>(Task<T> task)
    {
        return task.IsCompletedSuccessfully ? new(task.Result) : Later(task);

        static async ValueTask<object?> Later(Task<T> task) => await task.ConfigureAwait(false);
    }

    public static ValueTask<object?> Value<T>(ValueTask<T> task)
    {
        return task.IsCompletedSuccessfully ? new(task.Result) : Later(task);

        static async ValueTask<object?> Later(ValueTask<T> task) => await task.ConfigureAwait(false);
    }

    /// <summary>A list, once all its items are there.</summary>
    public static async ValueTask<object?> Items<T>(IAsyncEnumerable<T> items, CancellationToken cancellation)
    {
        List<T> all = [];
        await foreach (var item in items.WithCancellation(cancellation).ConfigureAwait(false))
        {
            all.Add(item);
        }
        return all;
    }

    public static async ValueTask<object?> Then(
        ValueTask<object?> value, ResolveContext context, Func<ResolveContext, object?, object?> change) =>
        change(context, await value.ConfigureAwait(false));

    public static ValueTask<IAsyncEnumerable<object?>> Stream<T>(IAsyncEnumerable<T> events) =>
        new(events as IAsyncEnumerable<object?> ?? Boxed(events));

    public static async ValueTask<IAsyncEnumerable<object?>> StreamLater<T>(Task<IAsyncEnumerable<T>> events) =>
        await Stream(await events.ConfigureAwait(false)).ConfigureAwait(false);

    private static async IAsyncEnumerable<object?> Boxed<T>(
        IAsyncEnumerable<T> events, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var item in events.WithCancellation(cancellation).ConfigureAwait(false))
        {
            yield return item;
        }
    }
}
