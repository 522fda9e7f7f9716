using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;
using Spm.Compensation.Documents;
using Spm.Compensation.Expressions;

namespace Spm.Compensation.Engine;

/// <summary>
/// Measures that need no expression: a value of the transactions of some kinds, perhaps of some products only. They can be summed for a whole
/// company as its transactions come in, once for all plans.
/// </summary>
public static class PlainMeasure
{
    /// <summary>A split deal counts by the rep's part, a refund takes one back.</summary>
    public const string Count = "if(kind = 'refund', -share, share)";

    private static readonly Dictionary<string, MeasureValue> _values = new(StringComparer.Ordinal)
    {
        ["amount"] = MeasureValue.Amount,
        ["quantity"] = MeasureValue.Quantity,
        ["margin"] = MeasureValue.Margin,
        [Count] = MeasureValue.Count,
    };

    /// <summary>The measure that counts the same as a rule of a plan; null when the rule asks for more than that.</summary>
    public static Measure? Of(MeasureRule rule)
    {
        if (!_values.TryGetValue(rule.Value.Canonical, out var value) || !TryProducts(rule.When?.Tree, out var products))
        {
            return null;
        }
        // News of deals count only where they are named. A kind that the company does not know never comes.
        var kinds = Enum.GetValues<TransactionKind>().Where(k => rule.Kinds?.Contains(WireNames.Of(k)) ?? !DealNews.Is(WireNames.Of(k)));
        return new Measure(rule.No, rule.Id, value, kinds.ToHashSet(), products);
    }

    /// <summary>True when both count the same of every credit.</summary>
    public static bool IsSame(Measure a, Measure b) =>
        a.Value == b.Value && a.Kinds.SetEquals(b.Kinds) && (a.Products is null ? b.Products is null : b.Products is not null && a.Products.SetEquals(b.Products));

    private static bool TryProducts(Node? when, out IReadOnlySet<string>? products)
    {
        products = when switch
        {
            BinaryNode { Operator: BinaryOperator.Equal, Left: NameNode { Name: "product" }, Right: TextLiteral only } => new HashSet<string> { only.Value },
            InNode { IsNegated: false, Operand: NameNode { Name: "product" } } some when some.Items.All(i => i is TextLiteral) => some.Items.Select(i => ((TextLiteral)i).Value).ToHashSet(),
            _ => null,
        };
        return when is null || products is not null;
    }
}
