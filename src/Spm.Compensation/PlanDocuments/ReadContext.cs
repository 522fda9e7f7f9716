using Spm.Compensation.Amounts;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.Groups;

namespace Spm.Compensation.PlanDocuments;

/// <summary>What a part of a document may have to know to be read: the scopes of its expressions, and who stands around it.</summary>
public sealed class ReadContext(PlanScopes scopes, Currency currency, IReadOnlyList<MeasureRule> measures)
{
    private static readonly HashSet<string> _none = [];

    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _askedOfYear = new(StringComparer.Ordinal);
    private readonly HashSet<string> _quotasAsked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _summed = new(StringComparer.Ordinal);
    private readonly List<(string Component, DocNode Node)> _firstStage = [];

    /// <summary>Of a rule that is read by itself.</summary>
    public static ReadContext WithoutFacts => new(PlanScopes.WithoutFacts, Currency.Usd, []);

    public PlanScopes Scopes => scopes;

    public Currency Currency => currency;

    public IReadOnlyList<MeasureRule> Measures => measures;

    /// <summary>Of the measure of the component that is being read.</summary>
    public MeasureUnit Unit { get; private set; }

    /// <summary>Components that the one being read asks for: it is calculated after them.</summary>
    public IReadOnlySet<string> Asked => _asked;

    /// <summary>Components of which the one being read asks what they have earned in the year, by whatever versions.</summary>
    public IReadOnlySet<string> AskedOfYear => _askedOfYear;

    /// <summary>Whether the component that is being read asks for what was credited before the year.</summary>
    public bool LooksBack { get; private set; }

    /// <summary>Whether an expression of the one being read asks for its quota or attainment.</summary>
    public bool NeedsQuota { get; private set; }

    /// <summary>Components whose quota or attainment others ask for.</summary>
    public IReadOnlySet<string> QuotasAsked => _quotasAsked;

    /// <summary>Whether the one being read asks for figures of groups.</summary>
    public bool UsesGroups { get; private set; }

    /// <summary>Components whose figures the one being read asks of groups; empty text: its own.</summary>
    public IReadOnlySet<string> Summed => _summed;

    /// <summary>Components that must not ask for groups themselves, because what they earn is asked of every member.</summary>
    public IReadOnlyList<(string Component, DocNode Node)> FirstStage => _firstStage;

    /// <summary>Groups of the version, in the order of the document.</summary>
    public IReadOnlyList<GroupRule> Groups { get; init; } = [];

    public void Begin(MeasureUnit unit)
    {
        _asked.Clear();
        _askedOfYear.Clear();
        (LooksBack, NeedsQuota) = (false, false);
        _summed.Clear();
        _firstStage.Clear();
        UsesGroups = false;
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
        Ask(expression?.Names ?? _none, node);
        return expression;
    }

    public CompiledExpression<DealContext>? Deal(DocNode node, ExpressionKind kind)
    {
        var expression = ExpressionCompiler.Read(Expressions(node), scopes.Deal(Unit), kind);
        Ask(expression?.Names ?? _none, node);
        return expression;
    }

    /// <summary>The index of a group; -1 after an error when there is none.</summary>
    public int Group(DocNode node)
    {
        UsesGroups = true;
        var at = Groups.ToList().FindIndex(g => g.Id == node.Scalar);
        if (at < 0 && node.AsText().Length > 0)
        {
            node.Fail("group_unknown", $"The version has no group '{node.Scalar}'.");
        }
        return at;
    }

    /// <summary>What the members of a group share: money over its figures, and over those of groups that hold everybody.</summary>
    public CompiledExpression<GroupField>? Fund(DocNode node, int group)
    {
        var expression = ExpressionCompiler.Read(Expressions(node), scopes.Fund(Unit), ExpressionKind.Money);
        foreach (var name in expression?.Names ?? _none)
        {
            Note(name, node);
            AskQuota(name);
            if (Groups.ToList().FindIndex(g => g.Id == GroupName.Parse(name)?.Group) is >= 0 and var other && other != group && Groups[other].By is not null)
            {
                node.Fail("group_of_others", $"Members of one group may be in different groups of '{Groups[other].Id}': what they share is of their own group, or of one that holds everybody.");
            }
        }
        return expression;
    }

