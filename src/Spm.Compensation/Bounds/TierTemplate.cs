using System.Globalization;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.Expressions;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.RateTables;
using Spm.Compensation.RateTables.Interpolated;
using Spm.Compensation.RateTables.Step;

namespace Spm.Compensation.Bounds;

/// <summary>
/// A rate table with expressions in the place of numbers: <c>"from": "rep.facts.threshold"</c>. For each rep and period it becomes a table of numbers,
/// which is read like any other, so that every mode has them and every rule of tiers is kept. A tier that is empty for a rep is left out.
/// </summary>
/// <remarks>Edges that are worked out count at four decimals and rates at eight, as those that are written down.</remarks>
public sealed class TierTemplate
{
    private const int StepsOfTier = 100;

    private readonly DocNode _node;
    private readonly IReadOnlyDictionary<DocNode, Slot> _slots;
    private readonly bool _dropsEmpty;

    // The last table, by its figures: months of a rep mostly have the same.
    private volatile Known? _last;

    private TierTemplate(DocNode node, IReadOnlyDictionary<DocNode, Slot> slots, RateTable sample)
    {
        (_node, _slots, Sample) = (node, slots, sample);
        // What an empty tier would add to the tiers above it must not be lost with it.
        _dropsEmpty = sample is not InterpolatedTable && !(sample is StepTable && sample.Yields == RateYield.Amount);
    }

    private sealed record Known(decimal[] Figures, RateTable? Table);

    /// <summary>A number that is worked out.</summary>
    /// <param name="Times">From the ratio of an expression to the percent of a table.</param>
    private sealed record Slot(CompiledExpression<PeriodContext> Expression, decimal Times, int Decimals);

    /// <summary>The table of some figures: it has the mode, basis and yield of all.</summary>
    public RateTable Sample { get; }

    internal IEnumerable<CompiledExpression<PeriodContext>> Expressions => _slots.Values.Select(s => s.Expression);

    /// <summary><see cref="Effort"/> of a table that is made anew: each tier is read again.</summary>
    internal int Steps => (Sample.Tiers.Count * StepsOfTier) + _slots.Values.Sum(s => s.Expression.Steps);

    /// <summary>Whether a rate table has an expression where a number may stand.</summary>
    public static bool Is(DocNode node) => Tiers(node).SelectMany(Numbers).Any(n => n.Number.IsExpression);

    /// <summary>Null when it is refused; the document's errors say why.</summary>
    public static TierTemplate? Read(DocNode node, ReadContext context)
    {
        var errors = node.Errors.All.Count;
        var (on, yields) = (node.OneOf("on", RateBasis.Attainment), node.OneOf("yields", RateYield.Percent));
        if (node.Errors.All.Count > errors)
        {
            return null;
        }
        var tiers = Tiers(node);
        Dictionary<DocNode, Slot> slots = [];
        foreach (var (number, isEdge) in tiers.SelectMany(Numbers).Where(n => n.Number.IsExpression))
        {
            var (kind, times) = isEdge ? Edge(on, context) : Rate(yields);
            if (context.Period(number, kind) is { } expression)
            {
                slots.Add(number, new Slot(expression, times, isEdge ? TierReader.MaxEdgeDecimals : TierReader.MaxRateDecimals));
            }
        }
        for (var i = 1; i < tiers.Count; i++)
        {
            if (tiers[i].Find("from") is { } from && (from.IsExpression || tiers[i - 1].Find("to")?.IsExpression == true) && !IsSame(tiers[i - 1].Find("to"), from, slots))
            {
                from.Fail("tiers_have_a_gap", $"Tier {i + 1} begins where tier {i} ends: both are written alike.");
            }
        }
        if (tiers.Zip(tiers.Skip(1)).Any(t => t.Second.Find("from") is { IsExpression: true } && !t.First.Has("to")))
        {
            return null;
        }
        // Expressions that are refused have figures too, so that what else is wrong is told with them.
        var isRefused = node.Errors.All.Count > errors;
        var sample = RateTable.Read(Filled(node, Guesses(tiers), [], node.Errors));
        return sample is null || isRefused ? null : new TierTemplate(node, slots, sample);
    }

    /// <summary>Null where a figure is not known or the tiers are none, and then the reason is set.</summary>
    public RateTable? At(PeriodContext period, ref Standstill missing)
    {
        var figures = new decimal[_slots.Count];
        var at = 0;
        foreach (var slot in _slots.Values)
        {
            if (slot.Expression.Number(period) is not { } figure)
            {
                missing = Standstill.FigureMissing;
                return null;
            }
            figures[at++] = decimal.Round(figure * slot.Times, slot.Decimals, MidpointRounding.ToEven);
        }
        if (_last is not { } last || !last.Figures.AsSpan().SequenceEqual(figures))
        {
            _last = last = new Known(figures, Table(figures));
        }
        if (last.Table is null)
        {
            missing = Standstill.TiersNotValid;
        }
        return last.Table;
    }

