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

/// <summary>
/// A company and its deals, drawn from numbers that FsCheck chooses and shrinks: the same number is always the same company or
/// deal. Managers, territories and plans change during the year; people join and leave; deals are split, refunded, named or not.
/// </summary>
public sealed class RandomCompany
{
    private const int Reps = 6, Territories = 4, AccountCount = 5;

    public static readonly Measure[] Measures = [Given.Revenue, Given.Deals, Given.Revenue with { No = 3, Name = "units", Value = MeasureValue.Quantity }];

    private readonly IReadOnlyList<PlanInEffect?>[] _plans;
    private readonly QuotaBook _quotas;

    public RandomCompany(int seed)
    {
        var random = new Random(seed);
        Roster = new Roster(
            [.. Enumerable.Range(0, Reps).Select(i => new RepFacts(Employment(random), Changing(random, () => i == 0 ? Roster.None : random.Next(-1, i))))],
            [.. Enumerable.Range(0, Territories).Select(i => new TerritoryFacts(random.Next(-1, i), Coverage(random)))],
            [.. Enumerable.Range(0, AccountCount).Select(_ => new AccountFacts(Changing(random, () => random.Next(Territories))))]);
        Plan[] plans = [AnyPlan(random, "a"), AnyPlan(random, "b")];
        _plans = [.. Enumerable.Range(0, Reps).Select(_ => Changing(random, () => plans[random.Next(2)])).Select(plan => Given.Year.Months.Select(m => PlanInEffect.In(m, plan)).ToArray())];
        _quotas = new QuotaBook(Measures
            .SelectMany(m => Given.Year.Months.Select(month => (m.No, month.Id)))
            .Where(_ => random.Next(20) > 0)
            .ToDictionary(q => q, _ => random.Next(1, 500_000) / 100m));
    }

    public Roster Roster { get; }

    public int RepCount => Reps;

    public Transaction Deal(int seed)
    {
        var random = new Random(seed);
        var kind = (TransactionKind)random.Next(4);
        var sign = kind == TransactionKind.Refund ? -1 : 1;
        return new Transaction
        {
            Kind = kind == TransactionKind.Payment ? TransactionKind.Order : kind,
            Date = Given.Year.Period.From.AddDays(random.Next(365)),
            Amount = sign * random.NextInt64(1, 100_000_000),
            Quantity = sign * random.Next(1, 50_000),
            Rep = random.Next(3) == 0 ? random.Next(Reps) : Roster.None,
            Account = random.Next(-1, AccountCount),
            Territory = random.Next(3) == 0 ? random.Next(Territories) : Roster.None,
            Product = random.Next(2) == 0 ? "backup" : null,
            Splits = random.Next(3) == 0 ? Split(random) : [],
            House = random.Next(20) == 0,
            InCompanyCurrency = random.Next(20) > 0,
        };
    }

    /// <summary>Adds a deal to the measurements, or takes it away.</summary>
    public void Apply(MeasurementChanges changes, Transaction deal, int sign = 1)
    {
        var result = new CreditResult();
        CreditRules.Credit(deal, Roster, result);
        changes.Apply(deal, Given.Year.Months.Single(m => m.Period.Contains(deal.Date)).No, result.Credits, Roster, Measures, sign);
    }

    public YearInputs Inputs(int rep, IEnumerable<KeyValuePair<MeasurementKey, Measurement>> changes)
    {
        var measurements = new Measurements();
        foreach (var (key, value) in changes.Where(c => c.Key.Kind == SubjectKind.Rep && c.Key.Subject == rep))
        {
            measurements.Add(key.Measure, key.Month, value);
        }
        return new YearInputs(Given.Year, _plans[rep], measurements, _quotas, Currency.Usd);
    }

    public Dictionary<IncentiveKey, long> Incentives(int rep, MeasurementChanges changes) =>
        IncentiveCalculation.Calculate(Inputs(rep, changes.All)).Months.SelectMany(m => m.Components).ToDictionary(c => c.Key, c => c.IncentiveMinor);

    private static DateRange Employment(Random random)
    {
        var from = Given.Year.Period.From.AddDays(random.Next(-300, 60));
        return new DateRange(from, random.Next(4) == 0 ? from.AddDays(random.Next(61, 400)) : null);
    }

    private static Timeline<T> Changing<T>(Random random, Func<T> value)
    {
        var change = Given.Year.Period.From.AddDays(random.Next(1, 365));
        return Given.Dated((new DateRange(DateOnly.MinValue, change), value()), (new DateRange(change.AddDays(random.Next(5)), null), value()));
    }

    private static Coverage[] Coverage(Random random)
    {
        var change = new DateOnly(2025, random.Next(1, 13), 15);
        return
        [
            .. Split(random).Select(p => new Coverage(p.Rep, CoverageRole.Owner, p.Millionths, new DateRange(DateOnly.MinValue, change))),
            new Coverage(random.Next(Reps), CoverageRole.Owner, Share.Whole, new DateRange(change, null)),
            new Coverage(random.Next(Reps), CoverageRole.Overlay, random.Next(1, Share.Whole + 1), DateRange.Always, random.Next(2) == 0 ? null : ["backup"]),
        ];
    }

    private static SplitPart[] Split(Random random)
    {
        var first = random.Next(1, Share.Whole - 1);
        var second = random.Next(1, Share.Whole - first);
        return [new(random.Next(Reps), first), new(random.Next(Reps), second), new(random.Next(Reps), Share.Whole - first - second)];
    }

    private static Plan AnyPlan(Random random, string id) =>
        new(1, id, id, [new PlanVersion(1, DateOnly.MinValue, Components(random)), new PlanVersion(2, new DateOnly(2025, random.Next(2, 13), random.Next(1, 3)), Components(random))]);

    private static Component[] Components(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => new Component(
            $"c{i}", $"c{i}", Measures[random.Next(3)], (CreditSources)random.Next(1, 8), (PeriodKind)random.Next(3), (QuotaBasis)random.Next(2), Table(random)))];

    private static RateTable Table(Random random)
    {
        var edge = random.Next(1, 9000) / 100m;
        return new StepTable([new(0, edge, Rate(random)), new(edge, 100, Rate(random)), new(100, null, Rate(random))]);
    }

    private static decimal Rate(Random random) => random.Next(0, 3000) / 100m;
}
