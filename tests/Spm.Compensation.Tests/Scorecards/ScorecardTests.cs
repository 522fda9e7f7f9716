using FsCheck.Fluent;
using Spm.Compensation.Quotas;
using Spm.Compensation.Scorecards;
using Spm.Compensation.Tests.Quotas;

namespace Spm.Compensation.Tests.Scorecards;

public class ScorecardTests
{
    private const string Text = """
        {
          "goals": [
            {"id": "nps", "name": "Customer satisfaction", "weight": 40, "points": [{"score": 80, "pays": 50}, {"score": 100, "pays": 100}], "between": "linear"},
            {"id": "launch", "weight": 35, "points": [{"score": 80, "pays": 50}, {"score": 100, "pays": 100}]},
            {"id": "review", "weight": 25, "max_percent": 120}
          ],
          "threshold": 50,
          "cap": 105
        }
        """;

    private static readonly Scorecard Card = Documented.Read(Text, Scorecard.Read);

    [Fact]
    public void The_weighted_percents_add_up_to_the_payout()
    {
        var result = Score(90, 90, 110);
        Assert.Equal([75m, 50m, 110m], result.Goals.Select(g => g.Percent!.Value.ToDecimal()));
        Assert.Equal([30m, 17.5m, 27.5m], result.Goals.Select(g => g.Adds!.Value.ToDecimal()));
        Assert.Equal(75m, result.Percent);
        Assert.Equal(3_000m, result.Earn(4_000m));
        Assert.Empty(result.Problems);
    }

    [Fact]
    public void Below_the_threshold_nothing_is_paid_and_on_it_all_of_it_is()
    {
        var below = Score(100, 0, 39.9m);
        Assert.Equal((49.975m, Fraction.Zero, 0m), (below.Weighted!.Value.ToDecimal(), below.Percent, below.Earn(4_000m)));
        Assert.Equal(50m, Score(100, 0, 40).Percent);
    }

    [Fact]
    public void No_goal_pays_more_than_its_most_and_the_scorecard_no_more_than_its_cap()
    {
        var result = Score(100, 100, 500);
        Assert.Equal([100m, 100m, 120m], result.Goals.Select(g => g.Percent!.Value.ToDecimal()));
        Assert.Equal((105m, 105m), (result.Weighted!.Value.ToDecimal(), result.Percent!.Value.ToDecimal()));
        var capped = new Scorecard([new("a", "a", 100m)], cap: 90m).Score(new Dictionary<string, decimal> { ["a"] = 95m });
        Assert.Equal((95m, 90m), (capped.Weighted!.Value.ToDecimal(), capped.Percent!.Value.ToDecimal()));
    }

    [Fact]
    public void Points_pay_nothing_below_the_first_and_no_more_above_the_last()
    {
        var (linear, step) = (Card.Goals[0], Card.Goals[1]);
        Assert.Equal([0m, 50m, 75m, 100m, 100m], new[] { 79.99m, 80m, 90m, 100m, 200m }.Select(s => linear.PercentOf(s).ToDecimal()));
        Assert.Equal([0m, 50m, 50m, 100m, 100m], new[] { 79.99m, 80m, 99.99m, 100m, 200m }.Select(s => step.PercentOf(s).ToDecimal()));
        Assert.Equal(Fraction.Zero, Card.Goals[2].PercentOf(-5m));
    }

    [Fact]
    public void A_missing_score_is_a_named_problem_and_no_zero()
    {
        var result = Card.Score(new Dictionary<string, decimal> { ["nps"] = 100m, ["launch"] = 100m, ["lunch"] = 1m });
        Assert.Null(result.Percent);
        Assert.Null(result.Earn(4_000m));
        Assert.Equal(40m, result.Goals[0].Adds);
        Assert.Equal([new ScorecardProblem("score_missing", "review"), new ScorecardProblem("goal_unknown", "lunch")], result.Problems);
    }

    [Fact]
    public void Scores_that_pay_a_third_are_added_exactly()
    {
        Goal[] goals = [.. new[] { "a", "b", "c" }.Select((id, i) => new Goal(id, id, i == 0 ? 40m : 30m, points: [new(0, 0), new(3, 100)], between: Between.Linear))];
        var result = new Scorecard(goals).Score(goals.ToDictionary(g => g.Id, _ => 1m));
        Assert.Equal(new Fraction(100, 3), result.Percent);
        Assert.Equal(1_000m, result.Earn(3_000m));
    }

    [Fact]
    public void A_higher_score_never_pays_less_and_pay_scales_with_the_target_incentive() => Property.Holds(AnyScores, c =>
    {
        var (low, high) = (Score(c[0], c[1], c[2]), Score(c[0] + c[3], c[1] + c[4], c[2] + c[5]));
        Assert.True(low.Percent <= high.Percent);
        Assert.Equal(low.Weighted!.Value, low.Goals.Aggregate(Fraction.Zero, (all, g) => all + g.Adds!.Value));
        Assert.Equal(low.Earn(4_000m) * 3m, low.Earn(12_000m));
        Assert.True(low.Percent is { } paid && paid >= Fraction.Zero && paid <= 105m && paid <= low.Weighted);
    });

    [Fact]
    public void The_schema_names_what_is_read() => Documented.Agrees(Scorecard.Schema, Scorecard.Read, Text);

    [Theory]
    [InlineData("""{"goals": []}""", "goals_count")]
    [InlineData("""{}""", "field_missing")]
    [InlineData("""{"goals": [{"id": "a", "weight": 60}, {"id": "b", "weight": 39}]}""", "weights_do_not_sum_to_100")]
    [InlineData("""{"goals": [{"id": "a", "weight": 50}, {"id": "a", "weight": 50}]}""", "goal_twice")]
    [InlineData("""{"goals": [{"id": "a", "weight": 0}]}""", "weight_out_of_range")]
    [InlineData("""{"goals": [{"id": "a"}]}""", "field_missing")]
    [InlineData("""{"goals": [{"id": "a", "weight": 100, "points": []}]}""", "points_count")]
    [InlineData("""{"goals": [{"id": "a", "weight": 100, "points": [{"score": 2, "pays": 1}, {"score": 1, "pays": 2}]}]}""", "points_out_of_order")]
    [InlineData("""{"goals": [{"id": "a", "weight": 100, "between": "step"}]}""", "field_without_effect")]
    [InlineData("""{"goals": [{"id": "a", "weight": 100}], "threshold": 110, "cap": 100}""", "percent_out_of_range")]
    public void A_scorecard_that_is_none_is_refused(string text, string code) => Assert.Equal([code], Documented.Errors(text, Scorecard.Read));

    private static ScorecardResult Score(decimal nps, decimal launch, decimal review) =>
        Card.Score(new Dictionary<string, decimal> { ["nps"] = nps, ["launch"] = launch, ["review"] = review });

    private static FsCheck.Gen<decimal[]> AnyScores => Gen.ArrayOf(Gen.Choose(0, 1500), 6).Select(scores => scores.Select(s => s / 10m).ToArray());
}
