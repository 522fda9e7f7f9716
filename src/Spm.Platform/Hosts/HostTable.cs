using Spm.Storage;

namespace Spm.Platform.Hosts;

/// <summary>A process over the store.</summary>
/// <param name="Address">Null until it listens, and where it has ended.</param>
public sealed record HostRow(long No, string? Address)
{
    /// <summary>By the store's clock, in milliseconds; null while the host is there.</summary>
    internal long? EndedFor { get; init; }
}

/// <summary>The hosts over one store, and which of them has which tenant. Numbers are never given twice: a host that has gone does not come back.</summary>
internal static class HostTable
{
    private const string Now = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

    public static void Insert(SqlSession session, long host, long now) => session.Execute("insert into host (no, started_at, gone) values ($1, $2, 0)", host, now);

    public static void SetAddress(SqlSession session, long host, string address) => session.Execute("update host set address = $2 where no = $1", host, address);

    /// <summary>From this commit on the store takes no write of the host any more.</summary>
    public static void End(SqlSession session, long host) => session.Execute($"update host set gone = 1, address = null, ended_at = {Now} where no = $1 and gone = 0", host);

    /// <summary>The host itself ends, and answers nobody any more.</summary>
    public static void Leave(SqlSession session, long host) => session.Execute("update host set gone = 1, address = null, ended_at = 0 where no = $1", host);

    public static HostRow? Of(SqlSession session, int tenant) => session.First(
        $"select h.no, h.address, {Now} - h.ended_at from tenant_host t join host h on h.no = t.host where t.tenant = $1",
        r => new HostRow(r.GetInt64(0), r.IsDBNull(1) ? null : r.GetString(1)) { EndedFor = r.IsDBNull(2) ? null : r.GetInt64(2) },
        tenant);

    public static void Give(SqlSession session, int tenant, long host) => session.Execute(
        "insert into tenant_host (tenant, host) values ($1, $2) on conflict (tenant) do update set host = excluded.host", tenant, host);

    /// <summary>Tenants for which something waits to be done: a settlement, an import, a closing, a connection that is due or was cut off, a delivery.</summary>
    public static List<int> Waiting(SqlSession session) => session.Query(
        "select no from tenant where unsettled = 1 union select tenant from import where status in ('Queued', 'Running') "
        + "union select tenant from record where kind = 'period' and ended_at is null and body like '%\"closing\"%' "
        + $"union select tenant from connection where status = 'active' and next_run_at <= {Now} "
        + "union select c.tenant from connection c join connection_run r on r.connection = c.no where r.status = 'running' "
        + $"union select w.tenant from webhook w where w.status = 'enabled' and exists (select 1 from delivery d where d.webhook = w.no and d.status = 0 and d.next_at <= {Now})",
        r => r.GetInt32(0));
}
