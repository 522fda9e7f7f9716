namespace Spm.Compensation.Tests.Engine;

/// <summary>The target incentive stands beside the quota: of the same months, and of the same part of them.</summary>
public class TargetIncentiveTests
{
    private const string OfTarget = """{"id":"c","measure":"sales","quota":"QUOTA","rate_table":{"mode":"step","yields":"target_multiplier","tiers":[{"from":0,"rate":1}]}}""";

    [Fact]
    public void Beside_a_quota_to_date_months_before_the_hire_have_no_target_incentive() => Given.Holds(OfTarget.Replace("QUOTA", "to_date", StringComparison.Ordinal), """
        "rep": { "hired_on": "2025-07-01", "target_incentive": 60000 },
        "quotas": [{ "measure": "sales", "period": "2025-07", "amount": 1000 }, { "measure": "sales", "period": "2025-08", "amount": 1000 }],
        "transactions": [{ "date": "2025-07-10", "amount": 1000 }, { "date": "2025-08-10", "amount": 500 }],
        "expect": [
          { "period": "2025-07", "is": 5000 }, { "period": "2025-08", "is": 2500 },
          { "period": "2025-08", "component": "c", "figure": "target_incentive", "is": 10000 }
        ]
        """);

    [Theory]
    [InlineData("full", "30246.58")]
    [InlineData("to_date", "30000")]
    public void It_is_prorated_as_the_quota_is(string quota, string paid) => Given.Holds(OfTarget.Replace("QUOTA", quota, StringComparison.Ordinal), $$"""
        "rep": { "hired_on": "2025-07-01", "target_incentive": 60000 },
        "quotas": [{ "measure": "sales", "period": "{{(quota == "full" ? "2025" : "2025-07")}}", "amount": 3650 }{{(quota == "full" ? "" : string.Concat(Enumerable.Range(8, 5).Select(m => $$""", { "measure": "sales", "period": "2025-{{m:00}}", "amount": 3650 }""")))}}],
        "transactions": [{ "date": "2025-12-10", "amount": {{(quota == "full" ? "1840" : "21900")}} }],
        "expect": [{ "period": "2025", "is": {{paid}} }]
        """, """{ "proration": { "by": "calendar_days" } }""");
}
