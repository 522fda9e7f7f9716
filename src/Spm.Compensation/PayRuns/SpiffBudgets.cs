using System.Globalization;
using Spm.Compensation.Engine;
using Spm.Compensation.Spiffs;

namespace Spm.Compensation.PayRuns;

/// <summary>What the budget of a SPIFF does not cover of a deal, in a month of a rep's run. Negative where a refund gives room back.</summary>
public readonly record struct SpiffCut(int Month, string Component, string Deal, decimal Amount, LineExplanation? Explanation = null);

/// <summary>What a rep claims of a budget for a deal, in a month of the rep's run.</summary>
/// <param name="Rep">Id.</param>
public readonly record struct BudgetClaim(int Month, string Rep, string Plan, string Component, SpiffRule Rule, string Deal, DateOnly Date, decimal Amount);

/// <summary>What a budget does not cover, and why.</summary>
/// <param name="Payment">Of the deal, by the claims to date.</param>
/// <param name="Before">Cut of the deal in earlier months.</param>
public readonly record struct BudgetCut(int Month, string Component, decimal Budget, SpiffPayment Payment, decimal Before)
{
    public SpiffCut ToSpiffCut() => new(Month, Component, Payment.Transaction, Payment.Cut - Before, new SpiffExplanation(Budget, Payment, Before));
}

/// <summary>
/// Budgets that reps share, each from the first day of its window on through all versions of the plan. Claims are served in order of the deals' dates; who comes later is cut. Month by month: what is cut to date,
/// less what was cut a month ago, so that a month that is paid stays as it is unless its own deals change.
/// </summary>
public static class SpiffBudgets
{
    /// <param name="reps">Of every rep of the plan the calculated years, all of the same calendar.</param>
    /// <returns>For each rep, in the order given.</returns>
    public static IReadOnlyList<IReadOnlyList<SpiffCut>> Share(IReadOnlyList<IReadOnlyList<RepYear>> reps)
    {
        var cuts = Share(reps.Select((years, no) => (no, Claims(years, null))));
        return [.. reps.Select((_, no) => (IReadOnlyList<SpiffCut>)[.. (cuts.GetValueOrDefault(no) ?? []).Select(c => c.ToSpiffCut())])];
    }

    /// <param name="reps">The claims of every rep, by its number, which tells reps of the same id apart.</param>
    /// <returns>By the rep's number; none for who is cut nothing.</returns>
    public static IReadOnlyDictionary<int, IReadOnlyList<BudgetCut>> Share(IEnumerable<(int Rep, IReadOnlyList<BudgetClaim> Claims)> reps)
    {
        var cuts = new Dictionary<int, List<BudgetCut>>();
        // A budget serves deals that are equal in day and id in the order of their reps' ids.
        var inOrder = reps.Where(r => r.Claims.Count > 0).OrderBy(r => r.Claims[0].Rep, StringComparer.Ordinal).ThenBy(r => r.Rep).ToList();
        var budgets = inOrder.SelectMany((r, place) => r.Claims.Select(claim => (Place: place, Claim: claim))).GroupBy(c => (c.Claim.Plan, c.Claim.Component, c.Claim.Rule.Window.From));
        foreach (var budget in budgets.OrderBy(b => b.Key.Plan, StringComparer.Ordinal).ThenBy(b => b.Key.Component, StringComparer.Ordinal))
        {
            List<SpiffClaim> claims = [];
            var before = new Dictionary<(string Rep, string Deal), decimal>();
            // Nothing is cut anew in a month without claims.
            foreach (var month in budget.GroupBy(c => c.Claim.Month).OrderBy(m => m.Key))
            {
                claims.AddRange(month.Select(c => new SpiffClaim(c.Claim.Deal, c.Place.ToString("D9", CultureInfo.InvariantCulture), c.Claim.Date, c.Claim.Amount)));
                // A version may have changed it: what is claimed to date is held against the budget of the month.
                var rule = month.First().Claim.Rule;
                foreach (var payment in rule.Pay(claims))
                {
                    var cut = before.GetValueOrDefault((payment.Rep, payment.Transaction));
                    if (payment.Cut == cut)
                    {
                        continue;
                    }
                    before[(payment.Rep, payment.Transaction)] = payment.Cut;
                    var rep = inOrder[int.Parse(payment.Rep, CultureInfo.InvariantCulture)].Rep;
                    (cuts.TryGetValue(rep, out var list) ? list : cuts[rep] = []).Add(new BudgetCut(month.Key, budget.Key.Component, rule.Budget, payment, cut));
                }
            }
        }
        return cuts.ToDictionary(c => c.Key, c => (IReadOnlyList<BudgetCut>)c.Value);
    }

    /// <summary>What a rep claims in all months.</summary>
    /// <param name="plan">Of one plan; null: of all.</param>
    public static IReadOnlyList<BudgetClaim> Claims(IReadOnlyList<RepYear> years, string? plan)
    {
        List<BudgetClaim> claims = [];
        var deals = new DealIncentives(years);
        var first = 0;
        foreach (var year in years)
        {
            for (var month = 0; month < year.Months; month++)
            {
                if (year.Paying(month) is not { } state || (plan ?? state.Plan.Id) != state.Plan.Id)
                {
                    continue;
                }
                for (var c = 0; c < state.Version.Components.Count; c++)
                {
                    if (state.Version.Components[c] is { Pay.Spiff: { } rule } component)
                    {
                        claims.AddRange(deals.Of(first + month, component.Id).Select(d =>
                            new BudgetClaim(first + month, year.Inputs.Rep.Id, state.Plan.Id, component.Id, rule, d.Key, state.Deals.DateOf(d.Key), d.Value)));
                    }
                }
            }
            first += year.Months;
        }
        return claims;
    }
}
