using Spm.Compensation.Amounts;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.Expressions;
using Spm.Compensation.Groups;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Pools;

/// <summary>A rep's part of a pool, in whole minor units of the plan's currency.</summary>
/// <param name="Fund">What the members share, rounded half to even at the minor unit; nothing where it is below zero.</param>
/// <param name="Own">The rep's figure; nothing where it is below zero or the rep does not take part.</param>
/// <param name="All">The figures of all who take part.</param>
/// <param name="Takers">How many take part.</param>
/// <param name="Part">Of the fund.</param>
public sealed record PoolShare(decimal Fund, decimal Own, decimal All, int Takers, decimal Part) : GroupResult
{
    public static readonly PoolShare None = new(0m, 0m, 0m, 0, 0m);
}

/// <summary>
/// An amount that the members of a group share in proportion to a figure, or equally. The parts sum to the whole to the cent: each is rounded
/// down, and cents that are left go one each to the largest fractions, equal ones in the order of the reps' ids. Worked example: pools.md.
/// </summary>
/// <param name="Fund">The amount, over figures of the group.</param>
public sealed record PoolEarning(int Group, CompiledExpression<GroupField> Fund, CompiledExpression<PeriodContext>? By, CompiledExpression<PeriodContext>? When)
    : GroupEarning(Group, By, When)
{
    public const string Schema = """
        {
          "type": "object", "additionalProperties": false, "required": ["group", "fund"],
          "description": "An amount that the members of a group share. Earned in the last month of the measurement period.",
          "properties": {
            "group": { "type": "string", "minLength": 1, "maxLength": 4000, "description": "Id of the group whose members share it." },
            "fund": { "type": ["string", "number"], "minLength": 1, "maxLength": 4000, "description": "Expression in money over figures of the group, and of groups that hold everybody: 50000, or team.measured * 2%." },
            "by": { "type": ["string", "number"], "minLength": 1, "maxLength": 4000, "description": "Expression over a member's own figures: parts are in proportion to it. Left out: equal parts." },
            "when": { "type": "string", "minLength": 1, "maxLength": 4000, "description": "Expression over a member's own figures that is true for those who share. Left out: every member." }
          }
        }
        """;

    public override string Kind => "pool";

    public override int Steps => base.Steps + Fund.Steps;

    public override GroupResult Nothing => PoolShare.None;

    internal static PoolEarning? Read(DocNode node, ReadContext context)
    {
        node.IsObject();
        var group = context.Group(node.Get("group"));
        var fund = context.Fund(node.Get("fund"), group);
        var by = node.Find("by") is { } figure ? context.Entry(figure) : null;
        var when = node.Find("when") is { } condition ? context.Entry(condition, ExpressionKind.Truth) : null;
        node.RefuseOthers();
        return group >= 0 && fund is not null ? new PoolEarning(group, fund, by, when) : null;
    }

    public override IReadOnlyList<GroupResult>? Share(GroupField field, IReadOnlyList<(GroupMember Rep, MemberMonth Month)> members)
    {
        var weights = new decimal[members.Count];
        var takers = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (members[i].Month.Entries[field.Component] is not { Takes: true } entry)
            {
                continue;
            }
            if (entry.By is not { } weight)
            {
                return null;
            }
            (weights[i], takers) = (Math.Max(0m, weight), takers + 1);
        }
        if (Fund.Number(field) is not { } fund)
        {
            return null;
        }
        var (minor, all) = (Math.Max(0L, Rounding.ToMinorUnits(fund, field.Currency)), weights.Sum());
        var parts = new long[weights.Length];
        if (all > 0m)
        {
            Allocation.ByWeight(minor, weights, parts);
        }
        var whole = Money.FromMinor(minor, field.Currency).Amount;
        return [.. weights.Select((own, i) => new PoolShare(whole, own, all, takers, Money.FromMinor(parts[i], field.Currency).Amount))];
    }

    public override ExplainNode Explain(PeriodContext period)
    {
        var share = period.Groups?.Result(period.Component) as PoolShare ?? PoolShare.None;
        var isDue = period.IsLastMonthOf(period.Rule.MeasurementPeriod);
        var fund = ExplainNode.Given("pool", share.Fund, Fund.Text);
        ExplainNode[] figures = [ExplainNode.Given("own figure", share.Own, By?.Text ?? "equal parts"), ExplainNode.Given("figures of all", share.All, $"{share.Takers} reps")];
        if (!isDue || share.All == 0m)
        {
            var why = isDue ? "Nobody has a part of the pool." : $"A pool is shared in the last month of its period; the part to date is {share.Part}.";
            return ExplainNode.Because("earning", ExplainNode.Given("not earned", 0m, why), [fund, .. figures]);
        }
        var exact = ExplainNode.Ratio("part of the pool", "pool × own figure", fund, figures[0], figures[1]);
        return ExplainNode.Exactly("earning", ExplainOperation.Sum, share.Part,
            [exact, ExplainNode.Given("to the whole cent", share.Part - exact.Value, "Parts are rounded down; cents that are left go to the largest fractions.")]);
    }

    protected override decimal Earned(GroupResult result) => ((PoolShare)result).Part;
}
