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

    /// <summary>Whether the component that is being read asks for what was credited before the year.</summary>
    public bool LooksBack { get; private set; }

    public void Begin(MeasureUnit unit)
    {
        _asked.Clear();
        LooksBack = false;
        Unit = unit;
    }

    /// <summary>A figure that is looked up somewhere: a number or money, whichever it is.</summary>
    public CompiledExpression<PeriodContext>? Figure(DocNode node)
    {
        return Period(node, KindOf(node, scopes.Period(Unit)));
    }

    /// <summary>The same over a deal and its period.</summary>
    public CompiledExpression<DealContext>? DealFigure(DocNode node) => Deal(node, KindOf(node, scopes.Deal(Unit)));

    public CompiledExpression<PeriodContext>? Period(DocNode node, ExpressionKind kind)
    {
        var expression = ExpressionCompiler.Read(Expressions(node), scopes.Period(Unit), kind);
        Ask(expression?.Names ?? _none);
        return expression;
    }

    public CompiledExpression<DealContext>? Deal(DocNode node, ExpressionKind kind)
    {
        var expression = ExpressionCompiler.Read(Expressions(node), scopes.Deal(Unit), kind);
        Ask(expression?.Names ?? _none);
        return expression;
    }

    public CompiledExpression<CreditContext>? Credit(DocNode node, ExpressionKind kind) => ExpressionCompiler.Read(Expressions(node), scopes.Credit, kind);

    public CompiledExpression<RepMonth>? RepMonth(DocNode node, ExpressionKind kind) => ExpressionCompiler.Read(Expressions(node), scopes.RepMonth, kind);

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

    private static ExpressionKind KindOf<T>(DocNode node, Scope<T> scope) =>
        node.Kind == DocKind.Text && ExpressionCompiler.Compile(node.Scalar, scope, ExpressionKind.Number).Error?.Code == ExpressionCodes.Kind ? ExpressionKind.Money : ExpressionKind.Number;

    private void Ask(IReadOnlySet<string> names)
    {
        foreach (var name in names)
        {
            LooksBack |= PlanScopes.LooksBack(name);
            if (name.StartsWith("components.", StringComparison.Ordinal))
            {
                _asked.Add(name.Split('.')[1]);
            }
        }
    }

    /// <summary>A plain number may stand where an expression may.</summary>
    private static DocNode Expressions(DocNode node) =>
        node.Kind == DocKind.Number ? new DocNode(DocKind.Text, node.Path, node.Line, node.Column, node.Errors) { Scalar = node.Scalar } : node;
}
