using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.Gates;
using Spm.Compensation.Kickers;
using Spm.Compensation.Multipliers;
using Spm.Compensation.Roundings;
using Spm.Compensation.Stages;
using Spm.Compensation.Thresholds;

namespace Spm.Compensation.PlanDocuments;

/// <summary>What may stand between a component's earning and its incentive, in the order in which it is applied. A new kind adds its line here.</summary>
public static class StageKinds
{
    public const int MostOfAKind = 20;

    /// <param name="Name">The member of the component.</param>
    /// <param name="IsList">Whether the member holds a list of them.</param>
    /// <param name="Schema">Of one of them.</param>
    public sealed record Kind(string Name, bool IsList, string Schema, Func<DocNode, ReadContext, EarningStage?> Read);

    public static IReadOnlyList<Kind> All { get; } =
    [
        new("threshold", false, Threshold.Schema, (node, context) => new ThresholdStage(Threshold.Read(node, context))),
        new("gates", true, Gate.Schema, ReadGate),
        new("multipliers", true, Multiplier.Schema, ReadMultiplier),
        new("kickers", true, Kicker.Schema, (node, context) => new KickerStage(Kicker.Read(node, context))),
        new("rounding", false, RoundingRule.Schema, ReadRounding),
    ];

    public static IReadOnlyList<EarningStage> Read(DocNode component, ReadContext context)
    {
        List<EarningStage> stages = [];
        foreach (var kind in All)
        {
            IReadOnlyList<DocNode> nodes = kind.IsList ? component.List(kind.Name) : component.Find(kind.Name) is { } one ? [one] : [];
            if (nodes.Count > MostOfAKind)
            {
                component.Get(kind.Name).Fail("count_out_of_range", $"A component has up to {MostOfAKind} {kind.Name}.");
            }
            stages.AddRange(nodes.Where(n => n.IsObject()).Take(MostOfAKind).Select(n => kind.Read(n, context)).OfType<EarningStage>());
        }
        return stages;
    }

    private static GateStage? ReadGate(DocNode node, ReadContext context)
    {
        var gate = Gate.Read(node, context);
        var when = node.Find("when") is { } text ? context.Period(text, ExpressionKind.Truth) : null;
        var component = node.Find("component") is { } name ? context.Attaining(name) : null;
        return when is null && component is null ? null : new GateStage(gate, component, when);
    }

    /// <summary>Where each deal is rounded the earning does it: no stage stands between a deal and what it earns.</summary>
    private static RoundingStage? ReadRounding(DocNode node, ReadContext context) =>
        RoundingRule.Read(node, PayRounding.UnitOf(context.Currency)) is (var rule, RoundingEach.Period) ? new RoundingStage(rule) : null;

    private static MultiplierStage? ReadMultiplier(DocNode node, ReadContext context)
    {
        var multiplier = Multiplier.Read(node);
        return node.Find("figure") is { } text && context.Figure(text) is { } figure ? new MultiplierStage(multiplier, figure) : null;
    }
}
