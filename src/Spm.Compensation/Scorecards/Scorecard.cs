using Spm.Compensation.Documents;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Scorecards;

/// <summary>What a goal adds to the scorecard's percent: <c>Adds = weight × Percent / 100</c>. Both null while its score is missing.</summary>
public sealed record GoalResult(Goal Goal, decimal? Score, Fraction? Percent, Fraction? Adds);

/// <summary>Something that needs a person before the scorecard can pay; the code names the rule, the goal where.</summary>
public sealed record ScorecardProblem(string Code, string Goal);

/// <param name="Weighted">The sum over the goals, in percent, before threshold and cap; null while a score is missing.</param>
/// <param name="Percent">What is paid, in percent of the target incentive, after threshold and cap; null while a score is missing.</param>
public sealed record ScorecardResult(Fraction? Weighted, Fraction? Percent, IReadOnlyList<GoalResult> Goals, IReadOnlyList<ScorecardProblem> Problems)
{
    /// <summary>The percent of a target incentive in the currency, divided last; null while a score is missing.</summary>
    public decimal? Earn(decimal targetIncentive) => Percent is { } percent ? (percent * targetIncentive / 100m).ToDecimal() : null;
}

/// <summary>
/// Pay for scored objectives (MBO): the weighted sum of what the goals pay, in percent of the target incentive. Below the threshold
/// nothing is paid; the cap is the most. A score that is missing makes the whole unknown: it is no score of zero.
/// Worked example: scorecard.md.
/// </summary>
public sealed class Scorecard
{
    public const string Schema = """
        {
          "type": "object",
          "description": "Pay for scored objectives: percent of the target incentive by weighted goals.",
          "additionalProperties": false,
          "required": ["goals"],
          "properties": {
            "goals": {
              "type": "array", "minItems": 1, "maxItems": 50, "description": "Their weights sum to 100.",
              "items": {
                "type": "object", "additionalProperties": false, "required": ["id", "weight"],
                "properties": {
                  "id": {"type": "string", "minLength": 1, "maxLength": 4000, "description": "Names the goal's score; stands once."},
                  "name": {"type": "string", "minLength": 1, "maxLength": 4000, "description": "What people read; the id when left out."},
                  "weight": {"type": ["number", "string"], "exclusiveMinimum": 0, "maximum": 100, "description": "The goal's part of the target incentive in percent."},
                  "max_percent": {"type": ["number", "string"], "exclusiveMinimum": 0, "maximum": 1000, "description": "The most the goal pays, in percent of its part. Left out: 100 without points, what the points pay with them."},
                  "points": {
                    "type": "array", "minItems": 1, "maxItems": 50,
                    "description": "What scores pay, in order of the scores. Below the first nothing, above the last what the last pays. Left out: the score is the percent.",
                    "items": {
                      "type": "object", "additionalProperties": false, "required": ["score", "pays"],
                      "properties": {
                        "score": {"type": ["number", "string"], "description": "In the unit of the goal."},
                        "pays": {"type": ["number", "string"], "minimum": 0, "maximum": 1000, "description": "Percent of the goal's part of the target incentive."}
                      }
                    }
                  },
                  "between": {"enum": ["step", "linear"], "default": "step", "description": "What lies between two points: the lower one's percent, or a straight line."}
                }
              }
            },
            "threshold": {"type": ["number", "string"], "minimum": 0, "maximum": 1000, "description": "Below this weighted percent nothing is paid."},
            "cap": {"type": ["number", "string"], "exclusiveMinimum": 0, "maximum": 1000, "description": "The most that is paid, in percent of the target incentive."}
          }
        }
        """;

    /// <summary>The problem of a goal without a score.</summary>
    public const string ScoreMissing = "score_missing";

    /// <summary>The problem of a score whose goal is not on the scorecard.</summary>
    public const string GoalUnknown = "goal_unknown";

    public const int MaxGoals = 50;

    private readonly Goal[] _goals;

    public Scorecard(IReadOnlyList<Goal> goals, decimal? threshold = null, decimal? cap = null)
    {
        if (Check(goals, threshold, cap) is { } broken)
        {
            throw new ArgumentException(broken.Detail, nameof(goals));
        }
        _goals = [.. goals];
        (Threshold, Cap) = (threshold, cap);
    }

    public IReadOnlyList<Goal> Goals => _goals;

    public decimal? Threshold { get; }

    public decimal? Cap { get; }

    public static Scorecard Read(DocNode node)
    {
        var errors = node.Errors.All.Count;
        node.Get("goals");
        Goal[] goals = [.. node.List("goals").Select(Goal.Read)];
        var (threshold, cap) = (node.OptionalNumber("threshold"), node.OptionalNumber("cap"));
        node.RefuseOthers();
        if (Check(goals, threshold, cap) is not { } broken)
        {
            return new Scorecard(goals, threshold, cap);
        }
        // Goals that could not be read are not counted and have no weights to add up.
        if (node.Errors.All.Count == errors || broken.Code is not ("goals_count" or "weights_do_not_sum_to_100"))
        {
            (broken.Code == "goals_count" ? node.Get("goals") : node).Fail(broken.Code, broken.Detail);
        }
        return new Scorecard([new Goal("", "", 100m)]);
    }

    public static (string Code, string Detail)? Check(IReadOnlyList<Goal> goals, decimal? threshold, decimal? cap)
    {
        if (goals.Count is 0 or > MaxGoals)
        {
            return ("goals_count", $"A scorecard has 1 to {MaxGoals} goals.");
        }
        if (goals.GroupBy(g => g.Id).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            return ("goal_twice", $"Goal '{twice.Key}' stands twice.");
        }
        if (threshold is < 0m or > Goal.MostPercent || cap is <= 0m or > Goal.MostPercent || threshold > cap)
        {
            return ("percent_out_of_range", $"Threshold and cap are percents up to {Goal.MostPercent}, and the threshold is not above the cap.");
        }
        var sum = goals.Aggregate(Fraction.Zero, (all, goal) => all + goal.Weight);
        return sum == 100m ? null : ("weights_do_not_sum_to_100", $"The weights sum to {sum.ToDecimal()}, not 100.");
    }

    /// <param name="scores">By the goals' ids.</param>
    public ScorecardResult Score(IReadOnlyDictionary<string, decimal> scores)
    {
        GoalResult[] results = [.. _goals.Select(g => Result(g, scores.TryGetValue(g.Id, out var score) ? score : null))];
        ScorecardProblem[] problems =
        [
            .. results.Where(r => r.Score is null).Select(r => new ScorecardProblem(ScoreMissing, r.Goal.Id)),
            .. scores.Keys.Where(id => !Array.Exists(_goals, g => g.Id == id)).Order(StringComparer.Ordinal).Select(id => new ScorecardProblem(GoalUnknown, id)),
        ];
        if (Array.Exists(results, r => r.Adds is null))
        {
            return new ScorecardResult(null, null, results, problems);
        }
        var weighted = results.Aggregate(Fraction.Zero, (all, r) => all + r.Adds!.Value);
        var paid = Threshold is { } least && weighted < least ? Fraction.Zero : Cap is { } most ? Fraction.Min(weighted, most) : weighted;
        return new ScorecardResult(weighted, paid, results, problems);
    }

    private static GoalResult Result(Goal goal, decimal? score)
    {
        Fraction? percent = score is { } known ? goal.PercentOf(known) : null;
        return new GoalResult(goal, score, percent, percent * goal.Weight / 100m);
    }
}
