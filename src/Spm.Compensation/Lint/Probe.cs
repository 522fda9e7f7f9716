using Spm.Compensation.Bounds;
using Spm.Compensation.Caps;
using Spm.Compensation.Crediting;
using Spm.Compensation.Documents;
using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;
using Spm.Compensation.RateTables;
using Spm.Compensation.Stages;

namespace Spm.Compensation.Lint;

/// <summary>
/// Asks the engine what a component would pay: a rep with a quota of 10,000 a month in each measure (100 where units are counted), a target incentive
/// and a base salary of 60,000 a year each, employed all year, whose other components stand where the question says. Where a component is not for everybody, the rep
/// is made up for whom it is; where it pays deals, all that is credited is one deal.
/// </summary>
public sealed class Probe
{
    public const decimal MoneyQuota = 10_000m;
    public const decimal CountQuota = 100m;
    public const decimal TargetIncentive = 60_000m;
    public const decimal BaseSalary = 60_000m;

    /// <summary>About how many questions the rules of lint ask about an edge.</summary>
    private const int QuestionsOfAnEdge = 12;

    /// <summary>What a question takes beside the months that are calculated.</summary>
    private const int StepsOfAQuestion = 30;

    private static readonly FiscalYear Year = FiscalYearPattern.Gregorian("2001", new DateOnly(2001, 1, 1));

    private readonly RepYear _year;
    private readonly RepYearInputs _inputs;
    private readonly VersionState _state;
    private readonly Dictionary<int, string?> _unasked = [];
    private readonly Dictionary<(decimal OthersAt, decimal Credited), decimal?> _paid = [];

    // The component that is being asked, those that have to be calculated for it, and what is known of it.
    private int _asked = -1;
    private int[] _needed = [];
    private long _stepsOfMonth;
    private IReadOnlyList<decimal>? _edges;

    // Months before this one have the figures of a year without credits: nothing that is asked changes them.
    private int _untouched;

    internal Probe(PlanRules plan, VersionRules version)
    {
        var quotas = version.Measures.SelectMany(m => Year.Months.Select(month => (Key: (m.No, month.Id), Amount: QuotaOf(m))));
        _inputs = new RepYearInputs(
            Year, new RepProfile("probe") { TargetIncentive = TargetIncentive, BaseSalary = BaseSalary }, [.. Enumerable.Repeat(new PlanPaying(plan, version), Year.Months.Count)],
            new QuotaBook(quotas.ToDictionary(q => q.Key, q => q.Amount)));
        _year = new RepYear(_inputs);
        (_state, Version) = (_year.States[0], version);
    }

    public VersionRules Version { get; }

    /// <summary>Components of whose incentive a test of the document expects something.</summary>
    internal IReadOnlySet<string> Proven { get; init; } = new HashSet<string>();

    /// <summary>What may still be worked out for the component that is being asked. Nothing is asked beyond it.</summary>
    internal long Steps { get; set; } = long.MaxValue;

    /// <summary>Whether something was not asked because it would have taken more than that.</summary>
    internal bool IsOutOfSteps { get; private set; }

    /// <summary>How many edges were left out for the same reason: those farthest from the quota.</summary>
    internal int EdgesLeftOut { get; private set; }

    /// <summary>Whether a component can be asked at all: <see cref="WhyNot"/> says what stands in the way.</summary>
    public bool CanAsk(int component) => WhyNot(component) is null;

    /// <summary>Why a component cannot be asked; null where it can.</summary>
    public string? WhyNot(int component)
    {
        if (!_unasked.TryGetValue(component, out var why))
        {
            _unasked.Add(component, why = Obstacle(component));
        }
        return why;
    }

    /// <summary>Of the attainment period, in units of the measure.</summary>
    public decimal QuotaOf(ComponentRule component) => MonthsOf(component) * QuotaOf(Version.Measures[Version.Tallies[component.Tally].Measure]);

    /// <summary>The least that more can be credited: a cent, or a whole unit.</summary>
    public decimal StepOf(int component) => Version.MeasureOf(Version.Components[component])?.Unit == MeasureUnit.Count ? 1m : 0.01m;

    /// <summary>How many attainment periods of a component a cap goes over; 1 where the period is the longer one, for all is credited in one month.</summary>
    public static decimal PeriodsIn(CapSpan span, ComponentRule component)
    {
        var months = span switch { CapSpan.Quarter => 3, CapSpan.HalfYear => 6, CapSpan.Year => 12, _ => 1 };
        return Math.Max(1m, (decimal)months / MonthsOf(component));
    }

