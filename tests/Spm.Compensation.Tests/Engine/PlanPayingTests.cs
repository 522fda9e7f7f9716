using Spm.Compensation.Engine;
using Spm.Compensation.Periods;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Engine;

public class PlanPayingTests
{
    private const string Rate = """{"id":"c","measure":"revenue","rate":1}""";

    private static readonly FiscalMonth February = Year.Months[1];
    private static readonly PlanRules Old = Plan("old", Rate);
    private static readonly PlanRules New = Plan("new", Rate);
    private static readonly RepProfile Ann = new("ann");

    [Fact]
    public void Who_changes_plan_during_a_month_is_paid_under_the_plan_of_its_last_day() =>
        Assert.Equal("new", In((From("2025-01-01", "2025-02-28"), Old), (From("2025-02-28"), New)));

    [Fact]
    public void Who_leaves_a_plan_during_a_month_is_paid_under_the_plan_they_were_on_last() =>
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
        var plan = Versions("p", ("2025-01-01", Rate), ("2025-02-02", Rate));
        Assert.Equal(1, PlanPaying.Of(plan, Ann, February)!.Version.Number);
        Assert.Equal(2, PlanPaying.Of(plan, Ann, Year.Months[2])!.Version.Number);
        Assert.Equal(2, plan.VersionAt(Day("2025-02-02"))!.Number);
    }

    [Fact]
    public void Before_its_first_version_a_plan_pays_nobody() =>
        Assert.Null(PlanPaying.Of(Versions("p", ("2025-02-02", Rate)), Ann, February));

    [Theory]
    [InlineData("2025-02-28", null, true)]
    [InlineData("2025-03-01", null, false)]
    [InlineData("2024-01-01", "2025-02-02", true)]
    [InlineData("2024-01-01", "2025-02-01", false)]
    public void A_month_without_a_day_of_employment_is_not_paid(string hired, string? left, bool paid) =>
        Assert.Equal(paid, PlanPaying.Of(Old, Ann with { HiredOn = Day(hired), LeftOn = left is null ? null : Day(left) }, February) is not null);

    private static string? In(params (DateRange, PlanRules)[] plans) => PlanPaying.In(February, Dated(plans), Ann)?.Plan.Id;
}
