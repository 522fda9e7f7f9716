using Spm.Compensation.Engine;
using Spm.Compensation.Spiffs;

namespace Spm.Compensation.PayRuns;

/// <summary>What the budget of a SPIFF does not cover of a deal, in a month of a rep's run. Negative where a refund gives room back.</summary>
public readonly record struct SpiffCut(int Month, string Component, string Deal, decimal Amount, LineExplanation? Explanation = null);

/// <summary>
/// Budgets that reps share. Claims are served in order of the deals' dates; who comes later is cut. Month by month: what is cut to date,
/// less what was cut a month ago, so that a month that is paid stays as it is unless its own deals change.
/// </summary>
public static class SpiffBudgets
{
    /// <param name="reps">Of every rep of the plan the calculated years, all of the same calendar.</param>
    /// <returns>For each rep, in the order given.</returns>
    public static IReadOnlyList<IReadOnlyList<SpiffCut>> Share(IReadOnlyList<IReadOnlyList<RepYear>> reps)
    {
        List<SpiffCut>[] cuts = [.. reps.Select(_ => new List<SpiffCut>())];
        foreach (var (plan, component, rule) in Rules(reps))
        {
            Share(reps, plan, component, rule, cuts);
        }
        return cuts;
    }

    private static List<(string Plan, string Component, SpiffRule Rule)> Rules(IReadOnlyList<IReadOnlyList<RepYear>> reps) =>
        [.. reps.SelectMany(years => years).SelectMany(y => y.States).Select(s => (s.Plan, s.Version)).Distinct()
            .SelectMany(s => s.Version.Components.Where(c => c.Pay.Spiff is not null).Select(c => (s.Plan.Id, c.Id, c.Pay.Spiff!)))
            .Distinct().OrderBy(r => r.Item1, StringComparer.Ordinal).ThenBy(r => r.Item2, StringComparer.Ordinal)];

    private static void Share(IReadOnlyList<IReadOnlyList<RepYear>> reps, string plan, string component, SpiffRule rule, List<SpiffCut>[] cuts)
    {
        var months = reps.Count == 0 ? 0 : reps[0].Sum(y => y.Months);
        List<SpiffClaim> claims = [];
        var cutBefore = new Dictionary<(string Rep, string Deal), decimal>();
        for (var i = 0; i < months; i++)
        {
            for (var r = 0; r < reps.Count; r++)
            {
                claims.AddRange(Claims(reps[r], i, plan, component, rule, r));
            }
            foreach (var payment in rule.Pay(claims))
            {
                var before = cutBefore.GetValueOrDefault((payment.Rep, payment.Transaction));
                var cut = payment.Cut - before;
                if (cut != 0m)
                {
                    cutBefore[(payment.Rep, payment.Transaction)] = payment.Cut;
                    cuts[int.Parse(payment.Rep, System.Globalization.CultureInfo.InvariantCulture)].Add(
                        new SpiffCut(i, component, payment.Transaction, cut, new SpiffExplanation(rule, payment, before)));
                }
            }
        }
    }

    private static IEnumerable<SpiffClaim> Claims(IReadOnlyList<RepYear> years, int month, string plan, string component, SpiffRule rule, int rep)
    {
        foreach (var year in years)
        {
            if (month >= year.Months)
            {
                month -= year.Months;
                continue;
            }
            if (year.Paying(month) is { } state && state.Plan.Id == plan && state.Version.Find(component) is >= 0 and var c && rule.Equals(state.Version.Components[c].Pay.Spiff))
            {
                foreach (var (deal, incentive) in DealIncentive.All(state, month, c))
                {
                    // Reps stand in the order of their numbers, so that the order of service is that of the caller's list.
                    yield return new SpiffClaim(deal, rep.ToString("D9", System.Globalization.CultureInfo.InvariantCulture), state.Deals.DateOf(deal), incentive);
                }
            }
            yield break;
        }
    }
}
