using Spm.Compensation.Amounts;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.Fx;
using Spm.Compensation.PayCurrencies;
using Spm.Compensation.Periods;
using Spm.Compensation.Roundings;

namespace Spm.Compensation.PayRuns;

/// <summary>What a line of a payout is. The lines of a month sum to what is due.</summary>
public enum PayLineKind : byte
{
    /// <summary>What a component yields in the month.</summary>
    Incentive,

    /// <summary>Earned in the month and withheld; negative.</summary>
    Hold,

    /// <summary>Withheld before, and due now.</summary>
    Release,

    /// <summary>A part of the earning that waits for the true-up; negative. The true-up itself is positive.</summary>
    TrueUp,

    /// <summary>Paid before for a deal that is undone; negative.</summary>
    Clawback,

    /// <summary>A reasoned manual change.</summary>
    Adjustment,

    /// <summary>Above a cap on pay; negative. Positive where a later month takes back what was cut.</summary>
    Cap,

    /// <summary>Up to the guaranteed minimum.</summary>
    Guarantee,

    /// <summary>An advance up to the floor of a draw.</summary>
    Draw,

    /// <summary>Of an advance; negative.</summary>
    Recovery,

    /// <summary>Less than the least payout, and waits; negative. Positive where a later month pays it.</summary>
    Minimum,
}

/// <param name="Component">Null where the line is of the payout as a whole.</param>
/// <param name="Amount">Exact, in the plan's currency.</param>
/// <param name="Explanation">Null where there is nothing behind the line but its detail; incentives are explained from the rep's year.</param>
public readonly record struct PayLine(PayLineKind Kind, string? Component, decimal Amount, string? Detail = null, LineExplanation? Explanation = null)
{
    public string Name => Component is null ? WireNames.Of(Kind) : $"{WireNames.Of(Kind)} of {Component}";
}

/// <summary>A rep's month on its way from incentives to payout.</summary>
public sealed class PayMonth(FiscalMonth month, PlanPaying? paying, bool begun)
{
    private readonly List<PayLine> _lines = [];

    public FiscalMonth Month => month;

    public PlanPaying? Paying => paying;

    /// <summary>A month that has not begun pays nothing: no guarantee or draw either, and it releases nothing yet.</summary>
    public bool Begun => begun;

    public IReadOnlyList<PayLine> Lines => _lines;

    /// <summary>Exact; the sum of the lines.</summary>
    public decimal Due { get; private set; }

    /// <summary>What is paid, in minor units: the year's payouts to date are rounded once, half to even, and a month is paid the difference.</summary>
    public long DueMinor { get; internal set; }

    /// <summary>What is paid in the rep's own currency; null where the plan says nothing of it, or it could not be converted.</summary>
    public PaidAmount? Paid { get; internal set; }

    /// <summary>Why it could not.</summary>
    public FxRefusal? NotPaid { get; internal set; }

    /// <summary>Owed of draws after the month.</summary>
    public decimal DrawBalance { get; set; }

    /// <summary>Owed until this month, and no more.</summary>
    public decimal Forgiven { get; set; }

    /// <summary>Earned and withheld after the month.</summary>
    public decimal HeldBalance { get; set; }

    /// <summary>Due and not paid out after the month, for it is less than the least payout.</summary>
    public decimal Waiting { get; set; }

    public decimal Sum(PayLineKind kind) => _lines.Where(l => l.Kind == kind).Sum(l => l.Amount);

    public decimal Sum(PayLineKind kind, string component) => _lines.Where(l => l.Kind == kind && l.Component == component).Sum(l => l.Amount);

    /// <summary>What a component adds to the payout, after its own rules.</summary>
    public decimal DueOf(string component) => _lines.Where(l => l.Component == component).Sum(l => l.Amount);

    /// <summary>How one of the lines came about.</summary>
    public ExplainNode Explain(int index)
    {
        var line = _lines[index];
        return line.Explanation is { } explanation
            ? explanation.Explain(line, month, _lines.Take(index)) with { Detail = line.Detail }
            : ExplainNode.Given(line.Name, line.Amount, line.Detail);
    }

    public void Add(PayLine line)
    {
        if (line.Amount != 0m && begun)
        {
            _lines.Add(line);
            Due += line.Amount;
        }
    }
}