    /// <summary>A figure of every member, from its own figures alone.</summary>
    public CompiledExpression<PeriodContext>? Entry(DocNode node, ExpressionKind? kind = null)
    {
        var scope = scopes.Period(Unit);
        var isMoney = kind is null && node.Kind == DocKind.Text && ExpressionCompiler.Compile(node.Scalar, scope, ExpressionKind.Number).Error?.Code == ExpressionCodes.Kind;
        var expression = ExpressionCompiler.Read(Expressions(node), scope, kind ?? (isMoney ? ExpressionKind.Money : ExpressionKind.Number));
        foreach (var name in expression?.Names ?? _none)
        {
            LooksBack |= PlanScopes.LooksBack(name);
            AskQuota(name);
            if (GroupName.Parse(name) is not null)
            {
                node.Fail("group_circle", $"'{name}' is of a group: members are compared by figures of their own.");
            }
            else if (PlanScopes.IsEarned(name) || (name.StartsWith("components.", StringComparison.Ordinal) && name.EndsWith(".rank", StringComparison.Ordinal)))
            {
                _firstStage.Add((name.Split('.')[1], node));
            }
        }
        return expression;
    }

    /// <summary>Whoever is asked for quota or attainment has a quota, be it the component itself or another.</summary>
    private void AskQuota(string name)
    {
        var parts = name.Split('.');
        if (parts[^1] is not ("quota" or "attainment") || parts[0] is "rep" or "facts")
        {
            return;
        }
        if (parts.Length <= 2)
        {
            NeedsQuota = true;
        }
        else
        {
            _quotasAsked.Add(parts[^2]);
        }
    }

    private void Note(string name, DocNode node)
    {
        if (GroupName.Parse(name) is not { } asked)
        {
            return;
        }
        UsesGroups = true;
        _summed.Add(asked.Component ?? "");
        if (asked is { Component: { } component, Figure: GroupFigure.Earned })
        {
            _firstStage.Add((component, node));
        }
    }

    public CompiledExpression<CreditContext>? Credit(DocNode node, ExpressionKind kind) => ExpressionCompiler.Read(Expressions(node), scopes.Credit, kind);

    public CompiledExpression<RepMonth>? RepMonth(DocNode node, ExpressionKind kind) => ExpressionCompiler.Read(Expressions(node), scopes.RepMonth, kind);

    public CompiledExpression<RepProfile>? Rep(DocNode node, ExpressionKind kind) => ExpressionCompiler.Read(Expressions(node), scopes.RepAlone, kind);

    /// <summary>The component whose attainment a gate looks at; null after an error when there is none.</summary>
    public ComponentRef? Attaining(DocNode node)
    {
        _quotasAsked.Add(node.Scalar);
        return Component(node);
    }

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

    private void Ask(IReadOnlySet<string> names, DocNode node)
    {
        foreach (var name in names)
        {
            Note(name, node);
            AskQuota(name);
            LooksBack |= PlanScopes.LooksBack(name);
            if (name.StartsWith("components.", StringComparison.Ordinal))
            {
                _asked.Add(name.Split('.')[1]);
            }
            if (PlanScopes.IsEarnedInYear(name))
            {
                _askedOfYear.Add(name.Split('.')[1]);
            }
        }
    }

    /// <summary>A plain number may stand where an expression may.</summary>
    private static DocNode Expressions(DocNode node) =>
        node.Kind == DocKind.Number ? new DocNode(DocKind.Text, node.Path, node.Line, node.Column, node.Errors) { Scalar = node.Scalar } : node;
}
