using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Webhooks;

internal static class WebhookTable
{
    public static List<WebhookRow> All(SqlSession session, int tenant) => session.Query($"select {WebhookRow.Columns} from webhook w where w.tenant = $1 order by w.no", WebhookRow.Map, tenant);

    public static WebhookRow? Find(SqlSession session, int tenant, string id) =>
        session.First($"select {WebhookRow.Columns} from webhook w where w.tenant = $1 and w.id = $2", WebhookRow.Map, tenant, id);

    /// <summary>Those that something waits for, whoever's they are.</summary>
    public static List<WebhookRow> Due(SqlSession session, long now) => session.Query(
        $"select {WebhookRow.Columns} from webhook w where w.status = 'enabled' and exists (select 1 from delivery d where d.webhook = w.no and d.status = 0 and d.next_at <= $1) order by w.no",
        WebhookRow.Map, now);

    public static void Insert(SqlSession session, WebhookRow row) => session.Execute(
        "insert into webhook (tenant, id, url, description, events, payload, status, reason, created_by, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        row.Tenant, row.Id, row.Url, row.Description, string.Join(' ', row.Events), EnumNames.Of(row.Payload), EnumNames.Of(row.Status), row.Reason, row.CreatedBy, row.CreatedAt, row.UpdatedAt);

    public static void Update(SqlSession session, WebhookRow row) => session.Execute(
        "update webhook set url = $2, description = $3, events = $4, payload = $5, status = $6, reason = $7, updated_at = $8 where no = $1",
        row.No, row.Url, row.Description, string.Join(' ', row.Events), EnumNames.Of(row.Payload), EnumNames.Of(row.Status), row.Reason, row.UpdatedAt);

    /// <summary>With all that was to be sent to it.</summary>
    public static void Delete(SqlSession session, WebhookRow row)
    {
        session.Send("delete from delivery_attempt where webhook = $1", row.No);
        session.Send("delete from delivery where webhook = $1", row.No);
        session.Send("delete from webhook_secret where webhook = $1", row.No);
        session.Execute("delete from webhook where no = $1", row.No);
    }

    /// <summary>The secrets that sign at this instant, the newest one first.</summary>
    public static List<WebhookSecret> Secrets(SqlSession session, long webhook, long now) => session.Query(
        "select secret, created_at, ends_at from webhook_secret where webhook = $1 and (ends_at > $2 or ends_at is null) order by case when ends_at is null then 0 else 1 end, created_at desc, secret",
        r => new WebhookSecret(r.GetString(0), r.GetInt64(1), r.IsDBNull(2) ? null : r.GetInt64(2)), webhook, now);

    /// <summary>From now on signs with this secret; with the current one until <paramref name="overlapEnds"/> as well, with earlier ones as long as was said.</summary>
    public static void AddSecret(SqlSession session, long webhook, string secret, long now, long overlapEnds)
    {
        session.Execute("delete from webhook_secret where webhook = $1 and ends_at <= $2", webhook, now);
        session.Execute("update webhook_secret set ends_at = $2 where webhook = $1 and ends_at is null", webhook, overlapEnds);
        session.Execute("insert into webhook_secret (webhook, secret, created_at) values ($1, $2, $3)", webhook, secret, now);
    }
}
