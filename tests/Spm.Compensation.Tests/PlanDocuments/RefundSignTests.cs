namespace Spm.Compensation.Tests.PlanDocuments;

/// <summary>A refund in a test of a plan takes back, however its sign is written.</summary>
public class RefundSignTests
{
    private const string Sales = """{"id":"c","measure":"sales","rate":10}""";

    [Theory]
    [InlineData("10000")]
    [InlineData("-10000")]
    public void A_refund_takes_its_amount_back_written_with_a_minus_or_without(string amount) => Given.Holds(Sales, $$"""
        "transactions": [{ "id": "A", "date": "2025-01-05", "amount": 60000 }, { "kind": "refund", "deal": "A", "date": "2025-03-05", "amount": {{amount}} }],
        "expect": [{ "period": "2025-03", "is": -1000 }, { "period": "2025", "is": 5000 }]
        """);

    /// <summary>The sale beneath cost had a margin below zero: its refund gives that back.</summary>
    [Theory]
    [InlineData(""" "amount": 500, "quantity": 2, "margin": 100 """, "-40")]
    [InlineData(""" "amount": -500, "quantity": -2, "margin": -100 """, "-40")]
    [InlineData(""" "amount": 500, "margin": -100 """, "60")]
    [InlineData(""" "amount": -500, "margin": 100 """, "60")]
    public void Quantity_and_margin_of_a_refund_go_the_way_of_its_amount(string figures, string paid) => Given.Holds(
        """{"id":"c","measure":"sales","per":"deal","earn":"if(quantity <> 0, 20 * quantity, coalesce(margin, 0) * 60%)"}""",
        $$"""
        "transactions": [{ "id": "A", "date": "2025-01-05", "amount": 1000, "margin": 0 }, { "kind": "refund", "deal": "A", "date": "2025-03-05", {{figures}} }],
        "expect": [{ "period": "2025", "is": {{paid}} }]
        """);

    [Fact]
    public void A_refund_is_split_as_its_deal_was() => Given.Holds(Sales, """
        "reps": [{ "id": "ann" }, { "id": "bob" }],
        "transactions": [
          { "id": "A", "date": "2025-01-05", "amount": 1000, "splits": [{ "rep": "ann", "percent": 60 }, { "rep": "bob", "percent": 40 }] },
          { "kind": "refund", "deal": "A", "date": "2025-03-05", "amount": 500 }
        ],
        "expect": [{ "rep": "ann", "period": "2025-03", "is": -30 }, { "rep": "bob", "period": "2025-03", "is": -20 }]
        """);
}
