using Spm.Compensation.Attainment;
using Spm.Compensation.Fx;
using Spm.Compensation.Groups;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Engine;

/// <summary>The plan a rep is on in a month, and the version that pays it.</summary>
public sealed record PlanPaying(PlanRules Plan, VersionRules Version)
{
    /// <summary>Null when the rep is not employed in the month, the plan has no version by then, or the version is not for the rep.</summary>
    /// <param name="calendar">That service is counted in; null: calendar months.</param>
    public static PlanPaying? Of(PlanRules plan, RepProfile rep, FiscalMonth month, FiscalCalendar? calendar = null) =>
        Employment.OnPlan(rep, month.Period) && plan.VersionAt(month.Period.From) is { } version && version.Eligibility?.Truth(new RepMonth(rep, month, calendar)) != false
            ? new PlanPaying(plan, version)
            : null;

    /// <summary>
    /// The plan assigned on the month's last day, else the last one assigned within the month: who leaves or changes plan during a month is paid
    /// for it under the plan they were on last.
    /// </summary>
    public static PlanPaying? In(FiscalMonth month, Timeline<PlanRules> plans, RepProfile rep, FiscalCalendar? calendar = null)
    {
        PlanRules? found = null;
        foreach (var entry in plans.Entries)
        {
            if (entry.Range.Overlaps(new DateRange(month.Period.From, month.Period.To)))
            {
                found = entry.Value;
            }
        }
        return found is null ? null : Of(found, rep, month, calendar);
    }
}

/// <summary>Everything a rep's incentives of a fiscal year depend on, but the credits. No clock.</summary>
/// <param name="Plans">For each month of the year; null where the rep is on none.</param>
public sealed record RepYearInputs(FiscalYear Year, RepProfile Rep, IReadOnlyList<PlanPaying?> Plans, QuotaBook Quotas)
{
    /// <summary>How many months have begun, from the first on; all by default. A month that has not begun pays nothing and takes nothing back.</summary>
    public int Begun { get; init; } = Year.Months.Count;

    /// <summary>Keeps every credit, to say what each deal earns; without it only where a rule looks at deals.</summary>
    public bool KeepsDeals { get; init; }

    /// <summary>Quotas set anew within their period.</summary>
    public IReadOnlyList<DatedQuota> DatedQuotas { get; init; } = [];

    /// <summary>The company's calendar, from which months of service are counted across years; by default the year alone.</summary>
    public FiscalCalendar? Calendar { get; init; }

    public FxRates FxRates { get; init; } = FxRates.None;

    /// <summary>By month, where manager and territory may change; null: as the profile has them.</summary>
    public IReadOnlyList<RepPlace>? Places { get; init; }

    /// <summary>The rep as groups see it in a month.</summary>
    public RepProfile RepIn(int month) => Places is { } places ? Rep with { Manager = places[month].Manager, Territory = places[month].Territory } : Rep;
}

/// <summary>A credit that is left out of every figure, and why: <c>fx_rate_missing</c>, <c>fx_amount_out_of_range</c>.</summary>
public readonly record struct LeftOut(string Transaction, string Code, string Detail);

/// <summary>
/// A rep's incentives of one fiscal year, kept up to date credit by credit: whatever the order and the batches in which credits arrive, the
/// figures are those of all credits at once, because they are functions of sums. Not safe for two threads at once.
/// </summary>
/// <remarks>A new credit costs the months from its own on, nothing before it; once all versions have been met, adding one allocates nothing.</remarks>
public sealed class RepYear
{
    private static readonly int Kinds = Enum.GetValues<PeriodKind>().Length;

    private readonly int[] _first;
    private readonly int[] _length;
    private readonly int[] _starts;
    private readonly VersionState?[] _states;
    private readonly CreditContext _credit;

    public RepYear(RepYearInputs inputs)
    {
        Inputs = inputs;
        Months = inputs.Year.Months.Count;
        if (inputs.Plans.Count != Months)
        {
            throw new ArgumentException($"{inputs.Plans.Count} plans are given for {Months} months.", nameof(inputs));
        }
        (_first, _length) = Spans(inputs.Year);
        _starts = [.. inputs.Year.Months.Select(m => m.Period.From.DayNumber), inputs.Year.Months[^1].Period.To.DayNumber];
        _credit = new CreditContext(this);
        _states = new VersionState?[Months];
        for (var m = 0; m < Months; m++)
        {
            if (inputs.Plans[m] is { } plan)
            {
                _states[m] = _states.FirstOrDefault(s => s is not null && ReferenceEquals(s.Version, plan.Version) && s.Plan.Id == plan.Plan.Id)
                    ?? new VersionState(this, plan.Plan, plan.Version);
            }
        }
        States = [.. _states.OfType<VersionState>().Distinct()];
    }

