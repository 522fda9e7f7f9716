using Orleans;
using Spm.Compensation.Ledger;
using Spm.Compensation.Payouts;
using Spm.Platform.Companies;
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
    /// <param name="nothingStands">The store has neither payouts nor problems of the rep: where there is nothing to send either, nothing is written.</param>
    /// <returns>Whether there was nothing to send.</returns>
    public async Task<bool> SendAsync(TenantRuntime tenant, int rep, RepState state, RepPosition position, bool nothingStands)
    {
        var company = tenant.Company;
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        Posting[] postings = [.. state.Outbox.Select(o => PostingOf(tenant, rep, o))];
        var payouts = Payouts(company, rep, state, position);
        var problems = RepProblem.In(rep, position, company.OpenMonths.FirstOrDefault()?.No ?? 0, company.Settings.Currency).ToList();
        var saysNothing = postings.Length == 0 && payouts.Length == 0 && problems.Count == 0;
        if (saysNothing && nothingStands)
        {
            return true;
        }
        var posted = await store.Writer.WriteTogetherAsync(Write, new Projected(tenant.No, rep, postings, payouts, problems, now), Durability.Derived);
        if (posted.New.Count > 0)
        {
            await Task.WhenAll(posted.New.GroupBy(p => company.PlanDocs.ById(p.Plan)!.No).Select(plan =>
                tenant.Missed.TellAsync<IPlanGrain>(plan.Key, () => grains.GetGrain<IPlanGrain>(GrainKey.Of(tenant.No, plan.Key)).Apply(posted.Last, [.. plan.Select(PlanCost.Of)]))));
        }
        return saysNothing;
    }

    /// <summary>The figures of every payout that the rep has: those of closed months as they were fixed, and the trials.</summary>
    internal static PayoutRow[] Payouts(Company company, int rep, RepState state, RepPosition position) =>
    [
        .. state.Settled.Select(s => PayoutRow.Of(company.Tenant, rep, s.Facts, final: true, company.Settings.Currency)),
        .. position.Drafts.Select(d => PayoutRow.Of(company.Tenant, rep, d.Close(), final: false, company.Settings.Currency)),
    ];

    private static IReadOnlyList<(IReadOnlyList<Posting> New, long Last)> Write(SqlSession session, IReadOnlyList<Projected> reps)
    {
        HashSet<Posting> added = new(ReferenceEqualityComparer.Instance);
        foreach (var tenant in reps.GroupBy(r => r.Tenant))
        {
            added.UnionWith(Write(session, tenant.Key, [.. tenant]));
        }
        var last = added.Count == 0 ? 0 : LedgerTable.LastNo(session);
        return [.. reps.Select(r => ((IReadOnlyList<Posting>)[.. r.Postings.Where(added.Contains)], last))];
    }

    private static IReadOnlyList<Posting> Write(SqlSession session, int tenant, IReadOnlyList<Projected> reps)
    {
        var now = reps.Max(r => r.Now);
        var added = LedgerTable.Append(session, tenant, [.. reps.SelectMany(r => r.Postings)], now);
        var known = PayoutTable.OfReps(session, tenant, [.. reps.Select(r => r.Rep)]).ConvertAll(rows => rows.ToDictionary(p => p.Month));
        PayoutTable.PutFigures(
            session, tenant, reps.Zip(known).SelectMany(r => r.First.Payouts.Where(p => !r.Second.Remove(p.Month, out var before) || !before.SameFigures(p))), now);
        // What the state no longer speaks of: a trial of nothing, or the payout of a month that was reopened, final until now.
        foreach (var (rep, months) in reps.Zip(known, (r, rows) => (r.Rep, rows.Keys)))
        {
            foreach (var month in months)
            {
                PayoutTable.Forget(session, tenant, rep, month, now);
            }
        }
        ProblemTable.ReplaceOfReps(session, tenant, [.. reps.Select(r => (r.Rep, r.Problems))]);
        return added;
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

    /// <summary>What one rep's state says.</summary>
    private sealed record Projected(int Tenant, int Rep, Posting[] Postings, PayoutRow[] Payouts, IReadOnlyList<RepProblem> Problems, long Now);
}
