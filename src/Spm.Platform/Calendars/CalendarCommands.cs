using System.Text.RegularExpressions;
using Spm.Compensation.Periods;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Ledger;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Calendars;

/// <param name="Start">Twelve months from this day (day 1 to 28 of a month). Or:</param>
/// <param name="Months">The first day and the quarter of each month, in order; a month ends where the next begins.</param>
/// <param name="End">The first day after the last of <paramref name="Months"/>.</param>
public sealed record YearInput(DateOnly? Start = null, IReadOnlyList<YearMonthInput>? Months = null, DateOnly? End = null);

/// <param name="Quarter">1, 2, 3, …</param>
public sealed record YearMonthInput(DateOnly From, int Quarter);

public sealed partial class CalendarCommands(TenantDirectory tenants, CompanyCommands companies, SpmStore store)
{
    // Twelve months later there must still be a first day after it.
    private static readonly DateOnly LastStart = new(9998, 12, 28);

    /// <summary>Adds a fiscal year, or changes one in which no transaction lies and nothing was posted.</summary>
    public async Task<Result<Company>> PutYearAsync(Caller caller, string id, YearInput input)
    {
        if (caller.Lacks(Scopes.ConfigurationWrite) is { } lacking)
        {
            return lacking;
        }
        var year = Year(id, input);
        if (!year.IsOk)
        {
            return year.Error!;
        }
        var changed = await companies.ChangeAsync(caller, editor => Put(editor, year.Value));
        return changed.IsOk ? tenants.Get(caller.Tenant).Company : changed.Error!;
    }

    private Result<bool> Put(CompanyEditor editor, FiscalYear year)
    {
        var company = editor.Before;
        if (company.Calendar.YearById(year.Id) is null && company.Calendar.Months.FirstOrDefault(m => m.No > year.Period.No && company.StatusOf(m) != PeriodStatus.Open) is { } closed)
        {
            // Its months would be the first open ones, and adjustments of closed months would be paid in the past.
            return new Error(ErrorCodes.CalendarInUse, $"{closed.Id} is closed: no fiscal year can be put before it.");
        }
        if (company.Calendar.YearById(year.Id) is { } known)
        {
            if (known.Period == year.Period && known.Months.SequenceEqual(year.Months))
            {
                return false;
            }
            if (store.Read(s => TransactionTable.AnyBetween(s, company.Tenant, known.Period.From.DayNumber, known.Period.To.DayNumber))
                || known.Months.Any(m => company.StatusOf(m) != PeriodStatus.Open))
            {
                return new Error(ErrorCodes.CalendarInUse, $"Fiscal year {year.Id} has transactions or closed months.");
            }
            if (store.Read(s => LedgerTable.AnyBetween(s, company.Tenant, known.Period.From.DayNumber, known.Period.To.DayNumber)))
            {
                return new Error(ErrorCodes.CalendarInUse, $"The ledger has postings of months of fiscal year {year.Id}, and what is posted stays.");
            }
            if (Referred(company, known, year) is { Length: > 0 } referred)
            {
                return new Error(ErrorCodes.CalendarInUse, $"Quotas or scores of reps are of {string.Join(", ", referred)}, which would be other days or none: take them away first.");
            }
        }
        if (company.Calendar.Years.FirstOrDefault(y => y.Id != year.Id && y.Period.From < year.Period.To && year.Period.From < y.Period.To) is { } other)
        {
            return Error.Of("start", ErrorCodes.CalendarOverlaps, $"Fiscal year {other.Id} is {other.Period.From:yyyy-MM-dd} to {other.Period.To:yyyy-MM-dd}.");
        }
        if (Gap(company.Calendar, year) is { } gap)
        {
            return gap;
        }
        editor.PutYear(year.Id, new YearDoc([.. year.Months.Select(m => new YearMonthDoc(m.Period.From, QuarterNumber(m)))], year.Period.To));
        return true;
    }

    /// <summary>Periods of the year that quotas and scores are of and that the change would move or take away.</summary>
    private static string[] Referred(Company company, FiscalYear before, FiscalYear after)
    {
        var (then, now) = (new FiscalCalendar([before]), new FiscalCalendar([after]));
        var moved = then.Periods.Where(p => now.Find(p.Id) != p).Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        var named = company.Quotas.SelectMany(q => q.Keys).Select(k => k.Period)
            .Concat(Enumerable.Range(0, company.Reps.Count).SelectMany(rep => company.Reps[rep].Doc.Scores ?? []).Select(s => s.Period));
        return [.. named.Where(moved.Contains).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Years follow each other without a day between them: what is carried from one to the next, such as a draw, has no gap to cross.</summary>
    private static Error? Gap(FiscalCalendar calendar, FiscalYear year)
    {
        FiscalYear[] years = [.. calendar.Years.Where(y => y.Id != year.Id).Append(year).OrderBy(y => y.Period.From)];
        for (var i = 1; i < years.Length; i++)
        {
            if (years[i - 1].Period.To != years[i].Period.From)
            {
                return Error.Of("start", ErrorCodes.CalendarGap, $"Fiscal year {years[i - 1].Id} ends before {years[i - 1].Period.To:yyyy-MM-dd} and {years[i].Id} begins on {years[i].Period.From:yyyy-MM-dd}: there is a gap.");
            }
        }
        return null;
    }

    private static int QuarterNumber(FiscalMonth month) =>
        int.Parse(month.Quarter.Id.AsSpan(month.Quarter.Id.LastIndexOf('Q') + 1), System.Globalization.CultureInfo.InvariantCulture);

    private static Result<FiscalYear> Year(string id, YearInput input)
    {
        if (!YearId().IsMatch(id))
        {
            return Error.Of("year", ErrorCodes.CalendarInvalid, "A fiscal year is named by up to 20 letters, digits and underscores, such as 2025 or FY25.");
        }
        if (input.Start is null == input.Months is null)
        {
            return Error.Of("start", ErrorCodes.CalendarInvalid, "Give either `start`, or `months` and `end`.");
        }
        if (input.Months is not null && input.End is null)
        {
            return Error.Of("end", ErrorCodes.FieldRequired, "The field 'end' is required with `months`.");
        }
        if (input.Start > LastStart)
        {
            return Error.Of("start", ErrorCodes.CalendarInvalid, $"A fiscal year starts on {LastStart:yyyy-MM-dd} at the latest: its days end with the year 9999.");
        }
        try
        {
            return input.Start is { } start
                ? FiscalYearPattern.Gregorian(id, start)
                : FiscalYearPattern.FromMonths(id, [.. input.Months!.Select(m => (m.From, m.Quarter))], input.End!.Value);
        }
        catch (ArgumentException broken)
        {
            return Error.Of(input.Start is null ? "months" : "start", ErrorCodes.CalendarInvalid, broken.Message.Split(" (Parameter")[0]);
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_]{1,20}\\z")]
    private static partial Regex YearId();
}
