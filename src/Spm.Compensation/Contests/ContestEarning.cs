using System.Globalization;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.Expressions;
using Spm.Compensation.Groups;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Contests;

/// <summary>Whether the most or the least wins.</summary>
public enum Wins : byte
{
    Highest,
    Lowest,
}

/// <summary>What a team competes with.</summary>
public enum TeamScore : byte
{
    /// <summary>The figures of its members together.</summary>
    Sum,

    /// <summary>The figures of its members together, by how many they are.</summary>
    Average,
}

/// <summary>How a contest is decided.</summary>
/// <param name="ThenBy">Ranks those who are equal, the higher the better; null: they tie.</param>
/// <param name="FirstTo">A race: whoever first stands at so much, and still does, is ahead. Null: a figure ranks.</param>
/// <param name="Teams">Index of the group whose groups compete, every member winning the team's prize; null: each rep competes alone.</param>
public sealed record ContestRules(Prizes Prizes, Ties Ties, Wins Wins, CompiledExpression<PeriodContext>? ThenBy, decimal? FirstTo, int? Teams, TeamScore Score);

/// <summary>A rep's place in a contest.</summary>
/// <param name="Rank">From 1; 0 where the rep does not compete.</param>
/// <param name="By">The figure the rep or the team competes with.</param>
/// <param name="Competitors">How many reps or teams compete.</param>
/// <param name="Field">How many might: members for whom the component is, or their teams. Percents of prizes are of these.</param>
/// <param name="Tied">How many have the place.</param>
/// <param name="Prizes">What those who tie win together.</param>
/// <param name="Prize">What the rep wins.</param>
public sealed record ContestPlace(int Rank, decimal By, int Competitors, int Field, int Tied, decimal Prizes, decimal Prize) : GroupResult
{
    public static readonly ContestPlace None = new(0, 0m, 0, 0, 0, 0m, 0m);
}

