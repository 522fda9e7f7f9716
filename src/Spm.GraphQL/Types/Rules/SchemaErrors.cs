using Spm.GraphQL.Language;
using Spm.GraphQL.Types.Coercion;

namespace Spm.GraphQL.Types.Rules;

/// <summary>Collects what is wrong about a schema, with the checks that several rules share.</summary>
internal sealed class SchemaErrors(Schema schema)
{
    private readonly ImmutableArray<GraphQLError>.Builder _errors = ImmutableArray.CreateBuilder<GraphQLError>();

    public Schema Schema { get; } = schema;

    public ImmutableArray<GraphQLError> All => _errors.ToImmutable();

    public void Add(string message, params ReadOnlySpan<SyntaxNode?> nodes) => _errors.Add(GraphQLError.At(message, nodes));

    public void Add(string message, IEnumerable<SyntaxNode?> nodes) => Add(message, nodes.ToArray());

    /// <summary>Names with two underscores are introspection's.</summary>
    public void Name(JsonName name, SyntaxNode? node)
    {
        if (name.Value.StartsWith("__", StringComparison.Ordinal))
        {
            Add($"Name \"{name}\" must not begin with \"__\", which is reserved by GraphQL introspection.", node);
        }
    }

    /// <summary>What is required is not deprecated: nobody could stop using it.</summary>
    /// <param name="what">What it is, and where.</param>
    public void Deprecation(InputValue value, string what)
    {
        if (value.IsRequired && value.DeprecationReason is not null)
        {
            var directive = value.Node?.Directives.FirstOrDefault(d => d.Name.Value == BuiltInDirectives.Deprecated);
            Add($"Required {what} cannot be deprecated.", directive, value.Node?.Type);
        }
    }

    /// <summary>A default fits its type.</summary>
    /// <param name="where">As a schema coordinate.</param>
    public void Default(InputValue value, string where)
    {
        if (value.DefaultLiteral is not null && value.Type.IsInput)
        {
            new LiteralCheck(e => _errors.Add(e with { Message = $"{where} has invalid default value: {e.Message}" }), suggest: true)
                .Check(value.DefaultLiteral, value.Type);
        }
    }

    /// <summary>A definition and its extensions.</summary>
    public static IEnumerable<SyntaxNode?> NodesOf(NamedType type) => type.Extensions.Prepend<SyntaxNode?>(type.Node);
}
