using Spm.Compensation.Engine;
using Spm.Compensation.Holds;
using Spm.Compensation.TrueUps;

namespace Spm.Compensation.PayRuns;

/// <summary>
/// From a component's incentives to what it adds to payouts: SPIFF budget, true-up and hold, and then month by month clawback and caps. Rules that look at
/// deals follow each deal from the month it was earned in, through all later months and plans, under the rule of the component that earned it.
/// </summary>
internal sealed class ComponentPay
{
    private readonly PayRun _run;
    private readonly string _component;
    private readonly IReadOnlyList<DealOnPay> _deals;
    private readonly DueBeside _beside;
    private readonly IReadOnlyList<(RunningCap Cap, CutShares Shares)> _caps;
    private readonly decimal[] _left;

    private ComponentPay(PayRun run, string component, IReadOnlyList<SpiffCut> cuts)
    {
        (_run, _component, _left, _beside) = (run, component, new decimal[run.Months.Count], new DueBeside(run.Months.Count));
        var deals = Deals(run, component, cuts);
        TrueUp(run, component);
        List<(DealPay Deal, decimal[] Paid)> paid = [.. deals.Values.Select(deal => (deal, Hold(run, component, deal)))];
        // Where nothing is ever clawed back nobody asks what caps cut of a deal.
        _deals = paid.Exists(d => d.Deal.Rules.Clawback is not null) ? [.. paid.Select(d => new DealOnPay(run, component, d.Deal, d.Paid))] : [];
        // What is released or taken back after the component has gone is still capped as it was.
        _caps = [.. RunningCap.Of(run, component, i => run.LastOf(i, component) is { } last ? run.RuleOf(last, component)!.Pay.Caps : []).Select(cap => (cap, NewShares()))];
    }

    /// <summary>Every component of the run, with the lines of its months up to holds.</summary>
    public static IReadOnlyList<ComponentPay> Of(PayRun run, IReadOnlyList<SpiffCut> cuts) => [.. run.Months.Select(m => m.Paying?.Version).OfType<VersionRules>().Distinct()
        .SelectMany(v => v.Shown.Select(c => v.Components[c].Id)).Distinct(StringComparer.Ordinal).Select(component => new ComponentPay(run, component, cuts))];

    /// <summary>Clawbacks and caps of a month, after all months before it.</summary>
    public void ClawBackAndCut(int month)
    {
        foreach (var deal in _deals)
        {
            deal.ClawBack(month);
        }
        _beside.Add(month, _run.Months[month].DueOf(_component) - _deals.Sum(d => d.Left([month])));
        foreach (var (cap, shares) in _caps)
        {
            if (cap.Cut(month) is { } cut)
            {
                shares.Share(cut);
            }
        }
        _left[month] = _run.Months[month].DueOf(_component);
    }

    /// <summary>As a part of all pay under a cap on it: what is cut of the component is shared by its deals.</summary>
    public ICapped UnderCap() => new Capped(this);

    private CutShares NewShares() => new(_deals.Count == 0 ? [] : [.. _deals, _beside]);

    private sealed class Capped(ComponentPay component) : ICapped
    {
        private readonly CutShares _deals = component.NewShares();

        public decimal Left(IReadOnlyList<int> months) => months.Sum(m => component._left[m]);

        public void Cut(CutOfSpan cut, decimal more, decimal toDate)
        {
            component._left[cut.Last] -= more;
            _deals.Share(cut with { Amount = toDate });
        }
    }

