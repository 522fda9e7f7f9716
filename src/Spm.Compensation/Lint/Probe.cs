using Spm.Compensation.Caps;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Lint;

/// <summary>
/// Asks the engine what a component would pay: a rep with a quota of 10,000 a month in each measure (100 where units are counted, which are sold at 100 each), a target incentive
/// and a base salary of 60,000 a year each, hired five years before, with the facts that tests of the document tell, whose other components stand where the question says. Where a component is not for everybody, the rep
/// is made up for whom it is; where it pays deals, all that is credited in a month is one deal, but for one that is moved.
/// </summary>
public sealed partial class Probe
{
    public const decimal MoneyQuota = 10_000m;
    public const decimal CountQuota = 100m;
    public const decimal UnitPrice = MoneyQuota / CountQuota;
    public const decimal TargetIncentive = 60_000m;
    public const decimal BaseSalary = 60_000m;

    /// <summary>About how many questions the rules of lint ask about an edge.</summary>
    private const int QuestionsOfAnEdge = 12;

    /// <summary>About how many years are asked that are no question about an edge: deals that are moved by a month.</summary>
    private const int YearsAsked = 15;

    /// <summary>Whoever is asked for, where nobody else has to be made up.</summary>
    internal static RepProfile Rep { get; } = new("probe") { HiredOn = new DateOnly(1996, 1, 1), TargetIncentive = TargetIncentive, BaseSalary = BaseSalary };

    private static readonly FiscalYear Year = FiscalYearPattern.Gregorian("2001", new DateOnly(2001, 1, 1));

    private readonly RepYear _year;
    private readonly RepYearInputs _inputs;
    private readonly VersionState _state;
    private readonly KnownByTests _known;
    private readonly Dictionary<int, string?> _unasked = [];

    internal Probe(ExaminedVersion examined)
    {
        var (plan, version) = (examined.Plan, examined.Version);
        // A component that counts some days alone is asked as if all were of them.
        var asked = version with { Tallies = [.. version.Tallies.Select(t => t with { Dates = null })] };
        var quotas = version.Measures.SelectMany(m => Year.Months.Select(month => (Key: (m.No, month.Id), Amount: QuotaOf(m))));
        _inputs = new RepYearInputs(
            Year, examined.Rep, [.. Enumerable.Repeat(new PlanPaying(plan, asked), Year.Months.Count)],
            new QuotaBook(quotas.ToDictionary(q => q.Key, q => q.Amount)));
        _year = new RepYear(_inputs);
        (_state, Version, _known) = (_year.States[0], version, examined.Known);
    }

    public VersionRules Version { get; }

    /// <summary>Components of whose incentive a test of the document expects something.</summary>
    internal IReadOnlySet<string> Proven => _known.Proven;

    /// <summary>How many months the year has that is asked.</summary>
    internal static int Months => Year.Months.Count;

    internal static RepMonth In(int month, RepProfile rep) => new(rep, Year.Months[month], null);

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
    public decimal QuotaOf(ComponentRule component) => MonthsOf(component) * QuotaOfMonth(component);

    public decimal QuotaOfMonth(ComponentRule component) => QuotaOf(Version.Measures[Version.Tallies[component.Tally].Measure]);

    /// <summary>What a percent of one unit of the measure is of: its price, where units are counted and the percents are of money of the deal.</summary>
    public decimal PriceOf(ComponentRule component) =>
        component.Earning.RestIsOfAmounts && Version.MeasureOf(component)?.Unit == MeasureUnit.Count ? UnitPrice : 1m;

    /// <summary>The least that more can be credited: a cent, or a whole unit.</summary>
    public decimal StepOf(int component) => Version.MeasureOf(Version.Components[component])?.Unit == MeasureUnit.Count ? 1m : 0.01m;

    /// <summary>The least that something grows by; of others a hundredth of a percent of their quotas, or a percent where one of them counts units.</summary>
    public decimal StepOf(int component, Growth growth) =>
        growth != Growth.Others ? StepOf(component) : Needed(component).Any(c => Version.MeasureOf(c)?.Unit == MeasureUnit.Count) ? 1m : 0.01m;

