using Spm.Compensation.Amounts;
using Spm.Compensation.Crediting;
using Spm.Compensation.Engine;
using Spm.Compensation.Fx;
using Spm.Compensation.Groups;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;
using Spm.Compensation.Roundings;

namespace Spm.Compensation.Tests.PlanDocuments;

/// <summary>Random plans from the whole grammar over random histories: what is paid depends on what happened, not on the order in which it was learnt.</summary>
public class PlanLaws
{
    private static readonly FiscalCalendar Calendar =
        new([FiscalYearPattern.Gregorian("2025", new DateOnly(2025, 1, 1)), FiscalYearPattern.Gregorian("2026", new DateOnly(2026, 1, 1))]);

    private static readonly string[] SaleKinds = ["order", "invoice"];

    private static readonly FxRates Rates = FxRates.TryCreate(
        [new(Currency.Usd, Currency.Parse("EUR"), new DateOnly(2025, 1, 1), 0.95m), new(Currency.Usd, Currency.Parse("EUR"), new DateOnly(2025, 7, 10), 0.87m)], out var rates, out _) ? rates : FxRates.None;

    /// <summary>Of the first year; in the second they are not given yet.</summary>
    private static readonly Dictionary<(string, string), decimal> Scores = Calendar.Years[0].Months
        .SelectMany(m => Enum.GetValues<PeriodKind>().Select(kind => m.Span(kind).Id)).Distinct()
        .SelectMany((period, i) => new[] { (Key: ("a", period), Score: 70m + i), (Key: ("b", period), Score: 5m + i) }).ToDictionary(s => s.Key, s => s.Score);

    [Fact]
    public void Any_order_and_any_batching_pays_the_same_cents() => Property.Holds<int>(seed =>
    {
        var (random, plan) = (new Random(seed), RandomPlan.Read(seed).Rules);
        var lines = History(random, 60);
        var expected = Paid(plan, Rep(seed), lines, batch: lines.Count, random);
        Assert.Equal(expected, Paid(plan, Rep(seed), [.. lines.OrderBy(_ => random.Next())], batch: random.Next(1, 10), random));
    });

    [Fact]
    public void Edits_deletions_and_late_data_equal_recomputation_from_scratch() => Property.Holds<int>(seed =>
    {
        var (random, plan) = (new Random(seed), RandomPlan.Read(seed).Rules);
        var years = Years(plan, Rep(seed));
        List<CreditLine> live = [];
        var history = History(random, 80);
        foreach (var line in history)
        {
            Apply(years, line, add: true);
            live.Add(line);
            if (random.Next(3) == 0)
            {
                var gone = random.Next(live.Count);
                Apply(years, live[gone], add: false);
                live.RemoveAt(gone);
            }
            if (random.Next(4) == 0)
            {
                years.ForEach(y => y.Calculate());
            }
        }
        Assert.Equal(Paid(plan, Rep(seed), live, live.Count + 1, random), Pay(years));
    });

    [Fact]
    public void The_lines_of_a_month_sum_to_what_is_due_and_the_cents_of_a_year_to_its_rounded_sum() => Property.Holds<int>(seed =>
    {
        var (random, plan) = (new Random(seed), RandomPlan.Read(seed).Rules);
        var years = Years(plan, Rep(seed));
        foreach (var line in History(random, 60))
        {
            Apply(years, line, add: true);
        }
        years.ForEach(y => y.Calculate());
        GroupFigures.Give([years]);
        var run = PayRun.Calculate(years);
        Assert.All(run.Months, m => Assert.Equal(m.Lines.Sum(l => l.Amount), m.Due));
        foreach (var year in run.Months.GroupBy(m => m.Month.Year.Id).Where(y => y.All(m => m.Paying!.Version.Pay.Rounding == PayRounding.Standard)))
        {
            Assert.Equal(decimal.Round(year.Sum(m => m.Due), 2, MidpointRounding.ToEven), year.Sum(m => m.DueMinor) / 100m);
        }
    });

    /// <summary>A random plan over a random history.</summary>
    internal static PayRun Run(int seed)
    {
        var years = Years(RandomPlan.Read(seed).Rules, Rep(seed));
        foreach (var line in History(new Random(seed), 40))
        {
            Apply(years, line, add: true);
        }
        years.ForEach(y => y.Calculate());
        GroupFigures.Give([years]);
        return PayRun.Calculate(years, spiffCuts: SpiffBudgets.Share([years])[0]);
    }

