using Spm.GraphQL.Language;

namespace Spm.GraphQL.Types.Rules;

/// <summary>A directive is not applied within its own definition: not on its arguments, and not on the types that they have.</summary>
internal sealed class DirectiveCycles : SyntaxVisitor
{
    private readonly Schema _schema;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<SyntaxNode> _open = new();
    private readonly string _directive;
    private DirectiveNode? _use;

    private DirectiveCycles(Schema schema, DirectiveDefinitionNode definition)
    {
        _schema = schema;
        _directive = definition.Name.Value;
        _open.Enqueue(definition);
    }

    public static void Check(SchemaErrors errors)
    {
        foreach (var directive in errors.Schema.Directives)
        {
            if (directive.Node is not null && new DirectiveCycles(errors.Schema, directive.Node).Search() is { } use)
            {
                errors.Add($"Directive {directive} cannot reference itself within its own definition.", use);
            }
        }
    }

    /// <summary>Everything that the definition reaches is looked at once.</summary>
    private DirectiveNode? Search()
    {
        while (_use is null && _open.TryDequeue(out var node))
        {
            Visit(node);
        }
        return _use;
    }

    protected override VisitNext Enter(SyntaxNode node)
    {
        switch (node)
        {
            case DirectiveNode use when use.Name.Value == _directive:
                _use = use;
                return VisitNext.Stop;
            case DirectiveNode use when _seen.Add("@" + use.Name.Value) && _schema.Directives[use.Name.Value]?.Node is { } definition:
                _open.Enqueue(definition);
                break;
            case NamedTypeNode name when _seen.Add(name.Name.Value) && _schema.Types[name.Name.Value] is { Node: not null } type:
                foreach (var part in SchemaErrors.NodesOf(type))
                {
                    _open.Enqueue(part!);
                }
                break;
        }
        return VisitNext.Children;
    }
}
