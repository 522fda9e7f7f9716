using System.Collections.Concurrent;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Hosts;

/// <summary>
/// Of several processes over one store one has a tenant: it alone keeps the tenant in memory, changes it and answers for it; the others hand
/// requests on to it. A tenant goes to whom its first request reaches, and on to another host once the one that had it has ended. Whoever was
/// taken for ended writes nothing any more. Over the embedded store the only process has every tenant.
/// </summary>
public sealed class TenantHosts(SpmStore store, RecordClock clock) : IDisposable
{
    /// <summary>Who has not heard of the store for so long does not answer from memory: another host may have been given the tenant.</summary>
    private static readonly TimeSpan SureFor = TimeSpan.FromSeconds(2);

    /// <summary>A tenant changes hands so long after its host was found ended: by then that host, should it still be there, does not answer any more.</summary>
    private static readonly TimeSpan EndedFor = SureFor + TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<int, Lazy<Task>> _mine = new();
    private readonly ConcurrentDictionary<int, HostRow> _others = new();
    private StoreHold? _hold;
    private volatile bool _lost;

    /// <summary>What is to be done with a tenant before this host answers for it: what another one left half-way is finished.</summary>
    public Func<int, Task> Taken { get; set; } = _ => Task.CompletedTask;

    /// <summary>What is to be done about a host that has ended, before its tenants are answered for. Asked for more than once.</summary>
    public Func<long, Task> Ended { get; set; } = _ => Task.CompletedTask;

    public bool IsAlone => !store.IsShared;

    /// <summary>This host's number; 0 where it is alone.</summary>
    public long Me => _hold?.Number ?? 0;

    /// <summary>False where this host cannot know whether its tenants are still its own.</summary>
    public bool IsSure => IsAlone || _hold is { } hold && !_lost && hold.Age < SureFor;

    public IEnumerable<int> Mine => _mine.Keys;

    public bool Has(int tenant) => IsAlone || _mine.ContainsKey(tenant);

    /// <summary>Gives this host its number. The others do not see it yet.</summary>
    public long Enlist() => (_hold ??= store.Hold()).Number;

    /// <summary>Enters this host among the others. Before anything else is written.</summary>
    public async Task EnterAsync()
    {
        if (IsAlone)
        {
            return;
        }
        Enlist();
        await store.Writer.WriteAsync(session =>
        {
            HostTable.Insert(session, Me, clock.GetUtcNow().ToUnixTimeMilliseconds());
            session.WriteOnlyWhere(FormattableString.Invariant($"exists (select 1 from host where no = {Me} and gone = 0)"));
        });
    }

    /// <summary>Where the others reach this host.</summary>
    public Task AnnounceAsync(string address) => store.Writer.WriteAsync(session => HostTable.SetAddress(session, Me, address));

    /// <summary>The store is lost to this host: it answers for nobody any more.</summary>
    public void Lose() => _lost = true;

    /// <summary>Throws when the store does not know this host any more.</summary>
    public void Renew() => _hold?.Renew();

    /// <summary>Null when this host has the tenant, now at the latest; else who has it.</summary>
    public async ValueTask<HostRow?> OfAsync(int tenant)
    {
        if (IsAlone)
        {
            return null;
        }
        if (_mine.TryGetValue(tenant, out var mine))
        {
            await mine.Value;
            return null;
        }
        return _others.TryGetValue(tenant, out var known) ? known : await AskAsync(tenant);
    }

    /// <summary>The host that was said to have the tenant does not answer, or has not got it: ask again.</summary>
    public void Doubt(int tenant) => _others.TryRemove(tenant, out _);

    /// <summary>Takes over what waits to be done and nobody does.</summary>
    public async Task AdoptAsync()
    {
        foreach (var tenant in store.Read(HostTable.Waiting).Where(t => !_mine.ContainsKey(t)))
        {
            Doubt(tenant);
            await OfAsync(tenant);
        }
    }

    /// <summary>Whether a host is there no more, however it has ended. From then on the store takes no write of it.</summary>
    public Task<bool> EndedAsync(long host) => store.Writer.WriteAsync(session =>
    {
        if (session.IsHeld(host))
        {
            return false;
        }
        HostTable.End(session, host);
        return true;
    });

    /// <summary>Gives all tenants back: this host answers nobody any more.</summary>
    public async Task LeaveAsync()
    {
        if (!IsAlone && !_lost)
        {
            try
            {
                await store.Writer.WriteAsync(session => HostTable.Leave(session, Me));
            }
            catch (StoreLostException)
            {
                // Another has taken its place: there is nothing left to give back.
            }
        }
    }

    public void Dispose() => _hold?.Dispose();

    private async Task<HostRow?> AskAsync(int tenant)
    {
        var (other, ended) = await store.Writer.WriteAsync<(HostRow?, long?)>(session =>
        {
            if (HostTable.Of(session, tenant) is not { } owner || owner.No == Me)
            {
                HostTable.Give(session, tenant, Me);
                return (null, null);
            }
            if (owner.EndedFor >= EndedFor.TotalMilliseconds)
            {
                HostTable.Give(session, tenant, Me);
                return (null, owner.No);
            }
            if (owner.EndedFor is null && session.IsHeld(owner.No))
            {
                return (owner, null);
            }
            if (owner.EndedFor is null)
            {
                HostTable.End(session, owner.No);
            }
            return (owner, owner.No);
        });
        if (ended is { } host)
        {
            await Ended(host);
        }
        if (other is null)
        {
            try
            {
                await _mine.GetOrAdd(tenant, no => new Lazy<Task>(() => Taken(no))).Value;
                return null;
            }
            catch
            {
                // Who asks next tries again.
                _mine.TryRemove(tenant, out _);
                throw;
            }
        }
        if (other.Address is not null)
        {
            _others[tenant] = other;
        }
        return other;
    }
}
