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
    public static long Record(SqlSession session, TenantRuntime tenant, IEnumerable<int> reps)
    {
        // Every time, also when it was said before: what stands in memory does not know whether the commit before went well.
        session.Send("update tenant set unsettled = 1 where no = $1 and unsettled = 0", tenant.No);
        tenant.MaybeUnsettled = true;
        foreach (var rep in reps)
        {
            tenant.MarkUnsettled(rep);
        }
        return tenant.LastCommit = session.Long("update meta set value = value + 1 where name = 'commit' returning value");
    }

    public static long Current(SqlSession session) => session.Long("select value from meta where name = 'commit'");

    public static IEnumerable<int> Reps(MeasurementChanges changes) =>
        changes.All.Where(c => c.Key.Kind == SubjectKind.Rep && (!c.Value.IsEmpty || c.Key.Measure == MeasurementChanges.AnyCredit)).Select(c => c.Key.Subject);
}
