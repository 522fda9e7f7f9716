using System.Collections.Concurrent;
using Spm.Platform.Changes;
using Spm.Platform.Companies;
using Spm.Platform.Credentials;
using Spm.Platform.Hosts;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Tenants;

/// <summary>The tenants of this process, loaded from the store when first asked for.</summary>
public sealed class TenantDirectory(SpmStore store, TenantHosts hosts, RecordClock clock)
{
    private readonly ConcurrentDictionary<int, Lazy<TenantRuntime>> _tenants = new();
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>Throws for a tenant that another host has: what this one would keep of it is not kept up to date.</summary>
    public TenantRuntime Get(int tenant) => !hosts.Has(tenant) ? throw new InvalidOperationException($"Another host has tenant {tenant}.") : _tenants.GetOrAdd(tenant, no => new Lazy<TenantRuntime>(() => Load(no))).Value;

    public IReadOnlyList<int> All() => store.Read(s => s.Query("select no from tenant order by no", r => r.GetInt32(0)));

    /// <summary>The number of the tenant with this id. Tenants are never renamed.</summary>
    public int? Find(string id)
    {
        if (_numbers.TryGetValue(id, out var no))
        {
            return no;
        }
        no = store.Read(s => (int)s.Long("select no from tenant where id = $1", id));
        return no == 0 ? null : _numbers.GetOrAdd(id, no);
    }

    public IEnumerable<TenantRuntime> Loaded => _tenants.Values.Where(t => t.IsValueCreated).Select(t => t.Value);

    /// <summary>The number of a source, given when it is first named.</summary>
    public async ValueTask<int> SourceAsync(TenantRuntime tenant, string name)
    {
        if (tenant.Sources.TryGetValue(name, out var no))
        {
            return no;
        }
        no = await store.Writer.WriteAsync(session =>
        {
            session.Execute("insert into source (tenant, name) values ($1, $2) on conflict do nothing", tenant.No, name);
            return (int)session.Long("select no from source where tenant = $1 and name = $2", tenant.No, name);
        });
        tenant.Sources[name] = no;
        return no;
    }

    public string? SourceName(TenantRuntime tenant, int no) => tenant.Sources.FirstOrDefault(s => s.Value == no).Key;

    public async Task<int> CreateAsync(string id, string name)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return await store.Writer.WriteAsync(session =>
        {
            session.Execute("insert into tenant (id, name, created_at) values ($1, $2, $3)", id, name, now);
            return (int)session.Long("select no from tenant where id = $1", id);
        });
    }

    /// <summary>The first tenant of an empty store, with a key for every scope. False where there is a tenant already.</summary>
    public async Task<bool> TryCreateFirstAsync(string id, string name, string key, string version)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return await store.Writer.WriteAsync(session =>
        {
            if (session.Long("select count(*) from tenant") > 0)
            {
                return false;
            }
            session.Execute("insert into tenant (id, name, created_at) values ($1, $2, $3)", id, name, now);
            var no = (int)session.Long("select no from tenant where id = $1", id);
            ApiKeys.AddFirst(session, no, "bootstrap", key, Scopes.All, version, now);
            return true;
        });
    }

    private TenantRuntime Load(int no) => store.ReadSnapshot(session =>
    {
        var id = session.First("select id from tenant where no = $1", r => r.GetString(0), no) ?? throw new InvalidOperationException($"There is no tenant {no}.");
        var runtime = new TenantRuntime(no, id, RecordTable.Load(session, no, id))
        {
            MaybeUnsettled = session.Long("select unsettled from tenant where no = $1", no) == 1,
        };
        if (ChangeTable.Newest(session, no) is { } newest)
        {
            clock.NotBefore(DateTimeOffset.FromUnixTimeMilliseconds(newest.At));
        }
        session.ForEach("select no, name from source where tenant = $1", r => runtime.Sources[r.GetString(1)] = r.GetInt32(0), no);
        if (runtime.MaybeUnsettled)
        {
            // The process ended between a change and its settlement. Which reps it touched is not worth remembering: settling a rep
            // to whom nothing is due posts nothing.
            for (var rep = 0; rep < runtime.Company.Reps.Count; rep++)
            {
                runtime.MarkUnsettled(rep);
            }
        }
        return runtime;
    });
}
