using Spm.Compensation.Crediting;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;

namespace Spm.Compensation.Lint;

/// <summary>One question after the other: each changes some months of the year, and those before them keep their figures.</summary>
public sealed partial class Probe
{
    /// <summary>What a question takes beside the months that are calculated.</summary>
    private const int StepsOfAQuestion = 30;

    private readonly Dictionary<(decimal OthersAt, decimal Credited), decimal?> _paid = [];
    private readonly Dictionary<Growth, IReadOnlyList<decimal>> _edges = [];

    // The year as it was asked last: what is credited, what the others attain in percent of a month's quota, and how many months have figures.
    private readonly decimal[] _own = new decimal[Months];
    private readonly decimal[] _others = new decimal[Months];
    private int _calculated;

    // A deal of a month that is none with what else is credited there.
    private (int Month, decimal Amount)? _apart;

    // The component that is being asked, and those that have to be calculated for it.
    private int _asked = -1;
    private int[] _needed = [];
    private bool _failed;

    /// <summary>What may still be worked out for the component that is being asked. Nothing is asked beyond it.</summary>
    internal long Steps { get; set; } = long.MaxValue;

    /// <summary>Whether something was not asked because it would have taken more than that.</summary>
    internal bool IsOutOfSteps { get; private set; }

    /// <summary>Whether edges were not looked for to the end for the same reason.</summary>
    internal bool IsCutShort { get; private set; }

    /// <summary>How many edges were left out for the same reason: those farthest from the quota.</summary>
    internal int EdgesLeftOut { get; private set; }

    /// <summary>A component, and those whose figures it asks for, themselves and through others.</summary>
    internal IEnumerable<ComponentRule> Needed(int component)
    {
        Ask(component);
        return _needed.Select(c => Version.Components[c]);
    }

    internal bool AsksOthers(int component) => Needed(component).Skip(1).Any();

    /// <summary>What a component pays in sum, when so much is credited in the last month of each of the first attainment periods.</summary>
    /// <param name="othersAt">Percent of quota that every other component attains in these months.</param>
    /// <returns>Null where it stands still for want of something, or it may not be asked any more.</returns>
    public decimal? Pay(int component, decimal othersAt, params ReadOnlySpan<decimal> credited)
    {
        Ask(component);
        // Several rules ask for the same point.
        if (credited.Length == 1 && _paid.TryGetValue((othersAt, credited[0]), out var paid))
        {
            return paid;
        }
        var months = MonthsOf(Version.Components[component]);
        paid = Asked(component, othersAt, months - 1, months, credited);
        if (credited.Length == 1)
        {
            _paid.Add((othersAt, credited[0]), paid);
        }
        return paid;
    }

    /// <summary>What a component pays in sum until so much of something has grown.</summary>
    /// <returns>Null where it stands still for want of something, or it may not be asked any more.</returns>
    public decimal? Pay(int component, Growth growth, decimal at) => growth switch
    {
        Growth.Alone => Pay(component, 100m, at),
        Growth.Others => Pay(component, at, QuotaOf(Version.Components[component])),
        _ => Asked(component, growth, at),
    };

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

    /// <summary>What a component pays in a year in whose months so much is credited and one deal besides, while the others stand at their quotas.</summary>
    public decimal? PayOfYear(int component, ReadOnlySpan<decimal> credited, int month, decimal deal)
    {
        Ask(component);
        Span<decimal> own = stackalloc decimal[Months], others = stackalloc decimal[Months];
        credited.CopyTo(own);
        own[month] += deal;
        others.Fill(100m);
        (_apart, _calculated) = ((month, deal), Math.Min(_calculated, month));
        var paid = Asked(component, Months - 1, own, others);
        (_apart, _calculated) = (null, Math.Min(_calculated, month));
        return paid;
    }

    /// <summary>Turns to a component: of the others only those are calculated that it asks for.</summary>
    private void Ask(int component)
    {
        if (component == _asked)
        {
            return;
        }
        (_asked, _calculated, IsOutOfSteps, IsCutShort, EdgesLeftOut) = (component, 0, false, false, 0);
        _edges.Clear();
        _paid.Clear();
        Array.Clear(_own);
        Array.Clear(_others);
        _state.Clear();
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
        var rep = Rep(Version.Components[component]) ?? _inputs.Rep;
        if (rep != _year.Inputs.Rep)
        {
            _year.Restart(_inputs with { Rep = rep });
        }
    }

    private int LastMonthOf(int component, Growth growth) => growth is Growth.AfterMonths or Growth.EachMonth ? Months - 1 : MonthsOf(Version.Components[component]) - 1;

