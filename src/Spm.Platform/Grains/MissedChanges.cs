using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;

namespace Spm.Platform.Grains;

/// <summary>
/// Grains of a tenant that a committed change may not have come to, because the call was lost or its answer was. Nothing is sent again: a grain that has the
/// change would have it twice. Each reads the store anew before it answers the next time, so that nobody is paid without it.
/// </summary>
public sealed class MissedChanges
{
    private readonly ConcurrentDictionary<(Type Grain, int No), long> _missed = new();

    /// <summary>Tells a grain of a committed change. It need not arrive: whoever asks the grain from now on sees the change.</summary>
    public async Task TellAsync<TGrain>(int no, Func<Task> tell)
        where TGrain : IGrainWithStringKey
    {
        try
        {
            await tell();
        }
        catch (Exception failure)
        {
            _missed.AddOrUpdate((typeof(TGrain), no), 1, (_, times) => times + 1);
            if (failure is not (TimeoutException or OrleansException))
            {
                throw;
            }
        }
    }

    /// <summary>Called by the grain, before it answers.</summary>
    /// <param name="read">Reads the grain anew. Where it fails, the next answer begins with it again.</param>
    public void Catch<TGrain>(int no, Action read)
        where TGrain : IGrainWithStringKey
    {
        if (_missed.TryGetValue((typeof(TGrain), no), out var times))
        {
            read();
            // What was missed meanwhile is read the next time.
            _missed.TryRemove(KeyValuePair.Create((typeof(TGrain), no), times));
        }
    }
}