    private static string Paid(PlanRules plan, RepProfile rep, IReadOnlyList<CreditLine> lines, int batch, Random random)
    {
        var years = Years(plan, rep);
        foreach (var chunk in lines.Chunk(Math.Max(1, batch)))
        {
            foreach (var line in chunk)
            {
                Apply(years, line, add: true);
            }
            if (random.Next(2) == 0)
            {
                years.ForEach(y => y.Calculate());
            }
        }
        return Pay(years);
    }

    /// <summary>Every line of every month, with the cents: as text, so that a difference shows where it lies.</summary>
    private static string Pay(List<RepYear> years)
    {
        years.ForEach(y => y.Calculate());
        GroupFigures.Give([years]);
        var cuts = SpiffBudgets.Share([years]);
        var run = PayRun.Calculate(years, spiffCuts: cuts[0]);
        return Text(run);
    }

    /// <remarks>At nine decimals: sums of quotients of 28 digits depend in the last on how they are added up, and so does whether a cap cuts nothing or a part of that digit.</remarks>
    internal static string Text(PayRun run) =>
        string.Join('\n', run.Months.Select(m => $"{m.Month.Id} {m.DueMinor} {m.DrawBalance:0.#########} {string.Join(", ", m.Lines.Where(l => decimal.Round(l.Amount, 9) != 0m).Select(l => $"{l.Kind} {l.Component} {l.Amount:0.#########}"))}"));

    internal static List<RepYear> Years(PlanRules plan, RepProfile rep)
    {
        var quotas = new Dictionary<(int, string), decimal>();
        foreach (var (_, no) in plan.MeasureNos)
        {
            foreach (var month in Calendar.Months)
            {
                quotas.Add((no, month.Id), 1000m + (no * 37m));
            }
        }
        return [.. Calendar.Years.Select(y => new RepYear(new RepYearInputs(
            y, rep, [.. y.Months.Select(m => plan.VersionAt(m.Period.From) is { } v ? new PlanPaying(plan, v) : null)], new QuotaBook(quotas))
            {
                KeepsDeals = true, Calendar = Calendar, FxRates = Rates,
            }))];
    }

    private static RepProfile Rep(int seed) =>
        new("r") { Territory = "West", HiredOn = new DateOnly(2025, 1, 20), TargetIncentive = 12_000m, Scores = Scores, Leave = RandomPlan.Leave(seed) };

    internal static void Apply(List<RepYear> years, CreditLine line, bool add) =>
        Assert.Equal(1, years.Count(y => add ? y.Add(line) : y.Remove(line)));

    /// <summary>Sales, refunds of some, payments, cancellations, splits as two credits of one transaction.</summary>
    internal static List<CreditLine> History(Random random, int count)
    {
        List<CreditLine> lines = [];
        for (var i = 0; i < count; i++)
        {
            var day = new DateOnly(2025, 1, 1).AddDays(random.Next(730));
            var earlier = lines.Count == 0 ? null : lines[random.Next(lines.Count)];
            var kind = earlier is null ? 0 : random.Next(8);
            var line = new CreditLine
            {
                Transaction = $"T{i}",
                Deal = kind >= 5 ? earlier!.Deal : $"T{i}",
                Date = day,
                Kind = kind switch { 5 => "refund", 6 => "payment", 7 => "cancellation", _ => SaleKinds[random.Next(2)] },
                Credit = random.Next(5) == 0 ? CreditSources.Overlay : CreditSources.Direct,
                Amount = kind switch { 5 => -earlier!.Amount, 6 => earlier!.Amount * random.Next(1, 3) / 2m, 7 => Math.Abs(earlier!.Amount) / random.Next(1, 4), _ => random.Next(10, 900_000) / 100m },
                Quantity = random.Next(1, 9) * (kind == 5 ? -1 : 1),
                Margin = random.Next(4) == 0 ? null : random.Next(-100, 100_000) / 100m,
                Share = random.Next(1, 5) / 4m,
                Currency = random.Next(8) == 0 ? "USD" : null,
                Facts = new FactSet([KeyValuePair.Create<string, object>("years", (decimal)random.Next(1, 5))]),
            };
            lines.Add(line);
        }
        return lines;
    }
}
