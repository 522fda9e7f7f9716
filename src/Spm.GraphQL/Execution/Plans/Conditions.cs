using Spm.GraphQL.Language;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Coercion;

namespace Spm.GraphQL.Execution.Plans;

/// <summary>The values of the variables that decide what <c>@skip</c> and <c>@include</c> do. Equal when they decide alike.</summary>
internal sealed class Conditions : IEquatable<Conditions>
{
    private readonly ImmutableArray<string> _names;
    private readonly ImmutableArray<object?> _values;

    private Conditions(ImmutableArray<string> names, ImmutableArray<object?> values)
    {
        _names = names;
        _values = values;
    }

    public static Conditions None { get; } = new([], []);

    /// <summary>The names of the variables that conditions of a document use.</summary>
    public static ImmutableArray<string> VariablesOf(DocumentNode document)
    {
        var variables = new Variables();
        variables.Visit(document);
        return [.. variables.Names.Order(StringComparer.Ordinal)];
    }

    public static Conditions Of(ImmutableArray<string> names, IReadOnlyDictionary<string, object?> variables) =>
        names.IsEmpty ? None : new Conditions(names, [.. names.Select(variables.GetValueOrDefault)]);

    /// <summary>Whether a selection with these directives counts.</summary>
    /// <exception cref="GraphQLException">A condition has no value.</exception>
    public bool Include(Schema schema, ImmutableArray<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            var name = directive.Name.Value;
            if (name is BuiltInDirectives.Skip or BuiltInDirectives.Include && Value(schema, directive) == (name == BuiltInDirectives.Skip))
            {
                return false;
            }
        }
        return true;
    }

    public bool Equals(Conditions? other) => other is not null && _values.AsSpan().SequenceEqual(other._values.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as Conditions);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in _values)
        {
            hash.Add(value);
        }
        return hash.ToHashCode();
    }

    private bool Value(Schema schema, DirectiveNode directive)
    {
        var definition = schema.Directives[directive.Name.Value]!.Arguments["if"]!;
        var given = directive.Arguments.FirstOrDefault(a => a.Name.Value == "if");
        var variables = new Dictionary<string, object?>(_names.Zip(_values, KeyValuePair.Create), StringComparer.Ordinal);
        var result = ArgumentCoercion.Coerce(definition, given, directive, variables);
        return result.Error is null ? result.Value is true : throw new GraphQLException(result.Error);
    }

    private sealed class Variables : SyntaxVisitor
    {
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        protected override VisitNext Enter(SyntaxNode node)
        {
            if (node is DirectiveNode { Name.Value: BuiltInDirectives.Skip or BuiltInDirectives.Include } directive)
            {
                foreach (var variable in directive.Arguments.Select(a => a.Value).OfType<VariableNode>())
                {
                    Names.Add(variable.Name.Value);
                }
            }
            return VisitNext.Children;
        }
    }
}
