using Spm.GraphQL.Language;

namespace Spm.GraphQL.Types.Configs;

/// <summary>A field of an object or interface.</summary>
public sealed record FieldConfig
{
    public required string Name { get; init; }

    /// <summary>For example <c>TypeNode.Parse("[User!]!")</c>.</summary>
    public required TypeNode Type { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<InputValueConfig> Arguments { get; init; } = [];

    /// <summary>Null when the field is not deprecated.</summary>
    public string? DeprecationReason { get; init; }

    /// <inheritdoc cref="FieldDefinition.Resolver"/>
    public object? Resolver { get; init; }

    /// <inheritdoc cref="FieldDefinition.ClrType"/>
    public Type? ClrType { get; init; }

    /// <inheritdoc cref="FieldDefinition.Cost"/>
    public FieldCost? Cost { get; init; }

    public IReadOnlyDictionary<string, object?> Metadata { get; init; } = ImmutableDictionary<string, object?>.Empty;

    public FieldDefinitionNode? Node { get; init; }
}

/// <summary>An argument, or a field of an input object.</summary>
public sealed record InputValueConfig
{
    public required string Name { get; init; }

    public required TypeNode Type { get; init; }

    public string? Description { get; init; }

    /// <summary>A constant that fits the type; null when there is no default.</summary>
    public ValueNode? DefaultValue { get; init; }

    /// <summary>Null when it is not deprecated.</summary>
    public string? DeprecationReason { get; init; }

    /// <inheritdoc cref="InputValue.ClrType"/>
    public Type? ClrType { get; init; }

    public IReadOnlyDictionary<string, object?> Metadata { get; init; } = ImmutableDictionary<string, object?>.Empty;

    public InputValueDefinitionNode? Node { get; init; }
}

public sealed record EnumValueConfig
{
    public required string Name { get; init; }

    /// <inheritdoc cref="EnumValue.Value"/>
    public object? Value { get; init; }

    public string? Description { get; init; }

    /// <summary>Null when it is not deprecated.</summary>
    public string? DeprecationReason { get; init; }

    public IReadOnlyDictionary<string, object?> Metadata { get; init; } = ImmutableDictionary<string, object?>.Empty;

    public EnumValueDefinitionNode? Node { get; init; }
}

/// <summary>A directive.</summary>
public sealed record DirectiveConfig
{
    /// <summary>Without the at sign.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<DirectiveLocation> Locations { get; init; } = [];

    public IReadOnlyList<InputValueConfig> Arguments { get; init; } = [];

    /// <inheritdoc cref="DirectiveType.IsRepeatable"/>
    public bool IsRepeatable { get; init; }

    public DirectiveDefinitionNode? Node { get; init; }
}

/// <summary>A whole schema.</summary>
public sealed record SchemaConfig
{
    public string? Description { get; init; }

    /// <summary>The name of the object that queries begin with.</summary>
    public string? Query { get; init; }

    /// <summary>The name of the object that mutations begin with; null when there are none.</summary>
    public string? Mutation { get; init; }

    /// <summary>The name of the object that subscriptions begin with; null when there are none.</summary>
    public string? Subscription { get; init; }

    /// <summary>Types, without those that every schema has.</summary>
    public IReadOnlyList<TypeConfig> Types { get; init; } = [];

    /// <summary>Directives. Those of the specification are added unless they are here.</summary>
    public IReadOnlyList<DirectiveConfig> Directives { get; init; } = [];

    public SchemaDefinitionNode? Node { get; init; }

    public ImmutableArray<SchemaExtensionNode> Extensions { get; init; } = [];
}
