using FsCheck.Fluent;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;
using Spm.Compensation.Quotas.Leave;
using Spm.Compensation.Quotas.Proration;
using Spm.Compensation.Quotas.Ramps;
using Spm.Compensation.Quotas.Seasonality;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Quotas;

/// <summary>What holds for every quota, whatever the rules: parts sum to the whole, and everything scales.</summary>
public class EffectiveQuotaLaws
{
    private static readonly FiscalCalendar Calendar = new([Year]);
    private static readonly SeasonalityRule Seasons = new(SeasonalParts.Quarters, [12.5m, 20, 27.5m, 40], 2);

    private sealed record Case(int Quota, int Anew, int AnewDay, ProrationBasis By, bool Seasonal, int HiredDay, int CutDay, int LeaveDay, FiscalPeriod Span);

    [Fact]
    public void What_two_reps_who_follow_each_other_answer_for_sums_to_the_whole_quota() => Property.Holds(AnyCase, c =>
    {
        var rules = Rules(c, ramp: false);
        var cut = Year.Period.From.AddDays(c.CutDay);
        var first = Quota(c, rules, new QuotaFacts(DaySet.Of(new DateRange(DateOnly.MinValue, cut)), DateOnly.MinValue, []));
        var second = Quota(c, rules, new QuotaFacts(DaySet.Of(new DateRange(cut, null)), cut, []));
        Assert.Equal(Quota(c, rules, QuotaFacts.AlwaysActive).Exact, first.Exact + second.Exact);
    });

    [Fact]
    public void The_active_part_is_that_of_the_quota_where_months_are_alike() => Property.Holds(AnyCase, c =>
    {
        var rules = new QuotaRules(c.Seasonal ? SeasonalityRule.Even : null, null, new ProrationRule(c.By, MonthRule.FirstDay));
        var book = c.Seasonal ? Book(("2025", 120_000m)) : Book([.. Year.Months.Select(m => (m.Id, 10_000m))]);
        var facts = Facts(c) with { Leaves = [] };
        decimal months = Year.Months.Count(m => m.Span(c.Span.Kind).Id == c.Span.Id);
        var quotas = new EffectiveQuotas(book, [], Calendar, rules, facts);
        Assert.Equal(quotas.For(Revenue.No, c.Span, Year).Exact, quotas.ActivePart(Revenue.No, c.Span, Year)!.Value * (months * 10_000m));
    });

    [Fact]
    public void Twice_the_quota_is_twice_the_effective_quota() => Property.Holds(AnyCase, c =>
    {
        var rules = Rules(c, ramp: true) with { Seasonality = null };
        var (one, two) = (Quota(c, rules, Facts(c)), Quota(c with { Quota = c.Quota * 2, Anew = c.Anew * 2 }, rules, Facts(c)));
        Assert.Equal(one.Exact * 2m, two.Exact);
        Assert.Equal(one.CreditedAtTarget * 2m, two.CreditedAtTarget);
    });

    [Fact]
    public void A_higher_quota_is_never_a_lower_effective_one() => Property.Holds(AnyCase, c =>
    {
        var rules = Rules(c, ramp: true) with { Seasonality = null };
        Assert.True(Quota(c, rules, Facts(c)).Exact <= Quota(c with { Quota = c.Quota + 1 }, rules, Facts(c)).Exact);
    });

    [Fact]
    public void The_steps_lead_from_what_was_set_to_what_is_answered_for() => Property.Holds(AnyCase, c =>
    {
        var rules = Rules(c, ramp: true) with { Decimals = 2 };
        var quota = Quota(c, rules, Facts(c));
        foreach (var period in quota.Steps.GroupBy(s => s.Period))
        {
            Assert.All(period, s => Assert.Equal(s.After, s.Before * new Fraction(s.Numerator, s.Denominator)));
            Assert.All(period.Zip(period.Skip(1)), s => Assert.True(s.First.After == s.Second.Before && s.First.Rule < s.Second.Rule));
        }
        if (quota.Steps.Count > 0 && quota.Steps.All(s => s.Period == c.Span.Id))
        {
            Assert.Equal(quota.Exact, quota.Steps[^1].After);
        }
    });