    /// <summary>About where a component pays so much; null where it does not even at ten times the quota and the last edge.</summary>
    public decimal? CreditedFor(int component, decimal pay)
    {
        var edges = Edges(component);
        var (low, high) = (0m, 10m * Math.Max(QuotaOf(Version.Components[component]), edges.Count == 0 ? 0m : edges[^1]));
        if (!(Pay(component, 100m, high) >= pay))
        {
            return null;
        }
        while (high - low > 0.001m)
        {
            var middle = (low + high) / 2m;
            (low, high) = Pay(component, 100m, middle) >= pay ? (low, middle) : (middle, high);
        }
        return IsOutOfSteps ? null : decimal.Round(high, 2);
    }

    public static int MonthsOf(ComponentRule component) => MonthsOf(component.AttainmentPeriod);

    public static int MonthsOf(PeriodKind span) => span switch { PeriodKind.Month => 1, PeriodKind.Quarter => 3, PeriodKind.HalfYear => 6, _ => 12 };

    /// <summary>What a component pays in sum, when so much is credited in the last month of each of the first attainment periods.</summary>
    /// <param name="othersAt">Percent of quota that every other component attains in these months.</param>
    /// <returns>Null where it stands still for want of something, or it may not be asked any more.</returns>
    public decimal? Pay(int component, decimal othersAt, params ReadOnlySpan<decimal> credited)
    {
        Ask(component);
        var months = MonthsOf(Version.Components[component]);
        if (credited.Length > 1)
        {
            return Asked(component, othersAt, months - 1, months, credited);
        }
        // Several rules ask for the same point.
        if (!_paid.TryGetValue((othersAt, credited[0]), out var paid))
        {
            _paid.Add((othersAt, credited[0]), paid = Asked(component, othersAt, months - 1, months, credited));
        }
        return paid;
    }

    /// <summary>
    /// What a component pays in sum for an attainment period in whose last two measurement periods so much is credited, and nothing before; the measurement
    /// period is the shorter one.
    /// </summary>
    /// <returns>Null where it stands still for want of something.</returns>
    public decimal? PayWithin(int component, decimal first, decimal second)
    {
        Ask(component);
        var rule = Version.Components[component];
        var months = MonthsOf(rule.MeasurementPeriod);
        return Asked(component, 100m, MonthsOf(rule) - 1 - months, months, [first, second]);
    }

    /// <summary>
    /// The credited amounts at which something of the component changes, in rising order, in units of the measure. Where there are more than may be asked
    /// for, those nearest to the quota: that is where reps are.
    /// </summary>
    public IReadOnlyList<decimal> Edges(int component)
    {
        Ask(component);
        if (_edges is not null)
        {
            return _edges;
        }
        var edges = EdgesOf(component);
        var most = (int)Math.Min(edges.Count, Steps / (QuestionsOfAnEdge * (StepsOfAQuestion + _stepsOfMonth)));
        EdgesLeftOut = edges.Count - most;
        var quota = QuotaOf(Version.Components[component]);
        return _edges = EdgesLeftOut == 0 ? edges : [.. edges.OrderBy(e => Math.Abs(e - quota)).Take(most).Order()];
    }

    /// <summary>Turns to a component: of the others only those are calculated that it asks for, themselves and through others.</summary>
    private void Ask(int component)
    {
        if (component == _asked)
        {
            return;
        }
        (_asked, _edges, _untouched, IsOutOfSteps, EdgesLeftOut) = (component, null, 0, false, 0);
        _paid.Clear();
        var needed = new HashSet<int>();
        void Need(int c)
        {
            foreach (var other in needed.Add(c) ? Version.Components[c].Asks : new HashSet<string>())
            {
                Need(Version.Find(other));
            }
        }
        Need(component);
        _needed = [.. needed.Order()];
        _stepsOfMonth = _needed.Sum(c => Effort.OfMonth(Version.Components[c], deals: 1));
        var rep = Rep(Version.Components[component]) ?? _inputs.Rep;
        if (rep != _year.Inputs.Rep)
        {
            _year.Restart(_inputs with { Rep = rep });
        }
    }

