using System.Globalization;
using Spm.Compensation.Amounts;
using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Payouts;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Tests;

/// <summary>
/// A company and its deals, drawn from numbers that FsCheck chooses and shrinks: the same number is always the same company or
/// deal. Managers, territories and plans change during the year; people join and leave; deals are split, refunded, named or not.
/// </summary>
public sealed class RandomCompany
{
    private const int Reps = 6, Territories = 4, AccountCount = 5;

    public static readonly Measure[] Measures = [Given.Revenue, Given.Deals, Given.Revenue with { No = 3, Name = "units", Value = MeasureValue.Quantity }];

    private readonly IReadOnlyList<PlanPaying?>[] _plans;
    private readonly QuotaBook _quotas;

    public RandomCompany(int seed)
    {
        var random = new Random(seed);
        Roster = new Roster(
            [.. Enumerable.Range(0, Reps).Select(i => new RepFacts(Employment(random), Changing(random, () => i == 0 ? Roster.None : random.Next(-1, i))))],
            [.. Enumerable.Range(0, Territories).Select(i => new TerritoryFacts(random.Next(-1, i), Coverage(random)))],
            [.. Enumerable.Range(0, AccountCount).Select(_ => new AccountFacts(Changing(random, () => random.Next(Territories))))]);
        PlanRules[] plans = [AnyPlan(random, "a"), AnyPlan(random, "b")];
        _plans = [.. Enumerable.Range(0, Reps).Select(_ => Changing(random, () => plans[random.Next(2)])).Select(plan => Given.Year.Months.Select(m => PlanPaying.In(m, plan, new RepProfile("ann"))).ToArray())];
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

    /// <summary>A rep's year from sums by measure and month, as the platform keeps them.</summary>
    public RepYear FromSums(int rep, IEnumerable<KeyValuePair<MeasurementKey, Measurement>> changes)
    {
        var measurements = new Measurements();
        foreach (var (key, value) in changes.Where(c => c.Key.Kind == SubjectKind.Rep && c.Key.Subject == rep))
        {
            measurements.Add(key.Measure, key.Month, value);
        }
        var year = new RepYear(Inputs(rep));
        for (var m = 0; m < year.Months; m++)
        {
            year.Measure(m, measurements);
        }
        year.Calculate();
        return year;
    }

    /// <summary>The same year from every single credit: direct, overlay, and what rolls up from the reps below.</summary>
    public RepYear FromCredits(int rep, IEnumerable<int> deals)
    {
        var year = new RepYear(Inputs(rep));
        foreach (var (deal, number) in deals.Select(Deal).Select((deal, number) => (deal, number)))
        {
            var result = new CreditResult();
            CreditRules.Credit(deal, Roster, result);
            foreach (var credit in result.Credits)
            {
                if (credit.Rep == rep)
                {
                    year.Add(Line(deal, number, credit, credit.Kind == CreditKind.Overlay ? CreditSources.Overlay : CreditSources.Direct));
                }
                else if (credit.Kind == CreditKind.Direct && IsBelow(credit.Rep, rep, deal.Date))
                {
                    year.Add(Line(deal, number, credit, CreditSources.RollUp));
                }
            }
        }
        year.Calculate();
        return year;
    }

    public static Dictionary<PayKey, long> Pay(RepYear year) =>
        Statements.Of(PayRun.Calculate([year])).SelectMany(y => y.Months).SelectMany(m => m.Lines).ToDictionary(l => l.Key, l => l.Minor);

    public Dictionary<PayKey, long> Pay(int rep, MeasurementChanges changes) => Pay(FromSums(rep, changes.All));

    private RepYearInputs Inputs(int rep) => new(Given.Year, new RepProfile($"r{rep}"), _plans[rep], _quotas);

    private bool IsBelow(int rep, int manager, DateOnly day)
    {
        Span<int> above = stackalloc int[Roster.MaxDepth];
        return above[..Roster.ManagersAbove(rep, day, above)].Contains(manager);
    }

    private static CreditLine Line(Transaction deal, int number, in Credit credit, CreditSources source) => new()
    {
        Transaction = $"t{number}",
        Date = deal.Date,
        Kind = WireNames.Of(deal.Kind),
        Credit = source,
        Share = Math.Abs(TenThousandths.ToDecimal(credit.Count)),
        Amount = TenThousandths.ToDecimal(credit.Amount),
        Quantity = TenThousandths.ToDecimal(credit.Quantity),
        Margin = TenThousandths.ToDecimal(credit.Margin),
        Product = deal.Product,
    };

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

    private static PlanRules AnyPlan(Random random, string id) =>
        Given.Versions(id, ("1900-01-01", Components(random)), ($"2025-{random.Next(2, 13):00}-{random.Next(1, 3):00}", Components(random)));

    private static string Components(Random random) => string.Join(',', Enumerable.Range(0, random.Next(1, 4)).Select(i =>
    {
        var measure = random.Next(3);
        var credits = new[] { "direct", "overlay", "roll_up" }.Where((_, source) => source == i || random.Next(2) == 0).Select(c => $"\"{c}\"");
        return $$"""
            {"id":"c{{i}}","measure":"{{new[] { "revenue", "deals", "units" }[measure]}}","credits":[{{string.Join(',', credits)}}],
            "attainment_period":"{{new[] { "month", "quarter", "year" }[random.Next(3)]}}","quota":"{{new[] { "full", "to_date" }[random.Next(2)]}}",
            "rate_table":{"mode":"step","yields":"{{(measure == 0 ? "percent" : "per_unit")}}","tiers":[{{Tiers(random)}}]} }
            """;
    }));

    private static string Tiers(Random random)
    {
        var edge = (random.Next(1, 9000) / 100m).ToString(CultureInfo.InvariantCulture);
        return $$"""{"from":0,"to":{{edge}},"rate":{{Rate(random)}}},{"from":{{edge}},"to":100,"rate":{{Rate(random)}}},{"from":100,"rate":{{Rate(random)}}}""";
    }

    private static string Rate(Random random) => (random.Next(0, 3000) / 100m).ToString(CultureInfo.InvariantCulture);
}