    [Fact]
    public void What_is_credited_at_target_is_never_more_than_the_quota_and_at_full_leave_is_all_of_it() => Property.Holds(AnyCase, c =>
    {
        var quota = Quota(c, Rules(c, ramp: true), Facts(c));
        Assert.True(quota.CreditedAtTarget >= Fraction.Zero && quota.CreditedAtTarget <= quota.Exact);
        var away = Quota(c, Rules(c, ramp: true), QuotaFacts.AlwaysActive with { Leaves = [new(DateRange.Always, LeaveEffect.CreditAtTarget)] });
        Assert.Equal(away.Exact, away.CreditedAtTarget);
    });

    [Fact]
    public void Without_rules_a_quota_is_what_the_book_says() => Property.Holds(AnyBook, quotas =>
    {
        var book = Book([.. quotas.DistinctBy(q => q.Period)]);
        foreach (var span in Year.Months.SelectMany(m => new[] { m.Period, m.Quarter, m.Year }).Distinct())
        {
            var quota = new EffectiveQuotas(book, [], Calendar, QuotaRules.None, QuotaFacts.AlwaysActive).For(Revenue.No, span, Year);
            Assert.Equal(book.For(Revenue.No, span, Year), quota.Amount);
            Assert.Empty(quota.Steps);
        }
    });

    private static EffectiveQuota Quota(Case c, QuotaRules rules, QuotaFacts facts)
    {
        var source = rules.Seasonality is null ? c.Span : Year.Period;
        DatedQuota[] dated = source.From.AddDays(c.AnewDay) is var day && source.Contains(day) ? [new(Revenue.No, source.Id, day, c.Anew)] : [];
        return new EffectiveQuotas(Book((source.Id, c.Quota)), dated, Calendar, rules, facts).For(Revenue.No, rules.Seasonality is null || c.Span.Kind != PeriodKind.Month ? c.Span : Year.Period, Year);
    }

    private static QuotaRules Rules(Case c, bool ramp) =>
        new(c.Seasonal ? Seasons : null, ramp ? new RampRule([new(2, 50m), new(5, 80m)]) : null, new ProrationRule(c.By, MonthRule.FirstDay, holidays: [Day("2025-05-01")]));

    private static QuotaFacts Facts(Case c)
    {
        var (hired, leave) = (Year.Period.From.AddDays(c.HiredDay), Year.Period.From.AddDays(c.LeaveDay));
        return new(
            DaySet.Of(new DateRange(hired, null)), hired,
            [new(new DateRange(leave, leave.AddDays(20)), LeaveEffect.CreditAtTarget), new(new DateRange(leave.AddDays(20), leave.AddDays(30)), LeaveEffect.Exclude)]);
    }

    private static FsCheck.Gen<Case> AnyCase =>
        from amounts in Gen.ArrayOf(Gen.Choose(1, 10_000_000), 2)
        from days in Gen.ArrayOf(Gen.Choose(0, 364), 3)
        from anewDay in Gen.Choose(0, 150)
        from basis in Gen.Elements(ProrationBasis.CalendarDays, ProrationBasis.WorkingDays, ProrationBasis.Months)
        from isSeasonal in Gen.Elements(true, false)
        from span in Gen.Elements(Year.Months.SelectMany(m => new[] { m.Period, m.Quarter, m.Year }).ToArray())
        select new Case(amounts[0], amounts[1], anewDay, basis, isSeasonal, days[0], days[1], days[2], span);

    private static FsCheck.Gen<(string Period, decimal Amount)[]> AnyBook =>
        Gen.ArrayOf(
            from span in Gen.Elements(Year.Months.SelectMany(m => new[] { m.Period, m.Period, m.Quarter, m.Year }).ToArray())
            from amount in Gen.Choose(1, 1_000_000)
            select (span.Id, amount / 100m), 25);
}