/// <summary>
/// From incentives to payouts, over all months of a rep in order of time. Every rule sees what the rules before it made of the months: true-up and
/// hold of components, adjustments, then month by month clawbacks and caps of components and caps on pay, at last guarantee, draw, least payout. Rounded once, at the end.
/// </summary>
public sealed class PayRun
{
    private PayRun(IReadOnlyList<RepYear> years)
    {
        (Years, Deals) = (years, new DealIncentives(years));
        Months = [.. years.SelectMany(y => y.Inputs.Year.Months.Select((m, i) => new PayMonth(m, y.Inputs.Plans[i], i < y.Inputs.Begun)))];
    }

    public IReadOnlyList<RepYear> Years { get; }

    public IReadOnlyList<PayMonth> Months { get; }

    /// <summary>The parts that deals have in the incentives of its months.</summary>
    public DealIncentives Deals { get; }

    public RepProfile Rep => Years[0].Inputs.Rep;

    /// <summary>The rep in a month of the run.</summary>
    internal RepMonth RepIn(int month) => new(Rep, Months[month].Month, Years[0].Inputs.Calendar);

    /// <param name="years">Of one rep, calculated, in order of time, without a year missing between two.</param>
    /// <param name="adjustments">By month number, in the plan's currency.</param>
    /// <param name="spiffCuts">What budgets that reps share leave uncovered: <see cref="SpiffBudgets.Share"/>.</param>
    public static PayRun Calculate(
        IReadOnlyList<RepYear> years, IReadOnlyList<(int Month, decimal Amount, string Reason)>? adjustments = null, IReadOnlyList<SpiffCut>? spiffCuts = null)
    {
        var run = new PayRun(years);
        run.Incentives();
        var components = ComponentPay.Of(run, spiffCuts ?? []);
        foreach (var (month, amount, reason) in adjustments ?? [])
        {
            run.Months.Single(m => m.Month.No == month).Add(new PayLine(PayLineKind.Adjustment, null, amount, reason));
        }
        run.ClawBackAndCut(components);
        foreach (var kind in PayRuleKinds.All)
        {
            foreach (var (rule, first, last) in run.Stretches(m => run.RuleOfSpan(m, kind)))
            {
                rule.Apply(run, first, last);
            }
        }
        run.Round();
        return run;
    }

    /// <summary>The months that follow each other under the same rule.</summary>
    internal IEnumerable<(T Rule, int First, int Last)> Stretches<T>(Func<int, T?> ruleOf)
        where T : class
    {
        for (var first = 0; first < Months.Count;)
        {
            var rule = ruleOf(first);
            var last = first;
            while (last + 1 < Months.Count && Equals(ruleOf(last + 1), rule))
            {
                last++;
            }
            if (rule is not null)
            {
                yield return (rule, first, last);
            }
            first = last + 1;
        }
    }

    /// <summary>The component as the version that pays a month has it.</summary>
    internal ComponentRule? RuleOf(int month, string component) =>
        Months[month].Paying?.Version is { } version && version.Find(component) is >= 0 and var c ? version.Components[c] : null;

    /// <summary>The last month up to one that has the component; null where there is none.</summary>
    internal int? LastOf(int month, string component)
    {
        for (var m = month; m >= 0; m--)
        {
            if (RuleOf(m, component) is not null)
            {
                return m;
            }
        }
        return null;
    }

    /// <summary>The state that pays a month of the run, and the month's number within its year.</summary>
    internal (VersionState State, int Month)? StateOf(int month)
    {
        var (year, m) = At(month);
        return year.Paying(m) is { } state ? (state, m) : null;
    }

    /// <summary>The currency a month is paid in: that of its plan, or of the last plan before it.</summary>
    public Currency CurrencyOf(int month) => PlanOf(month)?.Plan.Currency ?? Currency.Usd;

    /// <summary>The plan that pays a month of the run, or the last one before it.</summary>
    public PlanPaying? PlanOf(int month) => Months.Take(month + 1).LastOrDefault(m => m.Paying is not null)?.Paying;

    /// <summary>How a month's payout is rounded: as the version that pays it says, or the last one before it.</summary>
    internal PayRounding RoundingOf(int month) => PlanOf(month)?.Version.Pay.Rounding ?? PayRounding.Standard;

    internal FiscalYear YearOf(int month) => At(month).Year.Inputs.Year;

    /// <summary>Of one month: the rep's year in equal parts.</summary>
    internal decimal? TargetIncentiveOf(int month) => Rep.TargetIncentive / At(month).Year.Months;

