using Spm.Compensation.Amounts;
using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;
using Spm.Compensation.Documents;
using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Spm.Compensation.Payouts;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;
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

    /// <summary>A plan document paid on revenue (measure 1) and deals (measure 2); one version for all time unless versions are given.</summary>
    public static PlanRules Plan(string id, string components, string pay = "{}") => Versions(id, ("1900-01-01", components, pay));

    public static PlanRules Versions(string id, params (string From, string Components)[] versions) => Versions(id, [.. versions.Select(v => (v.From, v.Components, "{}"))]);

    public static PlanRules Versions(string id, params (string From, string Components, string Pay)[] versions)
    {
        const string measures = """[{"id":"revenue","value":"amount","kinds":["order","refund"]},{"id":"deals","unit":"count","value":"if(kind = 'refund', -share, share)","kinds":["order","refund"]},{"id":"units","unit":"count","value":"quantity","kinds":["order","refund"]}]""";
        var written = versions.Select(v => $$"""{"effective_from":"{{v.From}}","measures":{{measures}},"components":[{{v.Components}}],"pay":{{v.Pay}}}""");
        var errors = new DocErrors();
        var rules = PlanReader.Read($$"""{"plan":"{{id}}","currency":"USD","versions":[{{string.Join(",", written)}}]}""", errors)?.Rules
            ?? throw new ArgumentException(string.Join("; ", errors.All));
        return rules with { Versions = [.. rules.Versions.Select(v => v with { Measures = [.. v.Measures.Select(m => m with { No = m.No + 1 })] })] };
    }

    /// <summary>A plan of one component on revenue, paid through a table.</summary>
    /// <param name="quota">full or to_date; null where the table needs none.</param>
    public static PlanRules Plan(string id, RateTable table, string attainmentPeriod, string? quota = "full")
    {
        var against = quota is null ? "" : $"\"quota\":\"{quota}\",";
        var plan = Plan(id, $$"""{"id":"c","measure":"revenue",{{against}}"attainment_period":"{{attainmentPeriod}}","rate":1}""");
        return plan with { Versions = [plan.Versions[0] with { Components = [plan.Versions[0].Components[0] with { Earning = new TableEarning(table) }] }] };
    }

    /// <summary>The same plan all year.</summary>
    public static IReadOnlyList<PlanPaying?> AllYear(PlanRules plan) =>
        [.. Year.Months.Select(m => PlanPaying.In(m, Timeline<PlanRules>.Always(plan), new RepProfile("ann")))];

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

    public static YearStatement Calculate(PlanRules plan, Measurements credited, QuotaBook quotas) => Calculate(AllYear(plan), credited, quotas);

    public static YearStatement Calculate(IReadOnlyList<PlanPaying?> plans, Measurements credited, QuotaBook quotas)
    {
        var year = new RepYear(new RepYearInputs(Year, new RepProfile("ann"), plans, quotas));
        for (var m = 0; m < year.Months; m++)
        {
            year.Measure(m, credited);
        }
        year.Calculate();
        return Statements.Of(PayRun.Calculate([year]))[0];
    }

    /// <summary>What the first months pay, in currency units.</summary>
    public static decimal[] Paid(YearStatement year, int months) => [.. year.Months.Take(months).Select(m => m.DueMinor / 100m)];

    private static Coverage Cover(int rep, CoverageRole role, decimal percent, DateRange? range, IReadOnlyList<string>? products) =>
        new(rep, role, Millionths(percent), range ?? DateRange.Always, products);

    /// <summary>A plan of components, on the measure "sales" unless others are given, pays what its one test expects.</summary>
    /// <param name="quotas">Rules of the version for quotas.</param>
    public static void Holds(string components, string test, string quotas = "{}", string versionFrom = "2025-01-01", string pay = "{}", string measures = """{ "id": "sales", "value": "amount" }""")
    {
        var errors = new DocErrors();
        var document = PlanReader.Read(
            $$"""
            { "plan": "p", "currency": "USD",
              "versions": [{ "effective_from": "{{versionFrom}}", "measures": [{{measures}}], "components": [{{components}}], "quotas": {{quotas}}, "pay": {{pay}} }],
              "tests": [{ "name": "t", {{test}} }] }
            """,
            errors);
        Assert.Empty(errors.All);
        var result = Assert.Single(PlanTestRunner.Run(document!.Rules, document.Tests));
        Assert.Empty(result.Problems);
        Assert.All(result.Results, r => Assert.True(r.Holds, $"{r.Expectation}: is {r.Actual}"));
    }
}
