using Spm.Compensation.Documents;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Quotas.Proration;

public enum ProrationBasis : byte
{
    /// <summary>The quota stands whole, however short the rep was active.</summary>
    None,
    CalendarDays,
    WorkingDays,
    Months,
}

/// <summary>When a month counts, where months are counted.</summary>
public enum MonthRule : byte
{
    /// <summary>
    /// With any active day in it. The default: a month in which a rep can sell never has a quota of zero. Who changes plan within a
    /// month counts for it on both.
    /// </summary>
    AnyDay,

    /// <summary>When its first day is active. A month counts for one plan only, and not at all for who is hired on the second.</summary>
    FirstDay,
}

/// <summary>How much of a span a rep was active, unrounded and not cancelled down: 17 of 31. Months where the rule counts months.</summary>
public readonly record struct ActivePart(int ActiveDays, int TotalDays)
{
    /// <exception cref="DivideByZeroException">No day of the span counts.</exception>
    public Fraction Fraction => new(ActiveDays, TotalDays);

    /// <summary><c>quota × active / total</c>, exact.</summary>
    public Fraction Of(Fraction quota) => quota * Fraction;
}

/// <summary>
/// The part of a quota a rep answers for who was active during a part of its span. <c>quota × active / total</c>, the division last.
/// Worked example: proration.md.
/// </summary>
public sealed class ProrationRule : IEquatable<ProrationRule>
{
    public const string Schema = """
        {
          "type": "object",
          "description": "Scales a quota to the part of its span a rep was active: quota × active / total.",
          "additionalProperties": false,
          "required": ["by"],
          "properties": {
            "by": {"enum": ["none", "calendar_days", "working_days", "months"], "description": "What is counted. none: the quota stands whole."},
            "month": {"enum": ["any_day", "first_day"], "default": "any_day", "description": "With months: a month counts with any active day in it, or when its first day is active."},
            "work_days": {"type": "array", "minItems": 1, "uniqueItems": true, "items": {"enum": ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]}, "default": ["monday", "tuesday", "wednesday", "thursday", "friday"], "description": "With working_days: the days of the week that are worked."},
            "holidays": {"type": "array", "maxItems": 1000, "uniqueItems": true, "items": {"type": "string", "format": "date"}, "description": "With working_days: days that are not worked, as 2025-12-25."}
          }
        }
        """;

    public const int MaxHolidays = 1000;

    public static readonly IReadOnlyList<DayOfWeek> MondayToFriday =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    public static readonly ProrationRule None = new(ProrationBasis.None);

    private readonly HashSet<DateOnly> _holidays;
    private readonly HashSet<DayOfWeek> _workDays;

    public ProrationRule(
        ProrationBasis by, MonthRule month = MonthRule.AnyDay, IReadOnlyCollection<DayOfWeek>? workDays = null, IReadOnlyCollection<DateOnly>? holidays = null)
    {
        _workDays = [.. workDays ?? MondayToFriday];
        _holidays = [.. holidays ?? []];
        if (_workDays.Count == 0 || _holidays.Count > MaxHolidays)
        {
            throw new ArgumentException($"A week has a working day, and at most {MaxHolidays} holidays are listed.");
        }
        (By, Month) = (by, month);
    }

    public ProrationBasis By { get; }

    public MonthRule Month { get; }

    public IReadOnlyCollection<DayOfWeek> WorkDays => _workDays;

    public IReadOnlyCollection<DateOnly> Holidays => _holidays;

    public static ProrationRule Read(DocNode node)
    {
        if (!node.Has("by"))
        {
            node.Get("by");
        }
        var by = node.OneOf("by", ProrationBasis.None);
        var month = node.OneOf("month", MonthRule.AnyDay);
        DayOfWeek[] workDays = [.. node.List("work_days").Select(d => d.AsOneOf(DayOfWeek.Monday))];
        DateOnly[] holidays = [.. node.List("holidays").Select(d => d.AsDate())];
        FailUnless(by == ProrationBasis.Months, node, "month");
        FailUnless(by == ProrationBasis.WorkingDays, node, "work_days");
        FailUnless(by == ProrationBasis.WorkingDays, node, "holidays");
        if (node.Find("work_days") is { Kind: DocKind.Array } week && workDays.Length == 0)
        {
            week.Fail("work_days_empty", "A week has at least one working day; leave the field out for Monday to Friday.");
        }
        if (holidays.Length > MaxHolidays)
        {
            node.Find("holidays")!.Fail("holidays_count", $"At most {MaxHolidays} holidays are listed.");
            holidays = [];
        }
        node.RefuseOthers();
        return new ProrationRule(by, month, workDays.Length == 0 ? null : workDays, holidays);
    }

    /// <summary>
    /// How much of a span the rep was active. With working days that are all holidays the total is zero, and with it nothing can be said.
    /// </summary>
    /// <param name="active">The days the rep is hired, on the plan and not on a leave that is taken out.</param>
    /// <param name="year">Says which months the span has.</param>
    public ActivePart Of(FiscalPeriod span, DaySet active, FiscalYear year)
    {
        switch (By)
        {
            case ProrationBasis.CalendarDays or ProrationBasis.WorkingDays:
                return new ActivePart(Count(span.From, span.To, active), Count(span.From, span.To, DaySet.Always));
            default:
                var months = year.Months.Where(m => m.Span(span.Kind).Id == span.Id).ToArray();
                return new ActivePart(months.Count(m => Counts(m, active)), months.Length);
        }
    }

    public bool Equals(ProrationRule? other) =>
        other is not null && (By, Month) == (other.By, other.Month) && _workDays.SetEquals(other._workDays) && _holidays.SetEquals(other._holidays);

    public override bool Equals(object? obj) => Equals(obj as ProrationRule);

    public override int GetHashCode() => HashCode.Combine(By, Month, _workDays.Count, _holidays.Count);

    /// <summary>Whether a month counts at all where months are counted; with another basis it does.</summary>
    public bool Counts(FiscalMonth month, DaySet active) => By != ProrationBasis.Months || (Month == MonthRule.FirstDay
        ? active.Contains(month.Period.From)
        : active.CountIn(month.Period.From, month.Period.To) > 0);

    /// <summary>How many days of <c>[from, to)</c> are in a set and count: every one, or with working days the worked ones.</summary>
    public int Count(DateOnly from, DateOnly to, DaySet days)
    {
        if (By != ProrationBasis.WorkingDays)
        {
            return days.CountIn(from, to);
        }
        var count = 0;
        for (var day = from; day < to; day = day.AddDays(1))
        {
            count += _workDays.Contains(day.DayOfWeek) && !_holidays.Contains(day) && days.Contains(day) ? 1 : 0;
        }
        return count;
    }

    private static void FailUnless(bool means, DocNode node, string name)
    {
        if (!means && node.Find(name) is { } value)
        {
            value.Fail("field_without_effect", $"'{name}' has no effect with this 'by'.");
        }
    }
}
