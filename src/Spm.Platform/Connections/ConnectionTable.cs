using System.Text.Json;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Connections;

internal static class ConnectionTable
{
    public static void Insert(SqlSession session, ConnectionRow row) => session.Execute(
        "insert into connection (tenant, id, connector, connector_version, name, source, config, secrets, secret_names, base_address, every_seconds, mapping, status, next_run_at, next_trigger, revision, created_at, updated_at, certificate_until) "
        + "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        row.Tenant, row.Id, row.Connector, row.Version, row.Name, row.Source, row.Config, row.Secrets, JsonSerializer.Serialize(row.SecretNames), row.BaseAddress, row.EverySeconds,
        row.Mapping, EnumNames.Of(row.Status), row.NextRunAt, Cause(row.NextCause), row.Revision, row.CreatedAt, row.UpdatedAt, row.CertificateUntil);

    /// <summary>Everything that can change of a connection.</summary>
    public static void Update(SqlSession session, ConnectionRow row) => session.Execute(
        "update connection set connector_version = $2, name = $3, config = $4, secrets = $5, secret_names = $6, base_address = $7, every_seconds = $8, mapping = $9, status = $10, "
        + "reason_kind = $11, reason = $12, account = $13, next_run_at = $14, next_trigger = $15, revision = $16, updated_at = $17, certificate_until = $18 where no = $1",
        row.No, row.Version, row.Name, row.Config, row.Secrets, JsonSerializer.Serialize(row.SecretNames), row.BaseAddress, row.EverySeconds, row.Mapping, EnumNames.Of(row.Status),
        row.ReasonKind, row.Reason, row.Account, row.NextRunAt, Cause(row.NextCause), row.Revision, row.UpdatedAt, row.CertificateUntil);

    /// <summary>Sealed. Its revision stays: what is open for its runs stays open.</summary>
    public static void SetSecrets(SqlSession session, long connection, string secrets) =>
        session.Execute("update connection set secrets = $2 where no = $1", connection, secrets);

    /// <summary>When it runs next, and why.</summary>
    public static void Schedule(SqlSession session, long connection, long? at, RunCause? cause) =>
        session.Execute("update connection set next_run_at = $2, next_trigger = $3 where no = $1", connection, at, Cause(cause));

    /// <summary>It runs at that instant at the latest.</summary>
    public static void ScheduleBy(SqlSession session, long connection, long at, RunCause cause) => session.Execute(
        "update connection set next_run_at = $2, next_trigger = $3 where no = $1 and status = 'active' and (next_run_at is null or next_run_at > $2)", connection, at, Cause(cause));

    /// <summary>One of a tenant that is not deleted.</summary>
    public static ConnectionRow? Find(SqlSession session, int tenant, string id) => session.First(
        $"select {ConnectionRow.Columns} from connection where tenant = $1 and id = $2 and status <> 'deleted'", ConnectionRow.Map, tenant, id);

    /// <summary>Those of a tenant that are not deleted and have one of these ids.</summary>
    public static List<ConnectionRow> Find(SqlSession session, int tenant, IReadOnlyList<string> ids) => session.Query(
        $"select {ConnectionRow.Columns} from connection where tenant = $1 and status <> 'deleted' and id in ({SqlList.Places(ids.Count, 2)})", ConnectionRow.Map, [tenant, .. ids]);

    /// <summary>Whichever tenant it is of: for who comes with a signature and no credential.</summary>
    public static ConnectionRow? Find(SqlSession session, string id) => session.First(
        $"select {ConnectionRow.Columns} from connection where id = $1 and status <> 'deleted'", ConnectionRow.Map, id);

    public static ConnectionRow? ByNo(SqlSession session, long no) =>
        session.First($"select {ConnectionRow.Columns} from connection where no = $1", ConnectionRow.Map, no);

    public static List<ConnectionRow> Page(SqlSession session, int tenant, Seek<long> seek) => session.Query(
        $"select {ConnectionRow.Columns} from connection where tenant = $1 and no {seek.Beyond} $2 and status <> 'deleted' order by no{seek.Order} limit $3",
        ConnectionRow.Map, tenant, seek.From, seek.Count);

    /// <summary>Those that are not deleted, in the order they were made.</summary>
    public static List<ConnectionRow> OfSource(SqlSession session, int tenant, string source) => session.Query(
        $"select {ConnectionRow.Columns} from connection where tenant = $1 and source = $2 and status <> 'deleted' order by no", ConnectionRow.Map, tenant, source);

    public static List<ConnectionRow> Due(SqlSession session, long now) => session.Query(
        $"select {ConnectionRow.Columns} from connection where next_run_at <= $1 and status = 'active' order by next_run_at, no", ConnectionRow.Map, now);

    /// <summary>What is sealed, and for which connection.</summary>
    public static List<(string Id, string Secrets)> Sealed(SqlSession session) =>
        session.Query("select id, secrets from connection where secrets is not null", r => (r.GetString(0), r.GetString(1)));

    private static string? Cause(RunCause? cause) => cause is { } known ? EnumNames.Of(known) : null;
}