/// <summary>Ranks the members of a group, or teams within it, and pays prizes by place. Worked example: contests.md.</summary>
public sealed record ContestEarning(int Group, CompiledExpression<PeriodContext>? By, CompiledExpression<PeriodContext>? When, ContestRules Rules)
    : GroupEarning(Group, By, When)
{
    public static string Schema { get; } = $$"""
        {
          "type": "object", "additionalProperties": false, "required": ["group"], "oneOf": [{ "required": ["by"] }, { "required": ["first_to"] }],
          "description": "Ranks the members of a group and pays prizes by place. Earned in the last month of the measurement period; others ask for components.ID.rank at any time.",
          "properties": {
            "group": { "type": "string", "minLength": 1, "maxLength": 4000, "description": "Id of the group whose members compete." },
            "by": { "type": ["string", "number"], "minLength": 1, "maxLength": 4000, "description": "Expression over a member's own figures: it ranks." },
            "first_to": { "type": ["number", "string"], "exclusiveMinimum": 0, "description": "In the place of by, a race: whoever stands at so much of the measure on an earlier day, and still does, is ahead." },
            "then_by": { "type": ["string", "number"], "minLength": 1, "maxLength": 4000, "description": "Expression over a member's own figures: ranks those who are equal, the higher the better. Left out: they tie." },
            "when": { "type": "string", "minLength": 1, "maxLength": 4000, "description": "Expression over a member's own figures that is true for those who compete. Left out: every member." },
            "wins": { "enum": ["highest", "lowest"], "default": "highest", "description": "Which figure is the best." },
            "ties": { "enum": ["share", "skip", "next"], "default": "share", "description": "share: those who tie win the prizes of the places they fill in equal parts. skip: each the prize of the place, and the places behind are skipped. next: each the prize of the place, and the next place follows." },
            "teams": { "type": "string", "minLength": 1, "maxLength": 4000, "description": "Id of a group: not reps compete but its groups, and every member who takes part wins the prize of the team." },
            "score": { "enum": ["sum", "average"], "default": "sum", "description": "What a team competes with: the figures of its members together, or their average." },
            "prizes": {{Contests.Prizes.Schema}}
          }
        }
        """;

    public override string Kind => "contest";

    public override int Steps => base.Steps + (Rules.ThenBy?.Steps ?? 0);

    /// <summary>A race asks for the days of credits.</summary>
    public override bool NeedsDeals => Rules.FirstTo is not null;

    public override GroupResult Nothing => ContestPlace.None;

    internal static ContestEarning? Read(DocNode node, ReadContext context)
    {
        node.IsObject();
        var group = context.Group(node.Get("group"));
        var by = node.Find("by") is { } figure ? context.Entry(figure) : null;
        var firstTo = node.OptionalNumber("first_to");
        var teams = node.Find("teams") is { } of ? context.Group(of) : (int?)null;
        var rules = new ContestRules(
            Contests.Prizes.Read(node), node.OneOf("ties", Ties.Share), node.OneOf("wins", Wins.Highest), node.Find("then_by") is { } then ? context.Entry(then) : null,
            firstTo, teams, node.OneOf("score", TeamScore.Sum));
        var when = node.Find("when") is { } condition ? context.Entry(condition, ExpressionKind.Truth) : null;
        Check(node, firstTo, rules);
        node.RefuseOthers();
        return group >= 0 && teams is null or >= 0 && (by is not null || firstTo is not null) ? new ContestEarning(group, by, when, rules) : null;
    }

    private static void Check(DocNode node, decimal? firstTo, ContestRules rules)
    {
        if (node.Has("by") == firstTo is not null)
        {
            node.Fail(firstTo is null ? "contest_figure_missing" : "contest_figure_twice", "A contest is ranked by a figure, 'by', or is a race, 'first_to'.");
        }
        if (firstTo is <= 0m)
        {
            node.Get("first_to").Fail("number_out_of_range", "A race is to an amount above 0.");
        }
        if (firstTo is not null && node.Find("wins") is { } wins)
        {
            wins.Fail("race_has_no_order", "The earliest wins a race.");
        }
        if (firstTo is not null && rules.Teams is not null)
        {
            node.Get("teams").Fail("race_has_no_teams", "Reps run races, not teams.");
        }
        if (rules.Teams is null && node.Find("score") is { } score)
        {
            score.Fail("score_needs_teams", "Reps compete with their own figures: a score is of teams.");
        }
        if (rules.Teams is not null && rules.ThenBy is not null)
        {
            node.Get("then_by").Fail("then_by_needs_reps", "Teams that are equal tie: 'then_by' looks at one rep.");
        }
    }

    public override GroupEntry Enter(PeriodContext period)
    {
        var entry = base.Enter(period);
        if (!entry.Takes || Rules.FirstTo is not { } goal)
        {
            return entry.Takes && Rules.ThenBy is not null ? entry with { ThenBy = Rules.ThenBy.Number(period) } : entry;
        }
        return Race.Reached(period, goal) is { } day ? new GroupEntry(true, day.DayNumber, Rules.ThenBy is null ? 0m : Rules.ThenBy.Number(period)) : new GroupEntry(false, null, null);
    }

    public override IReadOnlyList<GroupResult>? Share(GroupField field, IReadOnlyList<(GroupMember Rep, MemberMonth Month)> members)
    {
        var entries = members.Select(m => m.Month.Entries[field.Component]).ToArray();
        if (Array.Exists(entries, e => e is { Takes: true, By: null } or { Takes: true, ThenBy: null }))
        {
            return null;
        }
        // Everybody competes for himself, or with the others of the team.
        var teams = members.Select((m, i) => entries[i] is null ? null : Rules.Teams is { } group ? m.Month.Keys[group] : $"{i:D9}").ToArray();
        var competing = Enumerable.Range(0, entries.Length).Where(i => teams[i] is not null && entries[i]!.Value.Takes)
            .GroupBy(i => teams[i]!, StringComparer.Ordinal).OrderBy(t => t.Key, StringComparer.Ordinal).ToList();
        Competitor[] competitors = [.. competing.Select(team => new Competitor(Score([.. team.Select(i => entries[i]!.Value.By!.Value)]), entries[team.First()]!.Value.ThenBy!.Value))];
        var size = teams.Where(t => t is not null).Distinct(StringComparer.Ordinal).Count();
        var lowest = Rules.FirstTo is not null || Rules.Wins == Wins.Lowest;
        var places = Standings.Of(competitors, lowest, Rules.Ties, Rules.Prizes, size, field.Currency);
        var results = Enumerable.Repeat<GroupResult>(ContestPlace.None with { Competitors = competitors.Length, Field = size }, entries.Length).ToArray();
        for (var t = 0; t < competing.Count; t++)
        {
            var place = places[t];
            foreach (var i in competing[t])
            {
                results[i] = new ContestPlace(place.Rank, competitors[t].By, competitors.Length, size, place.Tied, place.Prizes, place.Prize);
            }
        }
        return results;
    }

    public override ExplainNode Explain(PeriodContext period)
    {
        var place = period.Groups?.Result(period.Component) as ContestPlace ?? ContestPlace.None;
        var figure = ExplainNode.Given(Rules.FirstTo is { } goal ? $"stood at {goal}" : "figure", place.By, Figure(place));
        var standing = string.Create(CultureInfo.InvariantCulture, $"{place.Competitors} of {place.Field} compete{(place.Tied > 1 ? $", {place.Tied} tie" : "")}");
        var rank = ExplainNode.Given("place", place.Rank, place.Rank == 0 ? $"does not compete; {standing}" : standing);
        if (!period.IsLastMonthOf(period.Rule.MeasurementPeriod) || place.Prize == 0m)
        {
            return ExplainNode.Because("earning", ExplainNode.Given("no prize", 0m, "Prizes are won in the last month of the period."), [rank, figure]);
        }
        if (place.Tied == 1 || Rules.Ties != Ties.Share)
        {
            return ExplainNode.Because("earning", ExplainNode.Given("prize", place.Prize), [rank, figure]);
        }
        var part = ExplainNode.Exactly("part of the prizes", ExplainOperation.Quotient, place.Prizes / place.Tied,
            [ExplainNode.Given("prizes of the places", place.Prizes), ExplainNode.Given("tie for them", place.Tied)]);
        return ExplainNode.Because("earning", ExplainNode.Exactly("prize", ExplainOperation.Sum, place.Prize, [part, ExplainNode.Given("to the whole cent", place.Prize - part.Value)]), [rank, figure]);
    }

    protected override decimal Earned(GroupResult result) => ((ContestPlace)result).Prize;

    private string? Figure(ContestPlace place) => Rules.FirstTo is not null
        ? place.Rank == 0 ? null : DateOnly.FromDayNumber((int)place.By).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : By?.Text;

    private decimal Score(IReadOnlyList<decimal> figures) => Rules.Teams is not null && Rules.Score == TeamScore.Average ? figures.Sum() / figures.Count : figures.Sum();
}
