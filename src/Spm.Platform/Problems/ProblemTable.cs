using Spm.Compensation.Payouts;
using Spm.Storage;
using Spm.Compensation.Amounts;

namespace Spm.Platform.Problems;

/// <summary>A problem of a rep's month: something is credited, and for want of a quota it earns nothing.</summary>
public readonly record struct RepProblem(string Code, int Rep, int Month, long Amount, string Detail)
{
    public const string QuotaMissing = "quota_missing";

    public static IEnumerable<RepProblem> In(int rep, RepPosition position) =>
        from year in position.Years
        from month in year.Months
        from component in month.Components
        where component.QuotaMissing
        select new RepProblem(QuotaMissing, rep, month.Month.No, TenThousandths.From(component.Credited), $"{component.Plan.Plan.Name}: {component.Component.Name}");
}

internal static class ProblemTable
{
    /// <summary>Writes only when the list differs, so that a settlement that changes nothing writes nothing.</summary>
    public static void ReplaceOfRep(SqlSession session, int tenant, int rep, IReadOnlyList<RepProblem> problems, string currency)
    {
        var known = session.Query(
            "select code, month, amount, detail from problem where tenant = $1 and rep = $2 and txn = 0 order by no",
            r => new RepProblem(r.GetString(0), rep, r.GetInt32(1), r.GetInt64(2), r.GetString(3)),
            tenant,
            rep);
        if (known.SequenceEqual(problems))
        {
            return;
        }
        session.Execute("delete from problem where tenant = $1 and rep = $2 and txn = 0", tenant, rep);
        foreach (var problem in problems)
        {
            session.Execute(
                "insert into problem (tenant, code, txn, rep, month, day, amount, currency, detail) values ($1, $2, 0, $3, $4, $4, $5, $6, $7)",
                tenant, problem.Code, rep, problem.Month, problem.Amount, currency, problem.Detail);
        }
    }
}
