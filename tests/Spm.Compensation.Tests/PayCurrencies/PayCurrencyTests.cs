using Spm.Compensation.Amounts;
using Spm.Compensation.Documents;
using Spm.Compensation.Explain;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;

namespace Spm.Compensation.Tests.PayCurrencies;

public class PayCurrencyTests
{
    private const string Rates = "\"fx_rates\": [{ \"from\": \"USD\", \"to\": \"EUR\", \"day\": \"2025-02-01\", \"rate\": 0.9 }]";

    [Fact]
    public void A_month_is_converted_at_its_own_rate_and_rounded_by_itself()
    {
        var (result, run) = Run("{ \"of\": \"rep.facts.currency\", \"rate\": \"fixed\", \"fixed_rates\": { \"EUR\": 0.905 }, \"decimals\": 1 }", "EUR", "{ \"period\": \"2025-Q1\", \"figure\": \"paid\", \"is\": 27.2 }");
        Assert.Empty(result.Messages);
        Assert.Equal([9.1m, 9.1m, 9.0m], run.Months.Take(3).Select(m => m.Paid!.Amount));
        var node = Explanations.OfPaid(run, 2)!;
        Assert.Equal((9.0m, 9.0m), (node.Value, node.Recompute(Currency.Usd)));
    }

    [Fact]
    public void A_rate_that_is_missing_is_named_and_nothing_is_paid_in_its_place()
    {
        var (result, run) = Run("{ \"of\": \"rep.facts.currency\", \"rate\": \"month_end\" }", "EUR", "{ \"period\": \"2025-01\", \"figure\": \"paid\", \"is\": null }");
        Assert.Equal(["fx_rate_missing: There is no rate from USD to EUR (month_end) for 2025-01."], result.Problems);
        Assert.Equal((null, 9.02m), (run.Months[0].Paid, run.Months[1].Paid!.Amount));
    }

    [Fact]
    public void A_currency_that_is_none_is_named() =>
        Assert.StartsWith("currency_unknown: 'EURO'", Run("{ \"of\": \"rep.facts.currency\", \"rate\": \"month_end\" }", "EURO", "{ \"period\": \"2025-01\", \"is\": 10.02 }").Result.Problems[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("{ \"of\": \"'EUR'\", \"rate\": \"fixed\" }", "fx_fixed_rates_unused")]
    [InlineData("{ \"of\": \"'EUR'\", \"rate\": \"month_end\", \"fixed_rates\": { \"EUR\": 1 } }", "fx_fixed_rates_unused")]
    [InlineData("{ \"of\": \"'EUR'\", \"rate\": \"month_end\", \"average_decimals\": 2 }", "fx_average_unused")]
    [InlineData("{ \"of\": \"1\", \"rate\": \"month_end\" }", "kind_mismatch")]
    [InlineData("{ \"rate\": \"month_end\" }", "field_missing")]
    public void A_currency_of_pay_that_means_nothing_is_refused(string currency, string code)
    {
        var errors = new DocErrors();
        PlanReader.Read(Document(currency, "EUR", "{ \"period\": \"2025-01\", \"is\": 1 }"), errors);
        Assert.Contains(code, errors.All.Select(e => e.Code));
    }

    private static (PlanTestResult Result, Compensation.PayRuns.PayRun Run) Run(string currency, string own, string expect)
    {
        var errors = new DocErrors();
        var document = PlanReader.Read(Document(currency, own, expect), errors);
        Assert.Empty(errors.All);
        return (PlanTestRunner.Run(document!.Rules, document.Tests[0]), PlanTestRunner.Calculate(document.Rules, document.Tests[0])["rep"]);
    }

    private static string Document(string currency, string own, string expect) => $$"""
        { "plan": "p", "currency": "USD", "facts": { "rep": { "currency": "text" } },
          "versions": [{ "effective_from": "2025-01-01", "measures": [{ "id": "sales", "value": "amount" }], "components": [{ "id": "c", "measure": "sales", "rate": 10 }], "pay": { "currency": {{currency}} } }],
          "tests": [{ "name": "t", "rep": { "facts": { "currency": "{{own}}" } }, {{Rates}},
            "transactions": [{ "date": "2025-01-10", "amount": 100.2 }, { "date": "2025-02-10", "amount": 100.2 }, { "date": "2025-03-10", "amount": 99.6 }], "expect": [{{expect}}] }] }
        """;
}
