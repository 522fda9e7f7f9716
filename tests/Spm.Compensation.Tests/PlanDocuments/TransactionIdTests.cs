namespace Spm.Compensation.Tests.PlanDocuments;

public class TransactionIdTests
{
    [Fact]
    public void A_transaction_without_an_id_is_none_of_those_that_have_one() => Given.Holds("""{"id":"c","measure":"sales","rate":10}""", """
        "transactions": [{ "id": "T3", "date": "2025-01-05", "amount": 100 }, { "date": "2025-01-05", "amount": 200 }, { "date": "2025-01-05", "amount": 400 }],
        "expect": [{ "period": "2025-01", "is": 70 }]
        """);
}
