using Spm.Compensation.Amounts;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;

namespace Spm.Compensation.PlanDocuments;

/// <summary>What a part of a document may have to know to be read: the scopes of its expressions, and who stands around it.</summary>
public sealed class ReadContext(PlanScopes scopes, Currency currency, IReadOnlyList<MeasureRule> measures)
{
    private static readonly HashSet<string> _none = [];

    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public PlanScopes Scopes => scopes;

    public Currency Currency => currency;

    public IReadOnlyList<MeasureRule> Measures => measures;

    /// <summary>Of the measure of the component that is being read.</summary>
    public MeasureUnit Unit { get; private set; }

    /// <summary>Components that the one being read asks for: it is calculated after them.</summary>
    public IReadOnlySet<string> Asked => _asked;

    public void Begin(MeasureUnit unit)
    {
        _asked.Clear();
        Unit = unit;
    }

    /// <summary>A figure that is looked up somewhere: a number or money, whichever it is.</summary>
    public CompiledExpression<PeriodContext>? Figure(DocNode node)
    {
        var isMoney = node.Kind == DocKind.Text && ExpressionCompiler.Compile(node.Scalar, scopes.Period(Unit), ExpressionKind.Number).Error?.Code == ExpressionCodes.Kind;
        return Period(node, isMoney ? ExpressionKind.Money : ExpressionKind.Number);
    }

    public CompiledExpression<PeriodContext>? Period(DocNode node, ExpressionKind kind)
    {
        var expression = ExpressionCompiler.Read(Expressions(node), scopes.Period(Unit), kind);
        foreach (var name in expression?.Names ?? _none)
        {
            if (name.StartsWith("components.", StringComparison.Ordinal))
            {
                _asked.Add(name.Split('.')[1]);
            }
        }
        return expression;
    }

    public CompiledExpression<CreditContext>? Credit(DocNode node, ExpressionKind kind) => ExpressionCompiler.Read(Expressions(node), scopes.Credit, kind);

    public CompiledExpression<RepProfile>? Rep(DocNode node, ExpressionKind kind) => ExpressionCompiler.Read(Expressions(node), scopes.RepAlone, kind);

    /// <summary>The component of a name; null after an error when there is none.</summary>
    public ComponentRef? Component(DocNode node)
    {
        if (scopes.Components.TryGetValue(node.AsText(), out var found))
        {
            _asked.Add(node.Scalar);
            return found;
        }
        node.Fail("component_unknown", $"The version has no component '{node.Scalar}'.");
        return null;
    }

    /// <summary>A plain number may stand where an expression may.</summary>
    private static DocNode Expressions(DocNode node) =>
        node.Kind == DocKind.Number ? new DocNode(DocKind.Text, node.Path, node.Line, node.Column, node.Errors) { Scalar = node.Scalar } : node;
}