    /// <summary>Where reps are expected to stand.</summary>
    public decimal ExpectedOf(int component, Growth growth) => growth switch
    {
        Growth.Alone => QuotaOf(Version.Components[component]),
        Growth.Others => 100m,
        _ => QuotaOfMonth(Version.Components[component]),
    };

    /// <summary>How many attainment periods of a component a cap goes over; 1 where the period is the longer one, for all is credited in one month.</summary>
    public static int PeriodsIn(CapRule cap, ComponentRule component) => Math.Max(1, MonthsOf(cap.Span()) / MonthsOf(component));

    /// <summary>Where a component pays so much; null where it does not even at ten times the quota and the last edge.</summary>
    public decimal? CreditedFor(int component, decimal pay) => First(component, at => Pay(component, 100m, at) >= pay);

    /// <summary>
    /// From where on a cap of a component cuts, when each attainment period of its span has as much; null where it does not even at ten times the quota and the
    /// last edge, as one that others leave nothing to.
    /// </summary>
    public decimal? CutFrom(int component, CapRule cap)
    {
        var rule = Version.Components[component];
        CapRule[] others = [.. rule.Pay.Caps.Where(c => c != cap)];
        decimal[] Each(decimal at) => [.. Enumerable.Repeat(at, PeriodsIn(cap, rule))];
        // What is paid there whole is where it begins, and the next step is cut.
        return First(component, at => PayUnder(others, component, Each(at)) > Pay(component, 100m, Each(at))) is not { } cut ? null
            : Math.Max(0m, cut - StepOf(component)) is var whole && Pay(component, 100m, Each(whole)) == Pay(component, 100m, Each(cut)) ? whole : cut;
    }

    /// <summary>The same when each month of a year has as much: what other caps leave of one month may never come up to a cap that more months do.</summary>
    public decimal? CutInEachMonthFrom(int component, CapRule cap)
    {
        CapRule[] others = [.. Version.Components[component].Pay.Caps.Where(c => c != cap)];
        decimal? Year(decimal at, IReadOnlyList<CapRule>? caps) => PayOfYear(component, [.. Enumerable.Repeat(at, Months)], Months - 1, 0m, caps);
        return First(component, at => Year(at, others) > Year(at, null)) - StepOf(component);
    }

    /// <summary>The least that is credited of which something holds that holds of whatever is more.</summary>
    private decimal? First(int component, Func<decimal, bool> holds)
    {
        var (edges, step) = (Edges(component), StepOf(component));
        var (low, high) = (0m, decimal.Ceiling(10m * Math.Max(QuotaOf(Version.Components[component]), edges.Count == 0 ? 0m : edges[^1]) / step));
        if (!holds(high * step))
        {
            return null;
        }
        while (high - low > 1m)
        {
            var middle = decimal.Floor((low + high) / 2m);
            (low, high) = holds(middle * step) ? (low, middle) : (middle, high);
        }
        return IsOutOfSteps ? null : high * step;
    }

    public static int MonthsOf(ComponentRule component) => MonthsOf(component.AttainmentPeriod);

    public static int MonthsOf(PeriodKind span) => span switch { PeriodKind.Month => 1, PeriodKind.Quarter => 3, PeriodKind.HalfYear => 6, _ => 12 };

    /// <summary>
    /// The points at which something of the component changes, in rising order. Where there are more than may be asked for, those nearest to where reps are.
    /// </summary>
    public IReadOnlyList<decimal> Edges(int component, Growth growth = Growth.Alone)
    {
        Ask(component);
        if (_edges.TryGetValue(growth, out var known))
        {
            return known;
        }
        var edges = EdgesOf(component, growth);
        var expected = ExpectedOf(component, growth);
        if (growth == Growth.Alone)
        {
            var reserve = Math.Min(Steps / 4, YearsAsked * StepsOf(0, Months - 1));
            var most = (int)Math.Min(edges.Count, (Steps - reserve) / (QuestionsOfAnEdge * StepsOf(0, 0)));
            EdgesLeftOut = edges.Count - most;
            edges = EdgesLeftOut == 0 ? edges : [.. edges.OrderBy(e => Math.Abs(e - expected)).Take(most).Order()];
        }
        _edges.Add(growth, edges);
        return edges;
    }

