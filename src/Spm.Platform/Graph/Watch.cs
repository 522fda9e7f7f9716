using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Graph;

/// <summary>
/// Follows a state: it is read again when something may have changed, and told when it has. Each event is the whole state with a cursor that names it, so
/// whoever comes back with the last cursor is told the state at once if it has changed meanwhile, and nothing is missed.
/// </summary>
internal sealed class Watch(StoreChanges changes, CallerOfRequest caller)
{
    /// <summary>Commits that follow each other at once are one change.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Looks again after so long, whatever was heard.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    /// <param name="read">The state. A refusal ends the events with an error: it is asked for again each time, and so is the credential.</param>
    /// <param name="made">An event of the state and its cursor.</param>
    /// <param name="after">The cursor of the last event that was received; null tells the state at once.</param>
    /// <param name="mark">Something that stays equal while the state surely has not changed, and costs little; null where there is no such thing.</param>
    /// <param name="isLast">True of a state that never changes again.</param>
    public async IAsyncEnumerable<TEvent> StatesAsync<TState, TEvent>(
        Func<Task<Result<TState>>> read, Func<TState, string, TEvent> made, string? after, Func<object>? mark = null, Func<TState, bool>? isLast = null,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var (told, marked) = (after, (object?)null);
        for (var first = true; ; first = false)
        {
            var next = changes.Next;
            // Nothing is looked at before the state was not refused.
            var now = first ? null : mark?.Invoke();
            if (now is null || !now.Equals(marked))
            {
                marked = now;
                if (await caller.RenewAsync() is { } refused)
                {
                    throw Refusals.Of(refused);
                }
                var state = (await read()).OrRefuse();
                var cursor = Cursor(state);
                if (cursor != told)
                {
                    told = cursor;
                    yield return made(state, cursor);
                }
                if (isLast?.Invoke(state) == true)
                {
                    yield break;
                }
            }
            await Task.WhenAny(next, Task.Delay(Rest, cancellation));
            await Task.Delay(Pause, cancellation);
        }
    }

    private static string Cursor<TState>(TState state) => Base64Url.EncodeToString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(state, Json.Options)).AsSpan(0, 12));
}
