using static Spm.Compensation.Tests.Explain.ExplainedDocument;

namespace Spm.Compensation.Tests.Explain;

/// <summary>A month that pays nothing is explained as well: who sold and sees a zero asks why.</summary>
public class NothingPaidTests
{
    [Fact]
    public void A_closed_gate_stands_with_what_it_takes_away_and_where_the_other_component_stands()
    {
        var document = new ExplainedDocument(
            """
            "measures": [{ "id": "new", "value": "amount", "when": "product = 'new'" }, { "id": "renewal", "value": "amount", "when": "product = 'renewal'" }],
            "components": [{ "id": "new_biz", "measure": "new", "rate": 10, "gates": [{ "component": "renewals", "at": 80 }] }, { "id": "renewals", "measure": "renewal", "quota": "full" }]
            """,
            """
            "quotas": [{ "measure": "renewal", "period": "2025", "amount": 10000 }],
            "transactions": [{ "date": "2025-01-10", "amount": 1000, "product": "new" }, { "date": "2025-01-10", "amount": 5000, "product": "renewal" }]
            """);
        Assert.True(document.IsWorthAsking("2025-01"));
        Reads(
            """
            gate: renewals at 80 %: 0 = product of
              earning: 100 = sum of
                flat tier 0 to any: 100 = product of
                  amount: 1,000
                  rate: 0.1
              closed: 0  (renewals stands at 50 %: 5,000 of 10,000)
            """, document.Payout("2025-01"));
        Assert.DoesNotContain("incentive of renewals", document.Payout("2025-01"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_quota_is_named()
    {
        var document = new ExplainedDocument(
            """ "measures": [{ "id": "sales", "value": "amount" }], "components": [{ "id": "c", "measure": "sales", "quota": "full", "rate": 10 }] """,
            """ "transactions": [{ "date": "2025-02-10", "amount": 1000 }] """);
        Assert.True(document.IsWorthAsking("2025-02"));
        Reads("earned to date by 2025-02: 0  (Stands where it stood: quota_missing", document.Payout("2025-02"));
    }

    [Fact]
    public void Where_nothing_is_credited_and_nothing_lacks_there_is_nothing_to_ask()
    {
        var document = new ExplainedDocument(
            """ "measures": [{ "id": "sales", "value": "amount" }], "components": [{ "id": "c", "measure": "sales", "rate": 10 }] """, """ "transactions": [{ "date": "2025-02-10", "amount": 1000 }] """);
        Assert.Equal([false, true, false], new[] { "2025-01", "2025-02", "2025-03" }.Select(document.IsWorthAsking));
    }
}
