using System.Runtime.ExceptionServices;

namespace Spm.Platform.Grains;

/// <summary>
/// Calls of many grains, a few at a time. A grain may have to be read from the store before it answers: where thousands are read at once, each of them is as
/// late as the last, and a call that is answered too late has to be made again.
/// </summary>
internal static class GrainCalls
{
    // More share larger commits, and keep whoever writes meanwhile waiting longer: docs/benchmarks.md has figures of both.
    public const int AFew = 128;

    /// <summary>For the end of work whose commits are larger still.</summary>
    public const int Many = 512;

    /// <summary>Completes when every call has been made and answered. A failure keeps none from being made; the first is thrown in the end.</summary>
    /// <param name="failed">Told which calls failed.</param>
    /// <param name="atOnce">How many wait for their answers at most.</param>
    public static async Task EachAsync<T>(IReadOnlyCollection<T> items, Func<T, Task> call, Action<T>? failed = null, int atOnce = AFew)
    {
        using var places = new SemaphoreSlim(atOnce);
        var calls = new List<Task>(items.Count);
        ExceptionDispatchInfo? first = null;
        foreach (var item in items)
        {
            await places.WaitAsync();
            calls.Add(CallAsync(item));
        }
        await Task.WhenAll(calls);
        first?.Throw();

        async Task CallAsync(T item)
        {
            try
            {
                await call(item);
            }
            catch (Exception failure)
            {
                failed?.Invoke(item);
                Interlocked.CompareExchange(ref first, ExceptionDispatchInfo.Capture(failure), null);
            }
            finally
            {
                places.Release();
            }
        }
    }
}