    public RepYearInputs Inputs { get; private set; }

    public int Months { get; }

    /// <summary>One for each version that pays a month of the year.</summary>
    public IReadOnlyList<VersionState> States { get; }

    /// <summary>The version's state that pays a month; null where the rep is on no plan.</summary>
    public VersionState? Paying(int month) => _states[month];

    /// <summary>
    /// Begins anew for another rep of the same year and plans, without any credit: whoever calculates many reps needs but one of these for each thread.
    /// </summary>
    public void Restart(RepYearInputs inputs)
    {
        if (!ReferenceEquals(inputs.Year, Inputs.Year) || !(ReferenceEquals(inputs.Plans, Inputs.Plans) || inputs.Plans.SequenceEqual(Inputs.Plans)) || inputs.KeepsDeals != Inputs.KeepsDeals)
        {
            throw new ArgumentException("Another year or other plans need a state of their own.", nameof(inputs));
        }
        Inputs = inputs;
        for (var s = 0; s < States.Count; s++)
        {
            States[s].Restart();
        }
    }

    /// <summary>
    /// Adds a credit. False when its day lies in no month of the year: it is not of this year. Give it all the same where rules look at deals, for
    /// what is sold in one year may be refunded, paid or cancelled in another.
    /// </summary>
    public bool Add(CreditLine line) => Apply(line, 1);

    /// <summary>Adds all credits, or where only sums are known those of every month.</summary>
    /// <param name="credits">Null: take the sums.</param>
    public void Fill(IEnumerable<CreditLine>? credits, Measurements measurements)
    {
        foreach (var line in credits ?? [])
        {
            Add(line);
        }
        for (var m = 0; credits is null && m < Months; m++)
        {
            Measure(m, measurements);
        }
    }

    /// <summary>Takes away a credit that was added: what remains is as if it had never been there.</summary>
    public bool Remove(CreditLine line) => Apply(line, -1);

    /// <summary>
    /// Takes the credited sums of a month as they are kept elsewhere, in the place of its credits. Only where all versions need sums alone
    /// (<see cref="VersionRules.NeedsOnlySums"/>).
    /// </summary>
    /// <param name="month">Counted from 0.</param>
    public void Measure(int month, Measurements measurements)
    {
        for (var s = 0; s < States.Count; s++)
        {
            States[s].Measure(month, measurements);
        }
    }

    /// <summary>Credits that could not be brought into the currency of the plan that pays their month.</summary>
    public IEnumerable<LeftOut> LeftOut => States.SelectMany(s => s.LeftOut).Distinct();

    /// <summary>Brings every month's figures up to date.</summary>
    public void Calculate()
    {
        for (var m = Months - 1; m >= 0; m--)
        {
            _states[m]?.CalculateThrough(m);
        }
    }

    /// <summary>The month of a day, counted from 0; -1 outside the year.</summary>
    public int MonthOf(DateOnly day)
    {
        var no = day.DayNumber;
        if (no < _starts[0] || no >= _starts[Months])
        {
            return -1;
        }
        // Months are of about the same length: the first guess is the month or one beside it.
        var month = (no - _starts[0]) * Months / (_starts[Months] - _starts[0]);
        while (no < _starts[month])
        {
            month--;
        }
        while (no >= _starts[month + 1])
        {
            month++;
        }
        return month;
    }

    public int FirstOf(int month, PeriodKind span) => _first[(month * Kinds) + (int)span];

    public int LengthOf(int month, PeriodKind span) => _length[(month * Kinds) + (int)span];

    private bool Apply(CreditLine line, int sign)
    {
        var month = MonthOf(line.Date);
        var isOfYear = month >= 0;
        if (!isOfYear)
        {
            month = line.Date < Inputs.Year.Period.From ? DealBook.Earlier : Months;
        }
        _credit.Line = line;
        for (var s = 0; s < States.Count; s++)
        {
            if (isOfYear || States[s].Deals.IsKept)
            {
                States[s].Add(_credit, month, sign);
            }
        }
        return isOfYear;
    }

    private static (int[] First, int[] Length) Spans(FiscalYear year)
    {
        var (first, length) = (new int[year.Months.Count * Kinds], new int[year.Months.Count * Kinds]);
        for (var m = 0; m < year.Months.Count; m++)
        {
            foreach (var kind in Enum.GetValues<PeriodKind>())
            {
                var no = year.Months[m].Span(kind).No;
                var start = m > 0 && year.Months[m - 1].Span(kind).No == no ? first[((m - 1) * Kinds) + (int)kind] : m;
                first[(m * Kinds) + (int)kind] = start;
                length[(m * Kinds) + (int)kind] = year.Months.Count(other => other.Span(kind).No == no);
            }
        }
        return (first, length);
    }
}
