using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Quotas;

public class QuotaBookTests
{
    private static readonly FiscalPeriod Q1 = Year.Months[0].Quarter;

    [Fact]
    public void The_quota_set_for_the_span_itself_comes_first() =>
        Assert.Equal(100m, Book(("2025-Q1", 100), ("2025-01", 1), ("2025-02", 1), ("2025-03", 1)).For(Revenue.No, Q1, Year));

    [Fact]
    public void A_quarter_is_the_sum_of_its_months() =>
        Assert.Equal(6m, Book(("2025-01", 1), ("2025-02", 2), ("2025-03", 3)).For(Revenue.No, Q1, Year));

    [Fact]
    public void A_year_is_the_sum_of_its_quarters_each_its_own_or_of_its_months() =>
        Assert.Equal(66m, Book(("2025-Q1", 10), ("2025-Q2", 20), ("2025-Q3", 30), ("2025-10", 1), ("2025-11", 2), ("2025-12", 3)).For(Revenue.No, Year.Period, Year));

    [Fact]
    public void A_part_that_is_missing_makes_the_whole_missing()
    {
        Assert.Null(Book(("2025-01", 1), ("2025-03", 3)).For(Revenue.No, Q1, Year));
        Assert.Null(Book(("2025-Q1", 1), ("2025-Q2", 1), ("2025-Q3", 1)).For(Revenue.No, Year.Period, Year));
        Assert.Null(QuotaBook.Empty.For(Revenue.No, Q1, Year));
    }

    [Fact]
    public void Nothing_is_spread_downwards() =>
        Assert.Null(Book(("2025-Q1", 100)).For(Revenue.No, Year.Months[0].Period, Year));

    [Fact]
    public void Another_measures_quota_does_not_count() =>
        Assert.Null(Book(("2025-Q1", 100)).For(Deals.No, Q1, Year));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_quota_that_is_not_above_zero_cannot_be_put_in(int amount)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Book(("2025-Q1", amount)));
        Assert.Throws<ArgumentOutOfRangeException>(() => QuotaBook.Empty.With(1, "2025-Q1", amount));
    }

    [Fact]
    public void A_book_with_another_quota_leaves_the_first_one_as_it_was()
    {
        var one = Book(("2025-Q1", 100));
        Assert.Equal(200m, one.With(Revenue.No, "2025-Q1", 200).For(Revenue.No, Q1, Year));
        Assert.Equal(100m, one.For(Revenue.No, Q1, Year));
        Assert.Equal((Revenue.No, "2025-Q1", 100m), Assert.Single(one.All));
    }
}
