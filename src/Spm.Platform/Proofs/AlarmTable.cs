using Spm.Compensation.Amounts;
using Spm.Platform.Companies;
using Spm.Platform.Webhooks;
using Spm.Storage;

namespace Spm.Platform.Proofs;

/// <summary>Alarms stand among the problems until a later proof clears them.</summary>
internal static class AlarmTable
{
    private const string OfRep = "tenant = $1 and rep = $2 and txn = 0 and code in ($3, $4)";

    /// <summary>Puts what was found in the place of what was found before, and tells the difference. Writes nothing where there is none.</summary>
    /// <returns>Those that are new.</returns>
    public static IReadOnlyList<Difference> Replace(SqlSession session, Company company, int rep, IReadOnlyList<Difference> found, long now)
    {
        var known = session.Query(
            $"select code, month, detail from problem where {OfRep} order by no", r => (Code: r.GetString(0), Month: r.GetInt32(1), Detail: r.GetString(2)),
            company.Tenant, rep, ProofCodes.LedgerDiffers, ProofCodes.PayoutDiffers);
        if (known.SequenceEqual(found.Select(f => (f.Code, f.Month, f.Detail))))
        {
            return [];
        }
        session.Execute($"delete from problem where {OfRep}", company.Tenant, rep, ProofCodes.LedgerDiffers, ProofCodes.PayoutDiffers);
        foreach (var difference in found)
        {
            session.Send(
                "insert into problem (tenant, code, txn, rep, month, day, amount, currency, detail) values ($1, $2, 0, $3, $4, $4, $5, $6, $7)",
                company.Tenant, difference.Code, rep, difference.Month, AtStake(company, difference), company.Settings.Currency, difference.Detail);
        }
        var events = EventLog.Of(session, company.Tenant, now);
        var news = found.Where(f => !known.Contains((f.Code, f.Month, f.Detail))).ToList();
        foreach (var difference in news)
        {
            Tell(events, EventTypes.AlarmRaised, company, rep, difference.Code, difference.Month, difference.Detail);
        }
        foreach (var (code, month, detail) in known.Where(k => !found.Any(f => (f.Code, f.Month, f.Detail) == k)))
        {
            Tell(events, EventTypes.AlarmCleared, company, rep, code, month, detail);
        }
        return news;
    }

    public static bool Any(SqlSession session, int tenant, int rep) =>
        session.Long($"select 1 from problem where {OfRep} limit 1", tenant, rep, ProofCodes.LedgerDiffers, ProofCodes.PayoutDiffers) == 1;

    private static void Tell(EventLog events, string type, Company company, int rep, string code, int month, string detail)
    {
        var (id, period) = (company.Reps[rep].Id, company.Calendar.MonthByNo(month)?.Id);
        events.Tell(type, id, new { Id = id, Code = code, Period = period }, () => new { Id = id, Code = code, Period = period, Detail = detail });
    }

    /// <summary>In ten-thousandths, as problems have it.</summary>
    private static long AtStake(Company company, Difference difference) =>
        TenThousandths.TryFrom(Money.FromMinor(Math.Abs(difference.Expected - difference.Actual), company.Currency).Amount, out var scaled) ? scaled : 0;
}