    /// <summary>Which figure of the tiers is not known; null where all are.</summary>
    public string? WhyUnknown(PeriodContext period) => _slots.Values.Select(s => Unknowns.In(s.Expression, period)).FirstOrDefault(why => why is not null);

    private RateTable? Table(decimal[] figures)
    {
        var numbers = _slots.Keys.Zip(figures).ToDictionary(n => n.First, n => n.Second);
        HashSet<DocNode> empty = [];
        foreach (var tier in _dropsEmpty ? Tiers(_node) : [])
        {
            if (tier.Find("to") is { } to && NumberOf(tier.Find("from")!, numbers) == NumberOf(to, numbers))
            {
                empty.Add(tier);
            }
        }
        var errors = new DocErrors();
        return RateTable.Read(Filled(_node, numbers, empty, errors));
    }

    private static IReadOnlyList<DocNode> Tiers(DocNode node) =>
        node.Find("tiers") is { Kind: DocKind.Array } tiers ? [.. tiers.Items.Where(t => t.Kind == DocKind.Object)] : [];

    /// <summary>Where a number may stand in a tier, and whether it is an edge. A rate or an amount that grows has two.</summary>
    private static IEnumerable<(DocNode Number, bool IsEdge)> Numbers(DocNode tier)
    {
        foreach (var (name, value) in tier.Members)
        {
            if (name is "from" or "to" or "rate" or "amount")
            {
                yield return (value, name is "from" or "to");
                foreach (var (_, end) in value.Members)
                {
                    yield return (end, false);
                }
            }
        }
    }

    private static (ExpressionKind Kind, decimal Times) Edge(RateBasis on, ReadContext context) => on == RateBasis.Attainment
        ? (ExpressionKind.Number, 100m)
        : (context.Unit == MeasureUnit.Money ? ExpressionKind.Money : ExpressionKind.Number, 1m);

    private static (ExpressionKind Kind, decimal Times) Rate(RateYield yields) => yields switch
    {
        RateYield.Percent => (ExpressionKind.Number, 100m),
        RateYield.TargetMultiplier => (ExpressionKind.Number, 1m),
        _ => (ExpressionKind.Money, 1m),
    };

    private static bool IsSame(DocNode? to, DocNode from, Dictionary<DocNode, Slot> slots) => to is not null
        && (slots.GetValueOrDefault(to), slots.GetValueOrDefault(from)) is ({ } a, { } b) && a.Expression.Canonical == b.Expression.Canonical;

    private static decimal NumberOf(DocNode node, IReadOnlyDictionary<DocNode, decimal> numbers) => numbers.TryGetValue(node, out var number) ? number : node.AsNumber();

    /// <summary>Figures that are none, only in order: each edge between its neighbours that are written down. Both sides of an edge have the same one.</summary>
    private static Dictionary<DocNode, decimal> Guesses(IReadOnlyList<DocNode> tiers)
    {
        var numbers = tiers.SelectMany(Numbers).Where(n => n.Number.IsExpression).ToDictionary(n => n.Number, _ => 1m);
        var below = 0m;
        for (var i = 1; i < tiers.Count; i++)
        {
            var (to, from) = (tiers[i - 1].Find("to"), tiers[i].Find("from"));
            if (Written(from) is { } start)
            {
                below = start;
            }
            else if (Written(to) is { } end)
            {
                below = end;
            }
            else
            {
                var above = tiers.Skip(i + 1).Select(t => Written(t.Find("from"))).FirstOrDefault(f => f is not null);
                below = decimal.Round(above is { } next ? below + ((next - below) / (tiers.Count + 1)) : below + 1m, TierReader.MaxEdgeDecimals);
            }
            foreach (var side in new[] { to, from }.Where(side => side?.IsExpression == true))
            {
                numbers[side!] = below;
            }
        }
        if (tiers.Count > 0 && tiers[^1].Find("to") is { IsExpression: true } last)
        {
            numbers[last] = below + 1m;
        }
        return numbers;
    }

    /// <summary>Null where it is missing, worked out, or no number.</summary>
    private static decimal? Written(DocNode? edge) =>
        edge is { Kind: DocKind.Number or DocKind.Text } && decimal.TryParse(edge.Scalar, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The same node with numbers in the place of expressions.</summary>
    private static DocNode Filled(DocNode node, IReadOnlyDictionary<DocNode, decimal> numbers, HashSet<DocNode> without, DocErrors errors)
    {
        var isNumber = numbers.TryGetValue(node, out var number);
        return new DocNode(isNumber ? DocKind.Number : node.Kind, node.Path, node.Line, node.Column, errors)
        {
            Scalar = isNumber ? number.ToString(CultureInfo.InvariantCulture) : node.Scalar,
            Members = [.. node.Members.Select(m => (m.Name, Filled(m.Value, numbers, without, errors)))],
            Items = [.. node.Items.Where(i => !without.Contains(i)).Select(i => Filled(i, numbers, without, errors))],
        };
    }
}
