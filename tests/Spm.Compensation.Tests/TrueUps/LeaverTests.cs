namespace Spm.Compensation.Tests.TrueUps;

public class LeaverTests
{
    [Theory]
    [InlineData("\"2025-02-15\"", 20, 0)]
    [InlineData("\"2025-03-01\"", 20, 0)]
    [InlineData("null", 0, 20)]
    public void Who_leaves_is_paid_what_a_true_up_held_back_in_the_last_month_on_the_plan(string leftOn, decimal february, decimal march) => Given.Holds(
        """{"id":"c","measure":"sales","attainment_period":"quarter","rate":10,"true_up":{"per":"quarter","hold_back_percent":20}}""", $$"""
        "rep": { "left_on": {{leftOn}} }, "transactions": [{ "date": "2025-01-10", "amount": 1000 }],
        "expect": [{ "period": "2025-01", "is": 80 }, { "period": "2025-02", "is": {{february}} }, { "period": "2025-03", "is": {{march}} }]
        """);
}