    private static SortedDictionary<string, DealPay> Deals(PayRun run, string component, IReadOnlyList<SpiffCut> cuts)
    {
        var deals = new SortedDictionary<string, DealPay>(StringComparer.Ordinal);
        for (var i = 0; i < run.Months.Count; i++)
        {
            if (run.RuleOf(i, component) is not { Pay.NeedsDeals: true } rule)
            {
                continue;
            }
            foreach (var (deal, incentive) in run.Deals.Of(i, component))
            {
                if (!deals.TryGetValue(deal, out var pay))
                {
                    deals.Add(deal, pay = new DealPay(run, component, deal, rule.Pay, run.StateOf(i)!.Value.State));
                }
                pay.ByMonth[i] += incentive;
            }
        }
        foreach (var cut in cuts.Where(c => c.Component == component))
        {
            if (!deals.TryGetValue(cut.Deal, out var pay))
            {
                // Budgets are shared over what the reps had when they were asked: the deal has moved to somebody else since, and claims nothing here.
                continue;
            }
            run.Months[cut.Month].Add(new PayLine(PayLineKind.Cap, component, -cut.Amount, $"{cut.Deal}: beyond the budget of the SPIFF", cut.Explanation));
            pay.Cut(cut);
        }
        return deals;
    }

    private static void TrueUp(PayRun run, string component)
    {
        foreach (var (rule, first, last) in run.Stretches(i => run.RuleOf(i, component)?.Pay.TrueUp))
        {
            var due = 0m;
            List<TrueUpMonth> months = [];
            List<decimal> incentives = [];
            for (var i = first; i <= last; i++)
            {
                var month = run.Months[i].Month;
                incentives.Add(run.Months[i].Sum(PayLineKind.Incentive, component));
                due = (i > first && run.Months[i - 1].Month.Span(rule.Span).No == month.Span(rule.Span).No ? due : 0m) + incentives[^1];
                months.Add(new TrueUpMonth(month, due));
            }
            // Whoever goes is paid what was held back in the last month on the plan: there is no true-up to wait for.
            var paid = rule.Pay(months, ends: last + 1 < run.Months.Count);
            var explanation = new TrueUpExplanation(rule, component, paid, incentives);
            for (var i = first; i <= last; i++)
            {
                var month = paid[i - first];
                run.Months[i].Add(new PayLine(
                    PayLineKind.TrueUp, component, month.Paid - incentives[i - first], $"{rule.HoldBackPercent} % wait for {month.Span.Id}", explanation));
            }
        }
    }

    /// <returns>What is paid for the deal by month: what it earned, less what is withheld of it, and what is released.</returns>
    private static decimal[] Hold(PayRun run, string component, DealPay deal)
    {
        if (deal.Rules.Hold is not { } rule)
        {
            return deal.ByMonth;
        }
        var amounts = DealAmounts.Of(OfCustomer(deal.Lines));
        List<HoldEvent> news = [.. amounts.Lines.Select(l => new HoldEvent(l.Line.Date, l.Line.Kind == DealNews.Payment ? HoldEventKind.Cash : HoldEventKind.Invoiced, l.Amount, l.Line.Transaction))];
        var earned = deal.ByMonth.Select((amount, i) => new HoldEvent(run.Months[i].Month.Period.From, HoldEventKind.Earned, amount)).Where(e => e.Amount != 0m);
        var held = rule.Pay([.. run.Months.Select(m => m.Month.Period)], earned.Concat(news), deal.SoldOn);
        var explanation = new HoldExplanation(rule, deal, held, news, deal.SoldOn, amounts.Detail);
        for (var i = 0; i < held.Count; i++)
        {
            run.Months[i].Add(new PayLine(PayLineKind.Hold, component, -held[i].Held, deal.Deal, explanation));
            run.Months[i].Add(new PayLine(PayLineKind.Release, component, held[i].Released, deal.Deal, explanation));
            run.Months[i].HeldBalance += held[i].Balance;
        }
        return [.. held.Select((h, i) => deal.ByMonth[i] - h.Held + h.Released)];
    }

    /// <summary>What is customer's: invoices less credit notes, or where nothing is invoiced the order itself; and the cash.</summary>
    private static List<(CreditLine Line, decimal Amount)> OfCustomer(IReadOnlyList<(CreditLine Line, decimal Amount)> lines)
    {
        var isInvoiced = lines.Any(l => l.Line.Kind == DealNews.Invoice);
        return [.. lines.Where(l => l.Line.Kind is DealNews.Payment or DealNews.Invoice or DealNews.Refund || (!isInvoiced && l.Line.Kind != DealNews.Cancellation))];
    }
}
