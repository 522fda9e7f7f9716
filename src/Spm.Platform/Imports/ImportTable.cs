using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Imports;

internal static class ImportTable
{
    public static void Insert(SqlSession session, ImportJob job) => session.Execute(
        "insert into import (tenant, id, entity, source, format, delimiter, status, bytes_total, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        job.Tenant, job.Id, job.Entity, job.Source, job.Format.ToString(), job.Delimiter, job.Status.ToString(), job.BytesTotal, job.CreatedAt);

    public static ImportJob? Find(SqlSession session, int tenant, string id) =>
        session.First($"select {ImportJob.Columns} from import where tenant = $1 and id = $2", ImportJob.Map, tenant, id);

    /// <summary>Those with these ids.</summary>
    public static List<ImportJob> Find(SqlSession session, int tenant, IReadOnlyList<string> ids) => ids.Count == 0 ? [] : Of(session, tenant, SqlList.Padded(ids));

    private static List<ImportJob> Of(SqlSession session, int tenant, IReadOnlyList<string> ids) => session.Query(
        $"select {ImportJob.Columns} from import where tenant = $1 and id in ({SqlList.Places(ids.Count, 2)})", ImportJob.Map, [tenant, .. ids]);

    /// <summary>Newest first: what follows in the list was made before.</summary>
    public static List<ImportJob> Page(SqlSession session, int tenant, Seek<long> seek) => session.Query(
        $"select {ImportJob.Columns} from import where tenant = $1 and no {seek.BeyondNewest} $2 order by no{seek.OrderNewest} limit $3",
        ImportJob.Map, tenant, seek.From, seek.Count);

    public static long Count(SqlSession session, int tenant) => session.Long("select count(*) from import where tenant = $1", tenant);

    public static List<ImportJob> Unfinished(SqlSession session) => session.Query(
        $"select {ImportJob.Columns} from import where status in ('Queued', 'Running') order by no", ImportJob.Map);

    public static void SetStatus(SqlSession session, ImportJob job, ImportStatus status, string? code, string? detail, long? finishedAt) => session.Execute(
        "update import set status = $2, error_code = $3, error_detail = $4, finished_at = $5, "
        + "bytes_read = case $2 when 'Succeeded' then bytes_total else bytes_read end where no = $1",
        job.No, status.ToString(), code, detail, finishedAt);

    public static void SetHeader(SqlSession session, ImportJob job, string header) =>
        session.Execute("update import set header = $2 where no = $1", job.No, header);

    /// <summary>Adds to the counts, and moves the offset on to <paramref name="bytesRead"/>.</summary>
    public static void Advance(SqlSession session, ImportJob job, ImportCounts added, long bytesRead) => session.Send(
        "update import set bytes_read = case when bytes_read < $2 then $2 else bytes_read end, rows_read = rows_read + $3, rows_created = rows_created + $4, rows_corrected = rows_corrected + $5, "
        + "rows_unchanged = rows_unchanged + $6, rows_rejected = rows_rejected + $7 where no = $1",
        job.No, bytesRead, added.Read, added.Created, added.Corrected, added.Unchanged, added.Rejected);

    /// <param name="rows">Each row once.</param>
    public static void PutRows(SqlSession session, ImportJob job, IEnumerable<ImportRowResult> rows)
    {
        var delete = session.Prepare("delete from import_row where import = ? and row = ?");
        var upsert = session.Prepare(
            "insert into import_row (import, row, status, errors, raw) values (?, ?, ?, ?, ?) "
            + "on conflict (import, row) do update set status = excluded.status, errors = excluded.errors, raw = excluded.raw");
        foreach (var row in rows)
        {
            if (row.Status == ImportRowResult.Created)
            {
                delete.Bind(job.No).Bind(row.Row).Add();
            }
            else
            {
                upsert.Bind(job.No).Bind(row.Row).Bind(row.Status).Bind(row.ErrorsText).Bind(row.Raw).Add();
            }
        }
        delete.Send();
        upsert.Send();
    }

    public static ImportRowResult? Row(SqlSession session, ImportJob job, long row) =>
        session.First("select row, status, errors, raw from import_row where import = $1 and row = $2", ImportRowResult.Map, job.No, row);

    public static List<ImportRowResult> Rows(SqlSession session, ImportJob job, string? status, Seek<long> seek) => status is null
        ? session.Query($"select row, status, errors, raw from import_row where import = $1 and row {seek.Beyond} $2 order by row{seek.Order} limit $3", ImportRowResult.Map, job.No, seek.From, seek.Count)
        : session.Query($"select row, status, errors, raw from import_row where import = $1 and status = $2 and row {seek.Beyond} $3 order by row{seek.Order} limit $4", ImportRowResult.Map, job.No, status, seek.From, seek.Count);

    public static long CountRows(SqlSession session, ImportJob job, string? status) =>
        session.Long("select count(*) from import_row where import = $1 and (status = $2 or $2 is null)", job.No, status);
}
