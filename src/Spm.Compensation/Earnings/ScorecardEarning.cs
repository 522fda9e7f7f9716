using System.Globalization;
using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.Quotas;
using Spm.Compensation.Scorecards;

namespace Spm.Compensation.Earnings;

/// <summary>
/// Scored objectives: the weighted percent of the target incentive of the measurement period, earned in its last month. Scores are given for
/// that period. Until then nothing is earned and nothing is missing.
/// </summary>
public sealed record ScorecardEarning(Scorecard Scorecard) : Earning
{
    public override string Kind => "scorecard";

    public override int Steps => Scorecard.Goals.Sum(g => 10 + g.Points.Count);

    public override bool NeedsTargetIncentive => true;

    public override decimal? ToDate(PeriodContext period, ref Standstill missing)
    {
        if (!period.IsLastMonthOf(period.Rule.MeasurementPeriod))
        {
            return 0m;
        }
        var earned = Score(period).Earn(TargetIncentive(period));
        if (earned is null)
        {
            missing = Standstill.ScoreMissing;
        }
        return earned;
    }

    public override ExplainNode Explain(PeriodContext period)
    {
        if (!period.IsLastMonthOf(period.Rule.MeasurementPeriod))
        {
            return ExplainNode.Given("earning", 0m, "A scorecard is paid in the last month of its period.");
        }
        var result = Score(period);
        return ExplainNode.Exactly("earning", ExplainOperation.Product, result.Earn(TargetIncentive(period)) ?? 0m,
            [ExplainNode.Given("target incentive", TargetIncentive(period)), Part(result)]);
    }

    /// <summary>The part of the target incentive that is paid, as a fraction: of each goal its weight times what its score pays, then threshold and cap.</summary>
    private ExplainNode Part(ScorecardResult result)
    {
        var goals = ExplainNode.Exactly("goals", ExplainOperation.Sum, OfOne(result.Weighted), [.. result.Goals.Select(g => ExplainNode.Exactly(
            $"goal {g.Goal.Id}", ExplainOperation.Product, OfOne(g.Adds),
            [ExplainNode.Given("weight", g.Goal.Weight / 100m), ExplainNode.Given("pays", OfOne(g.Percent), string.Create(CultureInfo.InvariantCulture, $"score {g.Score}"))]))]);
        return result.Weighted == result.Percent ? ExplainNode.Because("scorecard", goals)
            : result.Percent is { Sign: 0 } ? ExplainNode.Of("scorecard", ExplainOperation.Product, goals, ExplainNode.Given("not reached", 0m, $"threshold of {Scorecard.Threshold} %"))
            : ExplainNode.Of("scorecard", ExplainOperation.Least, goals, ExplainNode.Given("cap", OfOne(result.Percent)));
    }

    private static decimal OfOne(Fraction? percent) => percent is { } known ? (known / 100m).ToDecimal() : 0m;

    private static decimal TargetIncentive(PeriodContext period) => period.State.TargetIncentiveOf(period.Component, period.Month, period.Rule.MeasurementPeriod) ?? 0m;

    private ScorecardResult Score(PeriodContext period)
    {
        var span = period.Span(period.Rule.MeasurementPeriod);
        return Scorecard.Score(Scorecard.Goals
            .Where(g => period.Rep.Scores.ContainsKey((g.Id, span.Id)))
            .ToDictionary(g => g.Id, g => period.Rep.Scores[(g.Id, span.Id)], StringComparer.Ordinal));
    }
}