    private decimal? Asked(int component, Growth growth, decimal at)
    {
        Ask(component);
        var rule = Version.Components[component];
        var last = LastMonthOf(component, growth);
        Span<decimal> own = stackalloc decimal[Months], others = stackalloc decimal[Months];
        if (growth is Growth.AfterMonths or Growth.EachMonth)
        {
            own.Fill(growth == Growth.EachMonth ? at : QuotaOfMonth(rule));
            others.Fill(100m);
        }
        own[last] = growth == Growth.Others ? QuotaOf(rule) : at;
        others[last] = growth switch { Growth.Alone => 100m * MonthsOf(rule), Growth.Others => at * MonthsOf(rule), _ => 100m };
        return Asked(component, last, own, others);
    }

    /// <summary>What is paid up to the last of some months, of which the first is given and the others follow by steps, when so much is credited in each.</summary>
    private decimal? Asked(int component, decimal othersAt, int firstMonth, int months, ReadOnlySpan<decimal> credited)
    {
        Span<decimal> own = stackalloc decimal[Months], others = stackalloc decimal[Months];
        for (var span = 0; span < credited.Length; span++)
        {
            (own[firstMonth + (span * months)], others[firstMonth + (span * months)]) = (credited[span], othersAt * months);
        }
        return Asked(component, firstMonth + ((credited.Length - 1) * months), own, others);
    }

    /// <summary>What is paid up to a month, that one included.</summary>
    private decimal? Asked(int component, int last, ReadOnlySpan<decimal> own, ReadOnlySpan<decimal> others)
    {
        var from = Math.Min(_calculated, Math.Min(own.CommonPrefixLength(_own), others.CommonPrefixLength(_others)));
        var steps = StepsOf(from, last, own);
        _failed = steps > Steps;
        if (_failed)
        {
            IsOutOfSteps = true;
            return null;
        }
        Steps -= steps;
        own.CopyTo(_own);
        others.CopyTo(_others);
        Credit(Version.Components[component]);
        _calculated = from;
        var paid = 0m;
        try
        {
            _state.Calculate(from, last, _needed);
            for (var m = 0; m <= last; m++)
            {
                paid += _state.Figures(m, component).Incentive;
            }
        }
        catch (Exception beyond) when (beyond is OverflowException or ExpressionException)
        {
            // So far away that nothing can be calculated there nobody gets.
            _failed = true;
            return null;
        }
        _calculated = Math.Max(from, last + 1);
        return _state.Figures(last, component).Standstill == Standstill.None ? paid : null;
    }

    /// <summary>Credits the year as it is asked.</summary>
    private void Credit(ComponentRule rule)
    {
        if (rule.Earning.PerDeal)
        {
            _state.Clear();
            for (var m = 0; m < Months; m++)
            {
                var apart = _apart is { } moved && moved.Month == m ? moved.Amount : 0m;
                if (apart != 0m)
                {
                    _year.Add(Deal(rule, Year.Months[m], apart, "moved deal"));
                }
                if (_own[m] != apart)
                {
                    _year.Add(Deal(rule, Year.Months[m], _own[m] - apart, $"deal of {Year.Months[m].Id}"));
                }
            }
        }
        foreach (var t in _needed.Select(c => Version.Components[c].Tally).Where(t => t >= 0 && (t != rule.Tally || !rule.Earning.PerDeal)).Distinct())
        {
            var quota = QuotaOf(Version.Measures[Version.Tallies[t].Measure]);
            for (var m = 0; m < Months; m++)
            {
                _state.Set(t, m, t == rule.Tally ? _own[m] : quota * _others[m] / 100m);
            }
        }
    }

    /// <summary>Of a question that calculates the months from one to another.</summary>
    private long StepsOf(int from, int last, ReadOnlySpan<decimal> own = default)
    {
        var deals = (own.IsEmpty ? 1 : Math.Max(1, Months - own.Count(0m))) + (_apart is null ? 0 : 1);
        return StepsOfAQuestion + (Math.Max(0, last + 1 - from) * _needed.Sum(c => Effort.OfMonth(Version.Components[c], deals)));
    }

    /// <summary>What is credited in a month, as one deal without any fact.</summary>
    private CreditLine Deal(ComponentRule rule, Periods.FiscalMonth month, decimal credited, string name)
    {
        var tally = Version.Tallies[rule.Tally];
        var measure = Version.Measures[tally.Measure];
        return new CreditLine
        {
            Transaction = name,
            Date = month.Period.From,
            Kind = measure.Kinds is null || measure.Kinds.Contains("order") ? "order" : measure.Kinds.Order(StringComparer.Ordinal).First(),
            Credit = Enum.GetValues<CreditSources>().First(c => c != CreditSources.None && (tally.Credits & c) != 0),
            Amount = credited,
            Margin = credited,
            Quantity = measure.Unit == MeasureUnit.Count ? credited : 1m,
        };
    }
}
