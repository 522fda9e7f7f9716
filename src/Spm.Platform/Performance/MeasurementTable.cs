using Spm.Compensation.Attainment;
using Spm.Storage;

namespace Spm.Platform.Performance;

/// <summary>Measurements in the store, kept in the same commit as the credits they sum up.</summary>
internal static class MeasurementTable
{
    private static string Upsert(Dialect dialect) =>
        "insert into measurement (tenant, kind, subject, measure, month, direct, overlay, roll_up, direct_count, overlay_count, roll_up_count) "
        + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (tenant, kind, subject, measure, month) do update set "
        + $"direct = {Sum("direct")}, overlay = {Sum("overlay")}, roll_up = {Sum("roll_up")}, "
        + $"direct_count = {Sum("direct_count")}, overlay_count = {Sum("overlay_count")}, roll_up_count = {Sum("roll_up_count")} "
        + $"where {dialect.Fits(Sum("direct"))} and {dialect.Fits(Sum("overlay"))} and {dialect.Fits(Sum("roll_up"))}";

    private static string Sum(string column) => $"measurement.{column} + excluded.{column}";

    /// <exception cref="OverflowException">A sum is more than a measurement can hold: the commit must not go on.</exception>
    public static void Apply(SqlSession session, int tenant, MeasurementChanges changes)
    {
        var upsert = session.Prepare(Upsert(session.Dialect));
        var rows = changes.All.Where(c => !c.Value.IsEmpty).ToArray();
        // Roughly in the order of the table's key: neighbours share a page.
        Array.Sort(Array.ConvertAll(rows, c => ((ulong)c.Key.Kind << 60) | ((ulong)(uint)c.Key.Subject << 28) | ((ulong)(uint)c.Key.Measure << 22) | (uint)c.Key.Month), rows);
        foreach (var (key, change) in rows)
        {
            upsert.Bind(tenant).Bind((int)key.Kind).Bind(key.Subject).Bind(key.Measure).Bind(key.Month).Bind(change.Direct).Bind(change.Overlay)
                .Bind(change.RollUp).Bind(change.DirectCount).Bind(change.OverlayCount).Bind(change.RollUpCount).Add();
        }
        if (upsert.Flush() != rows.Length)
        {
            throw new OverflowException("A measurement is more than 64 bits hold.");
        }
    }

    /// <returns>
    /// What stands in the store, whether problems of the rep do, and the number of the commit up to which that is so: one statement sees one moment.
    /// </returns>
    public static (long Commit, bool HasProblems, Measurements Measurements) Load(SqlSession session, int tenant, SubjectKind kind, int subject)
    {
        var (commit, hasProblems, measurements) = (0L, false, new Measurements());
        session.ForEach(
            "select c.value, m.measure, m.month, m.direct, m.overlay, m.roll_up, m.direct_count, m.overlay_count, m.roll_up_count, "
            + $"case when $2 = {(int)SubjectKind.Rep} then (select count(*) from problem p where p.tenant = $1 and p.rep = $3 and p.txn = 0) else 0 end "
            + "from meta c left join measurement m on m.tenant = $1 and m.kind = $2 and m.subject = $3 where c.name = 'commit'",
            r =>
            {
                (commit, hasProblems) = (r.GetInt64(0), r.GetInt64(9) > 0);
                if (!r.IsDBNull(1))
                {
                    measurements.Add(
                        r.GetInt32(1), r.GetInt32(2), new Measurement(r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), r.GetInt32(6), r.GetInt32(7), r.GetInt32(8)));
                }
            },
            tenant,
            (int)kind,
            subject);
        return (commit, hasProblems, measurements);
    }

    /// <summary>Measurements of reps from one number to another, in months from one number to another: all four are included.</summary>
    public static void ForEachOfReps(
        SqlSession session, int tenant, int firstRep, int lastRep, int firstMonth, int lastMonth, Action<MeasurementKey, Measurement> row) => session.ForEach(
        "select subject, measure, month, direct, overlay, roll_up, direct_count, overlay_count, roll_up_count from measurement "
        + "where tenant = $1 and kind = $2 and subject between $3 and $4 and month between $5 and $6",
        r => row(
            new MeasurementKey(SubjectKind.Rep, r.GetInt32(0), r.GetInt32(1), r.GetInt32(2)),
            new Measurement(r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), r.GetInt32(6), r.GetInt32(7), r.GetInt32(8))),
        tenant,
        (int)SubjectKind.Rep,
        firstRep,
        lastRep,
        firstMonth,
        lastMonth);
}
