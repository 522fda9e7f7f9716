using Spm.Compensation.Documents;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Draws;

/// <summary>
/// A month of a draw, told by its number or by a day in it. Numbers count from 1, which is the first month of the rule. A mark is included on
/// both sides: a draw from month 1 that ends at month 6 is paid in six months, as one that ends on 2025-06-30 is paid in June.
/// </summary>
public readonly record struct DrawMark
{
    public DrawMark(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        Number = number;
    }

    public DrawMark(DateOnly day) => Day = day;

    public int? Number { get; }

    public DateOnly? Day { get; }

    /// <summary>Whether the month is that of the mark or a later one.</summary>
    public bool IsReached(int number, FiscalPeriod month) => Number is { } mark ? number >= mark : month.To > Day;

    /// <summary>Whether the month comes after that of the mark.</summary>
    public bool IsPassed(int number, FiscalPeriod month) => Number is { } mark ? number > mark : month.From > Day;

    /// <summary>Whether it lies before another for certain; a number and a day cannot be compared without a calendar.</summary>
    public bool IsBefore(DrawMark other) => Number < other.Number || Day < other.Day;

    /// <summary>A number from 1 to 1200 or a text like 2025-01-31; null when the field is not there.</summary>
    public static DrawMark? Read(DocNode node, string name)
    {
        if (node.Find(name) is not { } mark)
        {
            return null;
        }
        return mark.Kind == DocKind.Text ? new DrawMark(mark.AsDate()) : new DrawMark(node.Whole(name, otherwise: 1, least: 1, most: 1200));
    }

    public override string ToString() => Number is { } number ? $"month {number}" : $"{Day:O}";
}
