using Spm.Compensation.Ledger;
using Spm.Compensation.Payouts;
using Spm.Platform.Companies;
using Spm.Platform.Payouts;
using Spm.Platform.Reps;

namespace Spm.Platform.Proofs;

/// <summary>
/// Holds what is stored of a rep against what follows from its sources: payouts against measurements, credits and what was settled; postings of incentives
/// against what the rep's state has posted; postings of approvals and payments against the payouts that were approved and paid. Pure.
/// </summary>
internal static class RepProof
{
    public static IReadOnlyList<Difference> Of(Company company, int rep, RepState state, RepPosition position, IReadOnlyList<PayoutRow> payouts, IReadOnlyList<Posting> postings) =>
    [
        .. Payouts(company, ProjectedRep.Of(company, rep, state, position).PayoutsSince(before: null, company.Tenant, rep), payouts),
        .. position.Differences.Select(d => new Difference(
            ProofCodes.PayoutDiffers, d.Month, d.Minor, 0, $"{d.Origin.Plan} {d.Origin.Component}: an incentive is not posted")),
        .. Shapes(company, rep, postings),
        .. Incentives(state, postings),
        .. Moves(payouts, postings),
    ];

    private static IEnumerable<Difference> Payouts(Company company, IReadOnlyList<PayoutRow> expected, IReadOnlyList<PayoutRow> stored)
    {
        var there = stored.ToDictionary(p => p.Month);
        foreach (var row in expected)
        {
            if (!there.Remove(row.Month, out var found))
            {
                yield return new Difference(ProofCodes.PayoutDiffers, row.Month, row.Due, 0, "the payout is missing");
            }
            else if (!found.SameFigures(row))
            {
                yield return new Difference(ProofCodes.PayoutDiffers, row.Month, row.Due, found.Due, $"the payout has {Figures(found)} and should have {Figures(row)}");
            }
        }
        foreach (var row in there.Values.Where(r => company.Calendar.MonthByNo(r.Month) is not null))
        {
            yield return new Difference(ProofCodes.PayoutDiffers, row.Month, 0, row.Due, "there is a payout and nothing that it follows from");
        }
    }

    private static string Figures(PayoutRow row) =>
        FormattableString.Invariant($"{row.Incentives} + {row.Adjustments} + {row.CarriedIn} = {row.Due}, rest {row.CarriedOut}{(row.Final ? ", final" : "")}");

    /// <summary>Each kind of posting moves between its own two accounts, and those of a rep are the rep's.</summary>
    private static IEnumerable<Difference> Shapes(Company company, int rep, IReadOnlyList<Posting> postings)
    {
        var (accrued, payable) = (LedgerAccounts.Accrued(company.Reps[rep].Id), LedgerAccounts.Payable(company.Reps[rep].Id));
        foreach (var posting in postings)
        {
            var isRight = posting.Kind switch
            {
                PostingKind.Earning or PostingKind.PriorPeriodAdjustment =>
                    (posting.Debit, posting.Credit) == (LedgerAccounts.CommissionExpense, accrued) || (posting.Debit, posting.Credit) == (accrued, LedgerAccounts.CommissionExpense),
                PostingKind.Approval => (posting.Debit, posting.Credit) == (accrued, payable),
                PostingKind.Payment => (posting.Debit, posting.Credit) == (payable, LedgerAccounts.PayrollClearing),
                _ => false,
            };
            if (!isRight)
            {
                yield return new Difference(ProofCodes.LedgerDiffers, posting.Month, 0, posting.Minor, $"{posting.Id} moves from {posting.Credit} to {posting.Debit}");
            }
        }
    }

    private static IEnumerable<Difference> Incentives(RepState state, IReadOnlyList<Posting> postings)
    {
        var posted = postings.Where(p => p.Kind is PostingKind.Earning or PostingKind.PriorPeriodAdjustment)
            .GroupBy(p => new PayKey(p.OriginMonth, p.Plan, p.Component, p.Line))
            .ToDictionary(g => g.Key, g => g.Sum(p => p.Debit == LedgerAccounts.CommissionExpense ? p.Minor : -p.Minor));
        var expected = state.Posted.ToDictionary(p => p.Key, p => p.Minor);
        foreach (var key in posted.Keys.Union(expected.Keys))
        {
            var (should, does) = (expected.GetValueOrDefault(key), posted.GetValueOrDefault(key));
            if (should != does)
            {
                yield return new Difference(ProofCodes.LedgerDiffers, key.Month, should, does, FormattableString.Invariant($"{key.Plan} {key.Component}: {does} is posted and should be {should}"));
            }
        }
    }

    /// <summary>A payout that is approved has been posted once as payable, one that is paid once as paid, and no other one was.</summary>
    private static IEnumerable<Difference> Moves(IReadOnlyList<PayoutRow> payouts, IReadOnlyList<Posting> postings)
    {
        foreach (var (kind, from, word) in ((PostingKind, PayoutStatus, string)[])[(PostingKind.Approval, PayoutStatus.Approved, "approved"), (PostingKind.Payment, PayoutStatus.Paid, "paid")])
        {
            var posted = postings.Where(p => p.Kind == kind).GroupBy(p => p.Month).ToDictionary(g => g.Key, g => g.Sum(p => p.Minor));
            var due = payouts.Where(p => p.Status >= from && p.Due > 0).ToDictionary(p => p.Month, p => p.Due);
            foreach (var month in posted.Keys.Union(due.Keys))
            {
                var (should, does) = (due.GetValueOrDefault(month), posted.GetValueOrDefault(month));
                if (should != does)
                {
                    yield return new Difference(ProofCodes.LedgerDiffers, month, should, does, FormattableString.Invariant($"{does} is posted as {word} and should be {should}"));
                }
            }
        }
    }
}
