using Spm.Compensation.Amounts;
using Spm.Compensation.Contests;

namespace Spm.Compensation.Tests.Contests;

public class StandingsTests
{
    private static readonly Prizes Three = new([new Prize(1, null, 5000m), new Prize(2, null, 3000m), new Prize(3, null, 1000m)]);

    [Theory]
    [InlineData(Ties.Share, new[] { 1, 1, 3 }, new[] { 4000, 4000, 1000 })]
    [InlineData(Ties.Skip, new[] { 1, 1, 3 }, new[] { 5000, 5000, 1000 })]
    [InlineData(Ties.Next, new[] { 1, 1, 2 }, new[] { 5000, 5000, 3000 })]
    public void Those_who_tie_win_by_the_rule_of_the_contest(Ties ties, int[] ranks, int[] prizes)
    {
        var places = Standings.Of([new(9m, 0m), new(9m, 0m), new(5m, 0m)], lowestWins: false, ties, Three, 3, Currency.Usd);
        Assert.Equal(ranks, places.Select(p => p.Rank));
        Assert.Equal(prizes, places.Select(p => (int)p.Prize));
    }

    [Fact]
    public void The_second_figure_decides_between_equal_ones() =>
        Assert.Equal([2, 1], Standings.Of([new(9m, 1m), new(9m, 2m)], lowestWins: true, Ties.Share, Three, 2, Currency.Usd).Select(p => p.Rank));

    [Fact]
    public void The_lowest_may_win() =>
        Assert.Equal([2, 1], Standings.Of([new(9m, 0m), new(8m, 0m)], lowestWins: true, Ties.Share, Three, 2, Currency.Usd).Select(p => p.Rank));

    [Theory]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(9, 1)]
    [InlineData(20, 2)]
    public void A_percent_of_the_field_is_rounded_up_to_whole_places(int field, int winners) =>
        Assert.Equal(winners, new Prizes([new Prize(null, 10m, 100m)]) is var club ? Enumerable.Range(1, field).Count(place => club.Of(place, field) > 0m) : 0);

    [Fact]
    public void Prizes_that_are_shared_sum_to_the_whole_to_the_cent() => Property.Holds<ushort, byte>((cents, tied) =>
    {
        var prizes = new Prizes([new Prize(1, null, (cents + 1) / 100m)]);
        var places = Standings.Of([.. Enumerable.Repeat(new Competitor(1m, 0m), tied + 1)], lowestWins: false, Ties.Share, prizes, tied + 1, Currency.Usd);
        Assert.Equal((cents + 1) / 100m, places.Sum(p => p.Prize));
    });

    [Fact]
    public void With_every_rule_for_ties_but_the_sharing_one_the_better_wins_no_less() => Property.Holds<byte[], bool>((figures, next) =>
    {
        Competitor[] competitors = [.. figures.Select(f => new Competitor(f % 7, 0m))];
        var places = Standings.Of(competitors, lowestWins: false, next ? Ties.Next : Ties.Skip, Three, competitors.Length, Currency.Usd);
        foreach (var (a, b) in places.Zip(competitors).SelectMany(a => places.Zip(competitors), (a, b) => (a, b)).Where(p => p.a.Second.By > p.b.Second.By))
        {
            Assert.True(a.First.Rank < b.First.Rank && a.First.Prize >= b.First.Prize);
        }
    });
}
