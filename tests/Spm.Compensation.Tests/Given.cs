using Spm.Compensation.Amounts;
using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;
using Spm.Compensation.Incentives;
using Spm.Compensation.Periods;
using Spm.Compensation.Plans;
using Spm.Compensation.Quotas;
using Spm.Compensation.RateTables;
using Spm.Compensation.RateTables.Step;

namespace Spm.Compensation.Tests;

/// <summary>The small company that examples are told with. Money is in whole units of USD unless a test says otherwise.</summary>
public static class Given
{
    public static readonly FiscalYear Year = FiscalYearPattern.Gregorian("2025", new DateOnly(2025, 1, 1));

    public static readonly Measure Revenue = new(
        1, "revenue", MeasureValue.Amount, new HashSet<TransactionKind> { TransactionKind.Order, TransactionKind.Refund });

    public static readonly Measure Deals = Revenue with { No = 2, Name = "deals", Value = MeasureValue.Count };

    /// <summary>5 % up to half of quota, 10 % up to quota, 15 % above it.</summary>
    public static readonly StepTable FiveTenFifteen = new([new(0, 50, 5), new(50, 100, 10), new(100, null, 15)]);

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");

    public static DateRange From(string from, string? to = null) => new(Day(from), to is null ? null : Day(to));

    public static Timeline<T> Dated<T>(params (DateRange Range, T Value)[] entries) =>
        Timeline<T>.TryCreate(entries.Select(e => new Dated<T>(e.Range, e.Value)), out var timeline, out _)
            ? timeline
            : throw new ArgumentException("The test's entries overlap.");

    public static int Month(int number) => Year.Months[number - 1].No;

    public static RepFacts Rep(int manager = Roster.None) =>
        new(DateRange.Always, manager == Roster.None ? Timeline<int>.Empty : Timeline<int>.Always(manager));

    public static Coverage Owner(int rep, decimal percent = 100m, DateRange? range = null) => Cover(rep, CoverageRole.Owner, percent, range, null);

    public static Coverage Overlay(int rep, decimal percent = 100m, DateRange? range = null, params string[] products) =>
        Cover(rep, CoverageRole.Overlay, percent, range, products.Length == 0 ? null : products);

    public static TerritoryFacts Territory(int parent, params Coverage[] coverage) => new(parent, coverage);

    public static Transaction Sale(decimal amount, string day = "2025-02-10") =>
        new() { Kind = TransactionKind.Order, Date = Day(day), Amount = TenThousandths.From(amount) };

    public static int Millionths(decimal percent) =>
        Share.TryFromPercent(percent, out var millionths) ? millionths : throw new ArgumentOutOfRangeException(nameof(percent));

    public static Component Component(
        PeriodKind attainment, QuotaBasis basis = QuotaBasis.Full, RateTable? table = null, string id = "revenue", Measure? measure = null) =>
        new(id, id, measure ?? Revenue, CreditSources.Direct, attainment, basis, table ?? FiveTenFifteen);

    public static Plan Plan(string id, params Component[] components) => new(1, id, id, [new PlanVersion(1, DateOnly.MinValue, components)]);

    /// <summary>The same plan all year.</summary>
    public static IReadOnlyList<PlanInEffect?> AllYear(Plan plan) =>
        [.. Year.Months.Select(m => PlanInEffect.In(m, Timeline<Plan>.Always(plan)))];

    public static Measurements Credited(params (int Month, decimal Amount)[] amounts)
    {
        var measurements = new Measurements();
        foreach (var (month, amount) in amounts)
        {
            measurements.Add(Revenue.No, Month(month), new Measurement(TenThousandths.From(amount), 0, 0, 1, 0, 0));
        }
        return measurements;
    }

    public static QuotaBook Book(params (string Period, decimal Amount)[] quotas) =>
        new(quotas.ToDictionary(q => (Revenue.No, q.Period), q => q.Amount));

    public static YearStatement Calculate(Plan plan, Measurements credited, QuotaBook quotas) =>
        IncentiveCalculation.Calculate(new YearInputs(Year, AllYear(plan), credited, quotas, Currency.Usd));

    /// <summary>Incentives of the first months in currency units.</summary>
    public static decimal[] Paid(YearStatement year, int months) => [.. year.Months.Take(months).Select(m => m.IncentiveMinor / 100m)];

    private static Coverage Cover(int rep, CoverageRole role, decimal percent, DateRange? range, IReadOnlyList<string>? products) =>
        new(rep, role, Millionths(percent), range ?? DateRange.Always, products);
}
