using Spm.Compensation.Crediting;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Periods;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Tests.Engine;

/// <summary>Parts that do not divide evenly may leave one of the last digits of a deal that is taken back whole.</summary>
public class UndoneDealTests
{
    private static readonly FiscalYear Year = FiscalYearPattern.Gregorian("2025", new DateOnly(2025, 1, 1));

    /// <summary>The sale and its refunds in every order: nothing is left that could earn.</summary>
    [Fact]
    public void A_deal_that_is_refunded_in_parts_is_undone_in_whatever_order_they_come() => Property.Holds<int>(seed =>
    {
        var random = new Random(seed);
        decimal[] refunds = [.. Enumerable.Range(0, 3).Select(_ => random.Next(1, 900_000) / 100m)];
        CreditLine[] lines =
        [
            Line("A", "order", refunds.Sum()),
            .. refunds.Select((amount, i) => Line($"R{i}", "refund", -amount)),
        ];
        Assert.Equal(0m, Earned(lines));
        Assert.Equal(0m, Earned([.. lines.OrderBy(_ => random.Next())]));
        Assert.Equal(150m, Earned(lines[..3]));
    });

    private static CreditLine Line(string id, string kind, decimal amount) => new()
    {
        Transaction = id,
        Deal = "A",
        Date = new DateOnly(2025, 1, 10),
        Kind = kind,
        Credit = CreditSources.Direct,
        Amount = amount,
        Quantity = 1m,
    };

    private static decimal Earned(IEnumerable<CreditLine> lines)
    {
        var errors = new DocErrors();
        var plan = PlanReader.Read("""{"plan": "p", "currency": "USD", "versions": [{"effective_from": "2025-01-01", "measures": [{"id": "thirds", "value": "amount / 3"}], "components": [{"id": "c", "measure": "thirds", "per": "deal", "earn": "150"}]}]}""", errors)!.Rules;
        var year = new RepYear(new RepYearInputs(Year, new RepProfile("r"), [.. Year.Months.Select(_ => new PlanPaying(plan, plan.Versions[0]))], QuotaBook.Empty));
        foreach (var line in lines)
        {
            year.Add(line);
        }
        year.Calculate();
        return Enumerable.Range(0, 12).Sum(m => year.States[0].Figures(m, 0).Incentive);
    }
}
