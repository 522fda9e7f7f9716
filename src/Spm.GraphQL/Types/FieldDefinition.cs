using Spm.GraphQL.Language;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Types;

/// <summary>A field of an object or interface.</summary>
public sealed class FieldDefinition
{
    internal FieldDefinition(FieldConfig config, GraphQLType type, NameMap<InputValue> arguments)
    {
        Name = new JsonName(config.Name);
        Description = config.Description;
        Type = type;
        Arguments = arguments;
        DeprecationReason = config.DeprecationReason;
        Resolver = config.Resolver;
        ClrType = config.ClrType;
        Cost = config.Cost;
        Metadata = config.Metadata;
        Node = config.Node;
    }

    public JsonName Name { get; }

    public string? Description { get; }

    public GraphQLType Type { get; }

    public NameMap<InputValue> Arguments { get; }

    /// <summary>Null when the field is not deprecated.</summary>
    public string? DeprecationReason { get; }

    /// <summary>
    /// What computes the field: the business of whoever executes. Fields of introspection have an
    /// <see cref="Introspection.IntrospectionResolver"/>.
    /// </summary>
    public object? Resolver { get; }

    /// <summary>The type of .NET that the field's value has, where the schema was made from one.</summary>
    public Type? ClrType { get; }

    /// <summary>What the field costs before it runs; null for the default.</summary>
    public FieldCost? Cost { get; }

    public IReadOnlyDictionary<string, object?> Metadata { get; }

    /// <summary>The definition that the field was read from, or null.</summary>
    public FieldDefinitionNode? Node { get; }

    public override string ToString() => Name.Value;
}

/// <summary>What a field is taken to cost before it runs.</summary>
public sealed record FieldCost
{
    /// <summary>Of the field itself, without what is selected of it. Not negative.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>How many items a list is taken to have when no argument says so; null when the field is no list or it is unknown.</summary>
    public int? AssumedSize { get; init; }

    /// <summary>Arguments that bound the number of items; the largest counts.</summary>
    public ImmutableArray<string> SlicingArguments { get; init; } = [];

    /// <summary>Fields of the returned type that are the list instead, such as the edges and nodes of a connection.</summary>
    public ImmutableArray<string> SizedFields { get; init; } = [];
}
