using Spm.Compensation.Caps;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Lint;

/// <summary>One question after the other: each changes some months of the year, and those before them keep their figures.</summary>
public sealed partial class Probe
{
    /// <summary>What a question takes beside the months that are calculated.</summary>
    private const int StepsOfAQuestion = 30;

    /// <summary>What holding a month against a cap takes beside its amount.</summary>
    private const int StepsOfACap = 5;

    private readonly Dictionary<(decimal OthersAt, decimal Credited), decimal?> _paid = [];
    private readonly Dictionary<Growth, IReadOnlyList<decimal>> _edges = [];

    // The year as it was asked last: what is credited, what the others have attained at the end of a month in percent of their quotas, or where all months are
    // asked evenly have in each of a month's quota; and how many months have figures.
    private readonly decimal[] _own = new decimal[Months];
    private readonly decimal[] _others = new decimal[Months];
    private bool _isEven;
    private int _calculated;

    // A deal of a month that is none with what else is credited there.
    private (int Month, decimal Amount)? _apart;

    // The caps that cut what is asked; null: all of the component.
    private IReadOnlyList<CapRule>? _caps;

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

    /// <summary>What a component pays in sum after its caps, when so much is credited in the last month of each of the first attainment periods.</summary>
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

    /// <summary>The same under some caps alone: what it would pay without the others.</summary>
    public decimal? PayUnder(IReadOnlyList<CapRule> caps, int component, params ReadOnlySpan<decimal> credited)
    {
        Ask(component);
        if (caps.Count == Version.Components[component].Pay.Caps.Count)
        {
            return Pay(component, 100m, credited);
        }
        var months = MonthsOf(Version.Components[component]);
        _caps = caps;
        var paid = Asked(component, 100m, months - 1, months, credited);
        _caps = null;
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
    /// What a component pays in sum for an attainment period in whose last two measurement periods so much is credited, nothing before, and one deal besides in
    /// one of them; the measurement period is the shorter one.
    /// </summary>
    /// <returns>Null where it stands still for want of something.</returns>
    public decimal? PayWithin(int component, decimal first, decimal second, decimal deal, bool isFirst)
    {
        var rule = Version.Components[component];
        var months = MonthsOf(rule.MeasurementPeriod);
        var (at, last) = (MonthsOf(rule) - 1 - months, MonthsOf(rule) - 1);
        Span<decimal> own = stackalloc decimal[Months], others = stackalloc decimal[Months];
        (own[at], own[last]) = (first, second);
        (others[at], others[last]) = (100m, 100m);
        return AskedWith(component, last, own, others, isFirst ? at : last, deal);
    }

    /// <summary>
    /// What two spans of a kind pay in sum that follow each other: so much is credited in the last month of each of their attainment periods, and one deal
    /// besides in the last month of one of them. Years are asked one by one, for one that follows begins anew.
    /// </summary>
    /// <returns>Null where it stands still for want of something.</returns>
    public decimal? PayOfTwo(int component, PeriodKind span, decimal first, decimal second, decimal deal, bool isFirst)
    {
        var months = MonthsOf(span);
        if (2 * months <= Months)
        {
            return PayOfSpans(component, months, [first, second], isFirst ? 0 : 1, deal);
        }
        return PayOfSpans(component, months, [first], 0, isFirst ? deal : 0m) + PayOfSpans(component, months, [second], 0, isFirst ? 0m : deal);
    }

    /// <summary>What a component pays in a year in whose months so much is credited and one deal besides, while the others stand at their quotas.</summary>
    /// <param name="caps">Those that cut; null: all of the component.</param>
    public decimal? PayOfYear(int component, ReadOnlySpan<decimal> credited, int month, decimal deal, IReadOnlyList<CapRule>? caps = null)
    {
        Span<decimal> own = stackalloc decimal[Months], others = stackalloc decimal[Months];
        credited.CopyTo(own);
        others.Fill(100m);
        _caps = caps;
        var paid = AskedWith(component, Months - 1, own, others, month, deal, isEven: true);
        _caps = null;
        return paid;
    }

    /// <summary>What a component pays in each month of a year in whose months it and the others have so many percent of a month's quota.</summary>
    internal decimal[]? PayOfMonths(int component, ReadOnlySpan<decimal> percents)
    {
        Ask(component);
        var quota = QuotaOfMonth(Version.Components[component]);
        Span<decimal> own = stackalloc decimal[Months];
        for (var m = 0; m < Months; m++)
        {
            own[m] = quota * percents[m] / 100m;
        }
        return Asked(component, Months - 1, own, percents, isEven: true) is null ? null : Paid(component, Months - 1);
    }

    /// <param name="months">Of a span, which has whole attainment periods.</param>
    private decimal? PayOfSpans(int component, int months, ReadOnlySpan<decimal> credited, int withDeal, decimal deal)
    {
        var each = MonthsOf(Version.Components[component]);
        Span<decimal> own = stackalloc decimal[Months], others = stackalloc decimal[Months];
        for (var span = 0; span < credited.Length; span++)
        {
            for (var last = (span * months) + each - 1; last < (span + 1) * months; last += each)
            {
                (own[last], others[last]) = (credited[span], 100m);
            }
        }
        return AskedWith(component, (credited.Length * months) - 1, own, others, ((withDeal + 1) * months) - 1, deal);
    }

    /// <summary>What is paid up to a month, that one included, with one deal besides what is credited otherwise.</summary>
    private decimal? AskedWith(int component, int last, Span<decimal> own, ReadOnlySpan<decimal> others, int month, decimal deal, bool isEven = false)
    {
        Ask(component);
        own[month] += deal;
        (_apart, _calculated) = ((month, deal), Math.Min(_calculated, month));
        var paid = Asked(component, last, own, others, isEven);
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
        var rep = RepOf(Version.Components[component]) ?? _inputs.Rep;
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
        others[last] = growth == Growth.Others ? at : 100m;
        return Asked(component, last, own, others, isEven: growth is Growth.AfterMonths or Growth.EachMonth);
    }

    /// <summary>What is paid up to the last of some months, of which the first is given and the others follow by steps, when so much is credited in each.</summary>
    private decimal? Asked(int component, decimal othersAt, int firstMonth, int months, ReadOnlySpan<decimal> credited)
    {
        Span<decimal> own = stackalloc decimal[Months], others = stackalloc decimal[Months];
        for (var span = 0; span < credited.Length; span++)
        {
            (own[firstMonth + (span * months)], others[firstMonth + (span * months)]) = (credited[span], othersAt);
        }
        return Asked(component, firstMonth + ((credited.Length - 1) * months), own, others);
    }

    /// <summary>What is paid up to a month, that one included.</summary>
    /// <param name="isEven">The others have so many percent of a month's quota in each month; else they have attained so many of their own.</param>
    private decimal? Asked(int component, int last, ReadOnlySpan<decimal> own, ReadOnlySpan<decimal> others, bool isEven = false)
    {
        var from = isEven != _isEven ? 0 : Math.Min(_calculated, Math.Min(own.CommonPrefixLength(_own), others.CommonPrefixLength(_others)));
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
        _isEven = isEven;
        Credit(Version.Components[component]);
        _calculated = from;
        var paid = 0m;
        try
        {
            _state.Calculate(from, last, _needed);
            paid = Paid(component, last).Sum();
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

    /// <summary>The incentives up to a month, that one included, less what caps cut of them.</summary>
    private decimal[] Paid(int component, int last)
    {
        var due = new decimal[last + 1];
        for (var m = 0; m <= last; m++)
        {
            due[m] = _state.Figures(m, component).Incentive;
        }
        foreach (var cap in _caps ?? Version.Components[component].Pay.Caps)
        {
            Cut(cap, due, (m, isNeeded) => CapsOnPay.Most(_state.At(m, component), cap.Amount, isNeeded));
        }
        return due;
    }

    /// <summary>Lets the first months of a year have what a cap leaves of what is due.</summary>
    /// <param name="most">What the cap comes to in a month; needed where something is due.</param>
    internal static void Cut(CapRule cap, decimal[] due, Func<int, bool, decimal?> most)
    {
        List<CapMonth> months = [];
        for (var m = 0; m < due.Length; m++)
        {
            if (most(m, due[m] != 0m) is { } known)
            {
                months.Add(new CapMonth(Year.Months[m], due[m], known));
            }
        }
        foreach (var capped in cap.Pay(months))
        {
            due[capped.Month.Index] = capped.Step.Paid;
        }
    }

    /// <summary>Of a question that calculates the months from one to another.</summary>
    private long StepsOf(int from, int last, ReadOnlySpan<decimal> own = default)
    {
        var deals = (own.IsEmpty ? 1 : Math.Max(1, DealsIn(own))) + (_apart is null ? 0 : 1);
        var caps = (last + 1) * Version.Components[_asked].Pay.Caps.Sum(cap => StepsOfACap + (long)cap.Amount.Steps);
        return StepsOfAQuestion + caps + (Math.Max(0, last + 1 - from) * _needed.Sum(c => Effort.OfMonth(Version.Components[c], deals)));
    }
}
