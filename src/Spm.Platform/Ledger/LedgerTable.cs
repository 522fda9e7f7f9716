using Spm.Compensation.Ledger;
using Spm.Storage;

namespace Spm.Platform.Ledger;

/// <summary>Postings in the store: appended, never changed. A posting that is already there is not written again.</summary>
internal static class LedgerTable
{
    private const string Insert =
        "insert into posting (tenant, id, kind, debit, credit, minor, currency, rep, month, origin_month, plan, component, recorded_at) "
        + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (tenant, id) do nothing";

    /// <returns>True when the posting is new.</returns>
    public static bool Append(SqlSession session, int tenant, Posting posting, long now) =>
        session.Prepare(Insert)
            .Bind(tenant).Bind(posting.Id).Bind((int)posting.Kind).Bind(posting.Debit).Bind(posting.Credit).Bind(posting.Minor).Bind(posting.Currency)
            .Bind(posting.Rep).Bind(posting.Month).Bind(posting.OriginMonth).Bind(posting.Plan).Bind(posting.Component).Bind(now)
            .Run() == 1;

    public static long LastNo(SqlSession session) => session.Long("select max(no) from posting");

    /// <summary>What a plan's incentives have come to, by the month they were earned in. Debits of expense add, credits take off.</summary>
    public static List<(int Month, long Minor)> ByPlan(SqlSession session, int tenant, string plan) => session.Query(
        "select origin_month, sum(case when debit = $3 then minor else -minor end) from posting where tenant = $1 and plan = $2 and kind <= 1 group by origin_month",
        r => (r.GetInt32(0), r.GetInt64(1)),
        tenant,
        plan,
        LedgerAccounts.CommissionExpense);
}
