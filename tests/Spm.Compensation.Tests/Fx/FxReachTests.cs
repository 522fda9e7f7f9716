using FsCheck.Fluent;
using Spm.Compensation.Amounts;
using Spm.Compensation.Fx;
using Spm.Compensation.Periods;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Fx;

public class FxReachTests
{
    private static readonly Currency Eur = Currency.Parse("EUR");
    private static readonly FiscalCalendar Calendar = new([Given.Year]);

    [Fact]
    public void A_rate_is_put_in_the_place_of_another_and_taken_away_again()
    {
        var rates = FxRates.None.With(Changes(("2025-03-14", 1.0889m), ("2025-02-28", 1.0411m)));
        Assert.Equal(1.0411m, rates.AsOf(Eur, Currency.Usd, Day("2025-03-13"))!.Value.Rate);
        rates = rates.With(Changes(("2025-02-28", 2m), ("2025-03-14", null), ("2025-04-01", null)));
        Assert.Equal((2m, null, null), (rates.Exactly(Eur, Currency.Usd, Day("2025-02-28")), rates.Exactly(Eur, Currency.Usd, Day("2025-03-14")), rates.DayAfter(Eur, Currency.Usd, Day("2025-02-28"))));
        Assert.False(rates.With(Changes(("2025-02-28", null))).Any);
        Assert.Throws<ArgumentException>(() => rates.With(Changes(("2025-02-28", 0m))));
    }

    [Fact]
    public void Rates_that_are_changed_are_those_that_were_so_from_the_start() => Property.Holds(AnyChange, c =>
        Assert.Equal(FxRates.None.With(c.After).All, FxRates.None.With(c.Before).With(Difference(c.Before, c.After)).All), 300);

    [Fact]
    public void Every_day_outside_the_reach_of_a_change_keeps_its_rate_and_no_day_is_reached_twice() => Property.Holds(AnyChange, c =>
    {
        var (before, after, changed) = (FxRates.None.With(c.Before), FxRates.None.With(c.After), Difference(c.Before, c.After));
        foreach (var rule in Rules)
        {
            var reach = rule.Reach(Eur, Currency.Usd, changed.Keys.Select(k => k.Day), before, after, Calendar);
            for (var day = Day("2025-01-01"); day < Day("2026-01-01"); day = day.AddDays(1))
            {
                var month = Calendar.MonthOf(day)!.Period;
                var reached = reach.Count(r => r.Contains(day));
                Assert.InRange(reached, 0, 1);
                if (reached == 0)
                {
                    Assert.Equal(rule.Choose(Eur, Currency.Usd, day, month, before), rule.Choose(Eur, Currency.Usd, day, month, after));
                }
            }
        }
    }, 200);

    [Fact]
    public void A_new_rate_of_today_reaches_no_day_before_it()
    {
        var before = FxRates.None.With(Changes(("2025-01-01", 1m), ("2025-06-01", 2m)));
        var after = before.With(Changes(("2025-03-01", 3m)));
        Assert.Equal([new DateRange(Day("2025-03-01"), Day("2025-06-01"))], Rules[0].Reach(Eur, Currency.Usd, [Day("2025-03-01")], before, after, Calendar));
        Assert.Equal([new DateRange(Day("2025-03-01"), Day("2025-04-01"))], Rules[1].Reach(Eur, Currency.Usd, [Day("2025-03-01")], before, after, Calendar));
        Assert.Empty(Rules[2].Reach(Eur, Currency.Usd, [Day("2025-03-01")], before, after, Calendar));
    }

    private static readonly FxRule[] Rules =
        [new(FxBasis.TransactionDate), new(FxBasis.MonthAverage), new(FxBasis.Fixed, new Dictionary<Currency, decimal> { [Eur] = 1.08m })];

    private static Dictionary<FxRateKey, decimal?> Changes(params (string Day, decimal? Rate)[] rates) => rates.ToDictionary(r => new FxRateKey(Eur, Currency.Usd, Day(r.Day)), r => r.Rate);

    private static Dictionary<FxRateKey, decimal?> Difference(Dictionary<FxRateKey, decimal?> before, Dictionary<FxRateKey, decimal?> after) =>
        before.Keys.Union(after.Keys).Where(k => before.GetValueOrDefault(k) != after.GetValueOrDefault(k)).ToDictionary(k => k, k => after.GetValueOrDefault(k));

    private static FsCheck.Gen<(Dictionary<FxRateKey, decimal?> Before, Dictionary<FxRateKey, decimal?> After)> AnyChange =>
        from before in AnyRates
        from after in AnyRates
        from kept in Gen.Choose(0, 1).ListOf(40)
        select (before, before.Where((_, i) => kept[i % 40] == 1).Concat(after).DistinctBy(r => r.Key).ToDictionary(r => r.Key, r => r.Value));

    private static FsCheck.Gen<Dictionary<FxRateKey, decimal?>> AnyRates =>
        from days in Gen.Choose(-20, 400).ListOf()
        from rates in Gen.Choose(1, 30).ListOf(200)
        select days.Distinct().Take(200).Select((d, i) => (new FxRateKey(Eur, Currency.Usd, Day("2025-01-01").AddDays(d)), (decimal?)(rates[i] / 10m))).ToDictionary(r => r.Item1, r => r.Item2);
}
