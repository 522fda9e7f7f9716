using Spm.Compensation.Incentives;
using Spm.Compensation.Periods;
using Spm.Compensation.Plans;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Incentives;

public class PlanInEffectTests
{
    private static readonly FiscalMonth February = Year.Months[1];
    private static readonly Plan Old = Plan("old");
    private static readonly Plan New = Plan("new");

    [Fact]
    public void Who_changes_plan_during_a_month_is_paid_under_the_plan_of_its_last_day() =>
        Assert.Equal("new", In((From("2025-01-01", "2025-02-28"), Old), (From("2025-02-28"), New)));

    [Fact]
    public void Who_leaves_during_a_month_is_paid_under_the_plan_they_were_on_last() =>
        Assert.Equal("old", In((From("2025-01-01", "2025-02-02"), Old)));

    [Fact]
    public void A_plan_that_ends_where_the_month_begins_does_not_pay_it() =>
        Assert.Null(In((From("2025-01-01", "2025-02-01"), Old)));

    [Fact]
    public void A_plan_that_begins_where_the_month_ends_does_not_pay_it() =>
        Assert.Null(In((From("2025-03-01"), New)));

    [Fact]
    public void The_version_of_the_months_first_day_pays_the_month()
    {
        var plan = Versions((2, "2025-02-02"), (1, "2025-01-01"));
        Assert.Equal(1, PlanInEffect.In(February, Timeline<Plan>.Always(plan))!.Version.Number);
        Assert.Equal(2, PlanInEffect.In(Year.Months[2], Timeline<Plan>.Always(plan))!.Version.Number);
        Assert.Equal(2, plan.VersionAt(Day("2025-02-02"))!.Number);
    }

    [Fact]
    public void Before_its_first_version_a_plan_pays_nobody()
    {
        var plan = Versions((1, "2025-02-02"));
        Assert.Null(plan.VersionAt(Day("2025-02-01")));
        Assert.Null(PlanInEffect.In(February, Timeline<Plan>.Always(plan)));
    }

    private static string? In(params (DateRange, Plan)[] plans) => PlanInEffect.In(February, Dated(plans))?.Plan.Id;

    private static Plan Versions(params (int Number, string From)[] versions) =>
        new(1, "p", "p", [.. versions.Select(v => new PlanVersion(v.Number, Day(v.From), []))]);
}