    /// <summary>What a figure of a component comes to when so much of something has grown; null where it is not known.</summary>
    internal decimal? FigureAt(int component, Growth growth, decimal at, Func<PeriodContext, decimal?> figure)
    {
        var isPaid = Asked(component, growth, at) is not null;
        return isPaid || !_failed ? Known(figure, _state.At(LastMonthOf(component, growth), component)) : null;
    }

    /// <summary>What an amount comes to where so much is credited; null where it is not known.</summary>
    internal decimal? AmountAt(int component, RepAmount amount, decimal credited) => amount.Fixed ?? FigureAt(component, Growth.Alone, credited, amount.IfKnown);

    /// <summary>The rep that a component is asked for; null where none could be made up whom it takes.</summary>
    internal RepProfile? RepOf(ComponentRule rule) => EligibleRep.For(rule.Eligibility?.Tree, rep => rule.Eligibility!.Truth(In(0, rep)), _inputs.Rep);

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
        if (RepOf(rule) is null)
        {
            return $"no rep could be made up for whom \"{rule.Eligibility!.Text}\" holds";
        }
        var quota = QuotaOf(rule);
        // A multiplier without a percent at quota has one elsewhere.
        if (Asked(component, Growth.Alone, quota) is null && (_failed || _state.Figures(MonthsOf(rule) - 1, component).Standstill != Standstill.MultiplierOutsideTiers))
        {
            return IsOutOfSteps ? "in a plan so large it takes too much to be worked out again and again" : $"it stands still: {WireNames.Of(_state.Figures(MonthsOf(rule) - 1, component).Standstill)}";
        }
        return rule.Earning.PerDeal && _state.Figures(MonthsOf(rule) - 1, component).Month != quota ? "its measure does not count a plain deal as it is" : null;
    }

    private List<decimal> EdgesOf(int c, Growth growth)
    {
        var component = Version.Components[c];
        var breakpoints = Breakpoints.Of(component, QuotaOf(component)).ToList();
        SortedSet<decimal> edges = growth == Growth.Alone ? [.. breakpoints.Select(b => b.Alone).OfType<decimal>()] : [];
        if ((growth == Growth.Alone ? breakpoints.Where(b => b.Alone is null) : breakpoints).ToList() is { Count: > 0 } sought)
        {
            edges.UnionWith(Crossed(c, growth, sought, edges.Count == 0 ? 0m : edges.Max));
        }
        // Half a unit is not sold: what begins at it begins at the next whole one.
        var step = StepOf(c, growth);
        return [.. edges.Where(e => e > 0m).Select(e => decimal.Ceiling(e / step) * step).Distinct()];
    }

    private IReadOnlyList<decimal> Crossed(int c, Growth growth, List<Breakpoint> sought, decimal last)
    {
        var (expected, steps) = (ExpectedOf(c, growth), Formula.Of(Version.Components[c]).Sum(f => (long)f.Tree.Steps));
        // At least half of what is left is for asking what is paid at the edges.
        var least = Steps / 2;
        IReadOnlyList<decimal?>? Figures(decimal at)
        {
            if (Steps - steps < least)
            {
                IsCutShort = true;
                return null;
            }
            Steps -= steps;
            if (Asked(c, growth, at) is null && _failed)
            {
                return new decimal?[sought.Count];
            }
            var period = _state.At(LastMonthOf(c, growth), c);
            return [.. sought.Select(b => Known(b.Beyond, period))];
        }
        // A month may have to outweigh all others of its year.
        var times = growth is Growth.AfterMonths or Growth.EachMonth ? 3m * Months : 10m;
        return Crossings.Find(Figures, StepOf(c, growth), expected, times * Math.Max(expected, last), growth == Growth.EachMonth ? 4 : 16);
    }

    /// <summary>So far away that nothing can be calculated there, nothing changes that anybody meets.</summary>
    private static decimal? Known(Func<PeriodContext, decimal?> figure, PeriodContext period)
    {
        try
        {
            return figure(period);
        }
        catch (Exception beyond) when (beyond is OverflowException or Expressions.ExpressionException)
        {
            return null;
        }
    }

    internal static decimal QuotaOf(MeasureRule measure) => measure.Unit == MeasureUnit.Money ? MoneyQuota : CountQuota;
}
