using Orleans;
using Spm.Compensation.Ledger;
using Spm.Compensation.Payouts;
using Spm.Platform.Grains;
using Spm.Platform.Kernel;
using Spm.Platform.Ledger;
using Spm.Platform.Payouts;
using Spm.Platform.Plans;
using Spm.Platform.Problems;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Reps;

/// <summary>
/// Sends what follows from a rep's state: postings to the ledger, figures to the payouts, problems to their list, costs to the plans.
/// All of it is derived from the state under fixed ids, so sending it twice is sending it once.
/// </summary>
public sealed class PayoutProjection(SpmStore store, IGrainFactory grains, RecordClock clock)
{
    /// <param name="stands">What was sent last, and stands in the store: where that is all there is to say, nothing is written. Null where it is not known.</param>
    /// <returns>What stands in the store now; null where it has more than the state speaks of.</returns>
    public async Task<ProjectedRep?> SendAsync(TenantRuntime tenant, int rep, RepState state, RepPosition position, ProjectedRep? stands)
    {
        var company = tenant.Company;
        var says = ProjectedRep.Of(company, rep, state, position);
        var differs = new Projected(
            tenant.No,
            rep,
            [.. state.Outbox.Select(o => PostingOf(tenant, rep, o))],
            says.PayoutsSince(stands, tenant.No, rep),
            says.GoneSince(stands),
            says.HasProblemsOf(stands) ? null : says.Problems,
            IsKnown: stands is not null,
            Now: clock.GetUtcNow().ToUnixTimeMilliseconds());
        if (differs.IsNothing)
        {
            return says;
        }
        var posted = await store.Writer.WriteTogetherAsync(Write, differs, Durability.Derived);
        if (posted.New.Count > 0)
        {
            await Task.WhenAll(posted.New.GroupBy(p => company.PlanDocs.ById(p.Plan)!.No).Select(plan =>
                tenant.Missed.TellAsync<IPlanGrain>(plan.Key, () => grains.GetGrain<IPlanGrain>(GrainKey.Of(tenant.No, plan.Key)).Apply(posted.Last, [.. plan.Select(PlanCost.Of)]))));
        }
        return posted.Stays ? null : says;
    }

    private static IReadOnlyList<Written> Write(SqlSession session, IReadOnlyList<Projected> reps)
    {
        HashSet<Posting> added = new(ReferenceEqualityComparer.Instance);
        HashSet<(int Tenant, int Rep)> staying = [];
        foreach (var tenant in reps.GroupBy(r => r.Tenant))
        {
            var now = tenant.Max(r => r.Now);
            added.UnionWith(LedgerTable.Append(session, tenant.Key, [.. tenant.SelectMany(r => r.Postings)], now));
            staying.UnionWith(WritePayouts(session, tenant.Key, Differing(session, tenant.Key, [.. tenant]), now).Select(rep => (tenant.Key, rep)));
            ProblemTable.ReplaceOfReps(session, tenant.Key, [.. tenant.Where(r => r.Problems is not null).Select(r => (r.Rep, r.Problems!))]);
        }
        var last = added.Count == 0 ? 0 : LedgerTable.LastNo(session);
        return [.. reps.Select(r => new Written([.. r.Postings.Where(added.Contains)], last, staying.Contains((r.Tenant, r.Rep))))];
    }

    /// <summary>Of a rep of whom nobody knows what stands, the store is asked.</summary>
    private static List<Projected> Differing(SqlSession session, int tenant, IReadOnlyList<Projected> reps)
    {
        Projected[] unknown = [.. reps.Where(r => !r.IsKnown)];
        return [.. reps.Where(r => r.IsKnown), .. unknown.Zip(PayoutTable.OfReps(session, tenant, [.. unknown.Select(r => r.Rep)]), (rep, stored) => rep.Since(stored))];
    }

    /// <returns>Reps with a payout that the state no longer speaks of and that stays all the same.</returns>
    private static List<int> WritePayouts(SqlSession session, int tenant, IReadOnlyList<Projected> reps, long now)
    {
        PayoutTable.PutFigures(session, tenant, reps.SelectMany(r => r.Payouts), now);
        List<int> staying = [];
        // What the state no longer speaks of: a trial of nothing, or the payout of a month that was reopened, final until now.
        foreach (var (rep, month) in reps.SelectMany(r => r.Gone.Select(month => (r.Rep, month))))
        {
            if (!PayoutTable.Forget(session, tenant, rep, month, now))
            {
                staying.Add(rep);
            }
        }
        return staying;
    }

    /// <summary>An earning debits expense and credits what is accrued for the rep; a negative one the other way round.</summary>
    private static Posting PostingOf(TenantRuntime tenant, int rep, OutgoingPosting outgoing)
    {
        var accrued = LedgerAccounts.Accrued(tenant.Company.Reps[rep].Id);
        var earns = outgoing.Origin.Minor > 0;
        return new Posting(
            Ids.ForPosting(tenant.No, rep, outgoing.Number),
            outgoing.Month == outgoing.Origin.Month ? PostingKind.Earning : PostingKind.PriorPeriodAdjustment,
            earns ? LedgerAccounts.CommissionExpense : accrued,
            earns ? accrued : LedgerAccounts.CommissionExpense,
            Math.Abs(outgoing.Origin.Minor),
            tenant.Company.Settings.Currency,
            rep,
            outgoing.Month,
            outgoing.Origin.Month,
            outgoing.Origin.Plan,
            outgoing.Origin.Component,
            outgoing.Origin.Line);
    }

    /// <summary>What one rep's state says that does not stand in the store already, as far as that is known.</summary>
    /// <param name="Problems">All of them; null where they are the same.</param>
    private sealed record Projected(
        int Tenant, int Rep, Posting[] Postings, IReadOnlyList<PayoutRow> Payouts, IReadOnlyList<int> Gone, IReadOnlyList<RepProblem>? Problems, bool IsKnown, long Now)
    {
        public bool IsNothing => IsKnown && Postings.Length == 0 && Payouts.Count == 0 && Gone.Count == 0 && Problems is null;

        public Projected Since(List<PayoutRow> stored)
        {
            var left = stored.ToDictionary(p => p.Month);
            PayoutRow[] payouts = [.. Payouts.Where(p => !left.Remove(p.Month, out var before) || !before.SameFigures(p))];
            return this with { Payouts = payouts, Gone = [.. left.Keys] };
        }
    }

    private readonly record struct Written(IReadOnlyList<Posting> New, long Last, bool Stays);
}
