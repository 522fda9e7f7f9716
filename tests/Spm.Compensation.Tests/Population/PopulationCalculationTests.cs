using Spm.Compensation.Population;

namespace Spm.Compensation.Tests.Population;

public class PopulationCalculationTests
{
    private static readonly NumberTerm Amount = new ColumnTerm("amount");

    [Fact]
    public void A_rep_a_specialist_and_all_above_the_rep_are_credited_with_their_shares()
    {
        var cube = Aggregate(Given([10_00, 5_50], overlayPercent: 20), Amount * new AttributeTerm("line", "margin"));
        // 15.50 at 40 %: 6.20 to the rep, his manager and hers; a fifth of it to the specialist, whose manager gets nothing.
        Assert.Equal([6.20m, 6.20m, 6.20m, 1.24m], Enumerable.Range(0, 4).Select(p => cube.Measurement(p, 0, 0)));
        Assert.Equal(5, cube.Scale(0));
    }

    [Theory]
    [InlineData("product")]
    [InlineData("sum of rows")]
    [InlineData("share")]
    [InlineData("finer scale")]
    public void What_does_not_fit_64_bits_throws_and_never_wraps(string where)
    {
        var (amounts, overlay, value) = where switch
        {
            "product" => ([long.MaxValue / 2], 100m, Amount * 3m),
            "sum of rows" => (new[] { long.MaxValue, 1 }, 100m, Amount),
            "share" => ([long.MaxValue / 2], 12.5m, Amount),
            _ => (new[] { long.MaxValue / 2 }, 100m, Amount + 0.0001m),
        };
        var calculation = Calculation(Given(amounts, overlay), value);
        Assert.Throws<OverflowException>(() => Aggregate(calculation, amounts.Length));
        Assert.Throws<OverflowException>(() =>
        {
            var ledger = calculation.StartLedger();
            calculation.Credit(ledger, 0, ledger.Blocks);
            ledger.Accumulate(ledger.StartSums(), 0, ledger.Blocks);
        });
    }

    [Fact]
    public void A_branch_that_is_not_taken_cannot_overflow()
    {
        var measure = new IfTerm(new ComparisonTerm(Comparison.Less, Amount, 0m), Amount * 1_000_000m, 1m);
        Assert.Equal(1m, Aggregate(Given([long.MaxValue / 2], 100), measure).Measurement(0, 0, 0));
    }

    [Fact]
    public void Reporting_in_a_circle_is_refused() =>
        Assert.Throws<ArgumentException>(() => new CreditingScheme(2, [new("direct", "rep", [0], 100, true)], [1, 0]));

    [Fact]
    public void A_payee_or_a_code_that_is_not_there_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new CreditingScheme(2, [new("direct", "rep", [2], 100, true)], []));
        Assert.Throws<ArgumentException>(() => new CodeColumn("rep", new Dimension("rep", 2), [0, 2]));
        Assert.Throws<ArgumentException>(() => new CodeColumn("rep", new Dimension("rep", 2), [-1]));
    }

    [Fact]
    public void A_measure_of_an_unknown_column_or_with_too_many_decimals_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Calculation(Given([1], 20), new ColumnTerm("cost")));
        Assert.Throws<ArgumentException>(() => Calculation(Given([1], 20), Amount * 0.0000000001m * 0.0000000001m));
        Assert.Throws<ArgumentException>(() => Calculation(Given([1], 20), Amount * 0.0000000000000001m));
    }

    /// <summary>Rep 0 reports to 1, who reports to 2; 3 is a specialist under 1. One line at 40 % margin, one period.</summary>
    private static (TransactionColumns Transactions, CreditingScheme Crediting) Given(long[] amounts, decimal overlayPercent) =>
        (new TransactionColumns(
            amounts.Length, [new NumberColumn("amount", amounts, 2)],
            [
                new CodeColumn("rep", new Dimension("rep", 1), new int[amounts.Length]),
                new CodeColumn("line", new Dimension("line", 1, new NumberColumn("margin", [40], 2)), new int[amounts.Length]),
            ]),
        new CreditingScheme(4, [new("direct", "rep", [0], 100, true), new("overlay", "line", [3], overlayPercent, false)], [1, 2, -1, 1]));

    private static PopulationCalculation Calculation((TransactionColumns Transactions, CreditingScheme Crediting) given, NumberTerm value) =>
        new(given.Transactions, new PeriodMap("rep", [0], 1), given.Crediting, [new PopulationMeasure("measure", value)]);

    private static MeasurementCube Aggregate((TransactionColumns Transactions, CreditingScheme Crediting) given, NumberTerm value) =>
        Aggregate(Calculation(given, value), given.Transactions.Rows);

    private static MeasurementCube Aggregate(PopulationCalculation calculation, int rows)
    {
        var sums = calculation.StartSums();
        calculation.Accumulate(sums, 0, rows);
        return calculation.ToCube([sums]);
    }
}
