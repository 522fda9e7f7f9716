using Spm.Compensation.Attainment;
using Spm.Storage;

namespace Spm.Platform.Tenants;

/// <summary>
/// Commits that change what reps are due. The same commit says that something is unsettled, so that a crash before the settlement is
/// seen at the next start.
/// </summary>
internal static class TenantCommits
{
    /// <summary>Call inside a write, after the change itself. Returns the commit's number, by which a grain knows what it has already read.</summary>
    public static long Record(SqlSession session, TenantRuntime tenant, IEnumerable<int> reps) => Record(session, tenant, reps, AskLast(session));

    /// <param name="last">Asked earlier in the same piece of the write.</param>
    public static long Record(SqlSession session, TenantRuntime tenant, IEnumerable<int> reps, Func<List<long>> last)
    {
        session.Send("update meta set value = value + 1 where name = 'commit'");
        // Every time, also when it was said before: what stands in memory does not know whether the commit before went well.
        session.Send("update tenant set unsettled = 1 where no = $1 and unsettled = 0", tenant.No);
        tenant.MaybeUnsettled = true;
        foreach (var rep in reps)
        {
            tenant.MarkUnsettled(rep);
        }
        return tenant.LastCommit = last().Single() + 1;
    }

    /// <summary>The number of the last commit, for what is recorded later in the same piece of the write.</summary>
    public static Func<List<long>> AskLast(SqlSession session) => session.Ask("select value from meta where name = 'commit'", r => r.GetInt64(0));

    public static IEnumerable<int> Reps(MeasurementChanges changes) =>
        changes.All.Where(c => c.Key.Kind == SubjectKind.Rep && (!c.Value.IsEmpty || c.Key.Measure == MeasurementChanges.AnyCredit)).Select(c => c.Key.Subject);
}