    /// <summary>What is paid up to the last of some months, of which the first is given and the others follow by steps, when so much is credited in each.</summary>
    private decimal? Asked(int component, decimal othersAt, int firstMonth, int months, ReadOnlySpan<decimal> credited)
    {
        var rule = Version.Components[component];
        var (from, last) = (Math.Min(_untouched, firstMonth), firstMonth + ((credited.Length - 1) * months));
        var steps = StepsOfAQuestion + ((last + 1 - from) * _stepsOfMonth);
        if (steps > Steps)
        {
            IsOutOfSteps = true;
            return null;
        }
        Steps -= steps;
        _untouched = from;
        _state.Clear();
        for (var span = 0; span < credited.Length && rule.Earning.PerDeal; span++)
        {
            _year.Add(Deal(rule, Year.Months[firstMonth + (span * months)], credited[span]));
        }
        foreach (var t in _needed.Select(c => Version.Components[c].Tally).Where(t => t >= 0 && t != rule.Tally))
        {
            for (var span = 0; span < credited.Length; span++)
            {
                _state.Set(t, firstMonth + (span * months), months * QuotaOf(Version.Measures[Version.Tallies[t].Measure]) * othersAt / 100m);
            }
        }
        for (var span = 0; span < credited.Length && !rule.Earning.PerDeal; span++)
        {
            _state.Set(rule.Tally, firstMonth + (span * months), credited[span]);
        }
        _state.Calculate(from, last, _needed);
        _untouched = firstMonth;
        var paid = 0m;
        for (var m = 0; m <= last; m++)
        {
            ref readonly var figures = ref _state.Figures(m, component);
            if (figures.Standstill != Standstill.None && m == last)
            {
                return null;
            }
            paid += figures.Incentive;
        }
        return paid;
    }

    private List<decimal> EdgesOf(int c)
    {
        var component = Version.Components[c];
        var quota = QuotaOf(component);
        SortedSet<decimal> edges = [];
        // Bounds that are worked out stand where they stand when the quota is attained.
        Asked(c, 100m, MonthsOf(component) - 1, 1, [quota]);
        var period = _state.At(MonthsOf(component) - 1, c);
        void Add(Bound? bound, decimal times)
        {
            if (bound?.Of(period) is { } at)
            {
                edges.Add(at * times);
            }
        }
        if (RatesOf(component)?.At(period) is { } table)
        {
            edges.UnionWith(table.Tiers.Select(t => table.On == RateBasis.Attainment ? t.From * quota / 100m : t.From));
        }
        edges.UnionWith(Constants.Of(component).Select(k => Constants.Credited(k.Figure, k.At, quota)).OfType<decimal>());
        foreach (var stage in component.Stages)
        {
            Add((stage as ThresholdStage)?.Threshold.At ?? (stage as KickerStage)?.Kicker.At, quota / 100m);
            Add((stage as KickerStage)?.Kicker.AtAmount, 1m);
        }
        Add(component.AttainmentCap, quota / 100m);
        return [.. edges.Where(e => e > 0m)];
    }

    private static Rates? RatesOf(ComponentRule component) => component.Earning switch
    {
        TableEarning table => table.Table,
        DealTableEarning table => table.Table,
        PlacedDealEarning table => table.Table,
        _ => null,
    };

    private RepProfile? Rep(ComponentRule rule) => EligibleRep.For(rule.Eligibility?.Tree, rep => rule.Eligibility!.Truth(new RepMonth(rep, Year.Months[0])), _inputs.Rep);

    private string? Obstacle(int component)
    {
        var rule = Version.Components[component];
        if (rule.Tally < 0)
        {
            return "it counts no credits of its own";
        }
        if (rule.UsesGroups)
        {
            return "it depends on what other reps do";
        }
        if (Rep(rule) is null)
        {
            return $"no rep could be made up for whom \"{rule.Eligibility!.Text}\" holds";
        }
        var quota = QuotaOf(rule);
        Ask(component);
        if (Asked(component, 100m, MonthsOf(rule) - 1, 1, [quota]) is null)
        {
            return IsOutOfSteps ? "in a plan so large it takes too much to be worked out again and again" : $"it stands still: {WireNames.Of(_state.Figures(MonthsOf(rule) - 1, component).Standstill)}";
        }
        return rule.Earning.PerDeal && _state.Figures(MonthsOf(rule) - 1, component).Month != quota ? "its measure does not count a plain deal as it is" : null;
    }

    /// <summary>All that is credited in a month, as one deal without any fact.</summary>
    private CreditLine Deal(ComponentRule rule, FiscalMonth month, decimal credited)
    {
        var tally = Version.Tallies[rule.Tally];
        var measure = Version.Measures[tally.Measure];
        return new CreditLine
        {
            Transaction = $"deal of {month.Id}",
            Date = month.Period.From,
            Kind = measure.Kinds is null || measure.Kinds.Contains("order") ? "order" : measure.Kinds.Order(StringComparer.Ordinal).First(),
            Credit = Enum.GetValues<CreditSources>().First(c => c != CreditSources.None && (tally.Credits & c) != 0),
            Amount = credited,
            Margin = credited,
            Quantity = measure.Unit == MeasureUnit.Count ? credited : 1m,
        };
    }

    private static decimal QuotaOf(MeasureRule measure) => measure.Unit == MeasureUnit.Money ? MoneyQuota : CountQuota;
}
