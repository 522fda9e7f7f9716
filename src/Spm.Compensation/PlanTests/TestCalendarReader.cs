using System.Globalization;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Periods;

namespace Spm.Compensation.PlanTests;

/// <summary>Reads the fiscal years that a test of a plan document is played in.</summary>
internal static class TestCalendarReader
{
    public const int MaxYears = 10;

    /// <summary>A year that starts later may end where no date can be written any more.</summary>
    private const int LastYear = 9989;

    /// <summary>Fiscal years of calendar months, or of whole weeks where one says so. The days they start on are given, or they are the calendar years of the transactions.</summary>
    public static FiscalCalendar Read(DocNode node, PlanRules plan, IReadOnlyList<DocNode> transactions)
    {
        var years = node.List("years");
        if (years.Any(y => y.Kind == DocKind.Object))
        {
            return Weeks(node, years);
        }
        var given = years.Select(y => y.AsDate()).ToList();
        if (given.Count == 0)
        {
            var days = transactions.Select(t => t.Find("date") is { Kind: DocKind.Text } date ? date.AsDate() : plan.Versions[0].EffectiveFrom).DefaultIfEmpty(plan.Versions[0].EffectiveFrom);
            // A date that could not be read is told where it stands, and tells nothing of the years.
            given = [.. days.Where(d => d != default).DefaultIfEmpty(plan.Versions[0].EffectiveFrom).Select(d => new DateOnly(d.Year, 1, 1)).Distinct().Order()];
            given = [.. Enumerable.Range(given[0].Year, Math.Min(MaxYears, given[^1].Year - given[0].Year + 1)).Select(y => new DateOnly(y, 1, 1))];
        }
        if (given.Count > MaxYears || given.Exists(g => !IsStart(g)) || given.Distinct().Count() != given.Count)
        {
            (node.Find("years") ?? node).Fail("years_invalid", $"Up to {MaxYears} fiscal years, each starting on the first of a month and not after {LastYear}.");
            given = [new DateOnly(2025, 1, 1)];
        }
        try
        {
            return new FiscalCalendar(given.Select(start => Year(start)));
        }
        catch (ArgumentException broken)
        {
            node.Get("years").Fail("years_invalid", Said(broken));
            return new FiscalCalendar([Year(new DateOnly(2025, 1, 1))]);
        }
    }

    private static FiscalCalendar Weeks(DocNode node, IReadOnlyList<DocNode> items)
    {
        try
        {
            if (items.Count <= MaxYears)
            {
                return new FiscalCalendar([.. items.Select(item => item.Kind == DocKind.Object ? Weeks(item) : Months(item))]);
            }
            node.Get("years").Fail("years_invalid", $"Up to {MaxYears} fiscal years.");
        }
        catch (ArgumentException broken)
        {
            // What stands in for a year that could not be read says nothing about the others.
            if (!node.Errors.Any)
            {
                node.Get("years").Fail("years_invalid", Said(broken));
            }
        }
        return new FiscalCalendar([Year(new DateOnly(2025, 1, 1))]);
    }

    /// <summary>Without the name of the parameter, which is for programmers.</summary>
    private static string Said(ArgumentException broken) => broken.Message.Split(" (Parameter")[0];

    private static FiscalYear Months(DocNode item)
    {
        var start = item.AsDate();
        if (IsStart(start))
        {
            return Year(start);
        }
        item.Fail("years_invalid", $"A fiscal year of months starts on the first of a month and not after {LastYear}.");
        return Year(new DateOnly(2025, 1, 1));
    }

    private static bool IsStart(DateOnly start) => start.Day == 1 && start.Year <= LastYear;

    private static FiscalYear Weeks(DocNode item)
    {
        var (start, pattern, weeks) = (item.Date("start"), item.Text("pattern"), item.Whole("weeks", otherwise: 52, least: 52, most: FiscalYearPattern.MaxWeeks));
        var id = item.Text("id", start.Year.ToString("0000", CultureInfo.InvariantCulture));
        item.RefuseOthers();
        if (!FiscalYearPattern.Patterns.Contains(pattern))
        {
            item.Get("pattern").Fail("value_unknown", $"'{pattern}' is no pattern of weeks: {string.Join(", ", FiscalYearPattern.Patterns)}.");
        }
        else if (start.Year is <= 1 or > LastYear)
        {
            item.Get("start").Fail("years_invalid", $"A fiscal year starts in the years 2 to {LastYear}.");
        }
        else
        {
            return FiscalYearPattern.Weeks(id, start, pattern, weeks);
        }
        return Year(new DateOnly(2025, 1, 1));
    }

    private static FiscalYear Year(DateOnly start) => FiscalYearPattern.Gregorian(start.Year.ToString("0000", CultureInfo.InvariantCulture), start);
}
