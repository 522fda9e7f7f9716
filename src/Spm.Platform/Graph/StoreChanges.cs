using Spm.Storage;

namespace Spm.Platform.Graph;

/// <summary>Tells those who watch that something was committed. What it was they see for themselves.</summary>
public sealed class StoreChanges
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StoreChanges(SpmStore store) => store.Writer.Committed += () => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Completes with the next commit. Take it before looking, so that nothing is missed in between.</summary>
    public Task Next => Volatile.Read(ref _next).Task;
}
