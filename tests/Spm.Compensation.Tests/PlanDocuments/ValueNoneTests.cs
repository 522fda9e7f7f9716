using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Tests.PlanDocuments;

/// <summary>An expression that asks for nothing has its value when it is read.</summary>
public class ValueNoneTests
{
    [Theory]
    [InlineData("/versions/0/components/0/earn", "value_none", """ "earn": "1 / 0" """)]
    [InlineData("/versions/0/components/0/eligibility", "value_none", """ "rate": 5, "eligibility": "1 / 0 > 2" """)]
    [InlineData("/versions/0/components/0/accounting/months", "value_none", """ "rate": 5, "accounting": { "months": "12 / 0" } """)]
    [InlineData("/versions/0/components/0/caps/0/amount", "number_overflow", """ "rate": 5, "caps": [{ "per": "month", "amount": "9999999999999999 * 9999999999999999" }] """)]
    public void What_asks_for_nothing_and_has_no_value_is_refused_where_it_stands(string at, string code, string members)
    {
        var errors = new DocErrors();
        PlanReader.Read($$"""{ "plan": "p", "currency": "USD", "versions": [{ "effective_from": "2025-01-01", "measures": [{ "id": "sales", "value": "amount" }], "components": [{ "id": "c", "measure": "sales", {{members}} }] }] }""", errors);
        Assert.Equal((at, code), Assert.Single(errors.All.Select(e => (e.Path, e.Code))));
    }

    [Fact]
    public void What_may_have_a_value_is_taken() => Given.Holds(
        """{ "id": "c", "measure": "sales", "earn": "coalesce(1 / 0, 7)" }""",
        """ "transactions": [{ "date": "2025-01-10", "amount": 1 }], "expect": [{ "period": "2025-01", "component": "c", "is": 7 }] """);
}