    private (RepYear Year, int Month) At(int month)
    {
        foreach (var year in Years)
        {
            if (month < year.Months)
            {
                return (year, month);
            }
            month -= year.Months;
        }
        throw new ArgumentOutOfRangeException(nameof(month));
    }

    private PayRule? RuleOf(int month, PayRuleKinds.Kind kind) => Months[month].Paying?.Version.Pay.Rules.FirstOrDefault(r => r.Kind == kind.Name);

    /// <summary>A quarter or year that several versions share has one floor: that of the rule of its last month.</summary>
    private PayRuleOfMonths? RuleOfSpan(int month, PayRuleKinds.Kind kind)
    {
        var rule = RuleOf(month, kind) as PayRuleOfMonths;
        for (var m = month + 1; rule is not null && m < Months.Count && Months[m].Month.Span(rule.Span).No == Months[month].Month.Span(rule.Span).No; m++)
        {
            if (RuleOf(m, kind) is not PayRuleOfMonths next || next.Span != rule.Span || !next.Covers(Months[m].Month.Span(rule.Span)) || CurrencyOf(m) != CurrencyOf(month))
            {
                break;
            }
            rule = next;
        }
        return rule;
    }

    private void Incentives()
    {
        var at = 0;
        foreach (var year in Years)
        {
            for (var m = 0; m < year.Months; m++, at++)
            {
                if (year.Paying(m) is not { } state)
                {
                    continue;
                }
                foreach (var c in state.Version.Shown)
                {
                    Months[at].Add(new PayLine(PayLineKind.Incentive, state.Version.Components[c].Id, state.Figures(m, c).Incentive));
                }
            }
        }
    }

    /// <summary>Month by month, for what is clawed back in one depends on what caps have cut in those before it.</summary>
    private void ClawBackAndCut(IReadOnlyList<ComponentPay> components)
    {
        var beside = new DueBeside(Months.Count);
        var onPay = RunningCap.Of(this, null, m => Months[m].Paying?.Version.Pay.Rules.OfType<CapsOnPay>().FirstOrDefault()?.Caps ?? [])
            .Select(cap => (Cap: cap, Shares: new CutShares([.. components.Select(c => c.UnderCap()), beside]))).ToList();
        for (var month = 0; month < Months.Count; month++)
        {
            foreach (var component in components)
            {
                component.ClawBackAndCut(month);
            }
            beside.Add(month, Months[month].Lines.Where(l => l.Component is null).Sum(l => l.Amount));
            foreach (var (cap, shares) in onPay)
            {
                if (cap.Cut(month) is { } cut)
                {
                    shares.Share(cut);
                }
            }
        }
    }

    private void Round()
    {
        var at = 0;
        foreach (var year in Years)
        {
            var toDate = new YearToDate();
            for (var m = 0; m < year.Months; m++, at++)
            {
                // A release or clawback after the last month on a plan is still paid in that plan's currency.
                Months[at].DueMinor = toDate.Pay(Months[at].Due, CurrencyOf(at), RoundingOf(at));
                if (Months[at].DueMinor != 0 && PlanOf(at)?.Version.Pay.Currency is { } own)
                {
                    (Months[at].Paid, Months[at].NotPaid) = own.Pay(Money.FromMinor(Months[at].DueMinor, CurrencyOf(at)), RepIn(at), year.Inputs.FxRates);
                }
            }
        }
    }
}

/// <summary>A year's pay, rounded once: what is due to date is rounded and a month is paid the difference. A plan may round each month by itself instead.</summary>
public struct YearToDate
{
    private decimal _due;
    private long _paid;

    /// <summary>Due to date, exact.</summary>
    public readonly decimal Due => _due;

    /// <summary>What the next month is paid, in minor units, by the rounding that holds without a rule of the plan.</summary>
    public long Pay(decimal due, Currency currency) => Pay(due, currency, PayRounding.Standard);

    /// <summary>What the next month is paid, in minor units.</summary>
    public long Pay(decimal due, Currency currency, PayRounding rounding)
    {
        _due += due;
        var paid = rounding.Each == PayRoundingEach.Month
            ? _paid + new Money(rounding.Apply(due, currency), currency).ToMinor()
            : new Money(rounding.Apply(_due, currency), currency).ToMinor();
        (paid, _paid) = (paid - _paid, paid);
        return paid;
    }
}
