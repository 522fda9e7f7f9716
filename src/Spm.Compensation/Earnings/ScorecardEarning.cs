using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.Scorecards;

namespace Spm.Compensation.Earnings;

/// <summary>
/// Scored objectives: the weighted percent of the target incentive of the measurement period, earned in its last month. Scores are given for
/// that period. Until then nothing is earned and nothing is missing.
/// </summary>
public sealed record ScorecardEarning(Scorecard Scorecard) : Earning
{
    public override string Kind => "scorecard";

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
        var goals = result.Goals.Select(g => ExplainNode.Given($"goal {g.Goal.Id}", g.Adds?.ToDecimal() ?? 0m, $"score {g.Score}, weight {g.Goal.Weight} %"));
        var percent = ExplainNode.Because("percent", ExplainNode.Given("scorecard", (result.Percent?.ToDecimal() ?? 0m) / 100m), [.. goals]);
        return ExplainNode.Exactly("earning", ExplainOperation.Product, result.Earn(TargetIncentive(period)) ?? 0m,
            [ExplainNode.Given("target incentive", TargetIncentive(period)), percent]);
    }

    private static decimal TargetIncentive(PeriodContext period) => period.State.TargetIncentiveOf(period.Component, period.Month, period.Rule.MeasurementPeriod) ?? 0m;

    private ScorecardResult Score(PeriodContext period)
    {
        var span = period.Span(period.Rule.MeasurementPeriod);
        return Scorecard.Score(Scorecard.Goals
            .Where(g => period.Rep.Scores.ContainsKey((g.Id, span.Id)))
            .ToDictionary(g => g.Id, g => period.Rep.Scores[(g.Id, span.Id)], StringComparer.Ordinal));
    }
}
