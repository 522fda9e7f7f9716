using System.Text.Json;
using Spm.GraphQL.Language;

namespace Spm.GraphQL.Types.Configs;

/// <summary>
/// How a type is described to <see cref="Schema.Create"/>. Configs refer to one another by name, so they can be made in any order; they are
/// immutable and can be changed with <c>with</c>.
/// </summary>
public abstract record TypeConfig
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>The type of .NET that values have, where there is one.</summary>
    public Type? ClrType { get; init; }

    /// <summary>Whatever is to be put down about the type.</summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; init; } = ImmutableDictionary<string, object?>.Empty;

    /// <summary>The definition that it was read from. Errors of the schema point at it.</summary>
    public TypeDefinitionNode? Node { get; init; }

    public ImmutableArray<TypeExtensionNode> Extensions { get; init; } = [];
}

public sealed record ScalarTypeConfig : TypeConfig
{
    public string? SpecifiedByUrl { get; init; }

    /// <summary>Reads a value of a variable, which is not null. By default it is handed on as plain values of .NET.</summary>
    public Func<JsonElement, Coerced> ParseValue { get; init; } = value => Coerced.To(Coercion.PlainValue.Of(value));

    /// <summary>Reads a value of a document, which is not null. By default it is handed on as plain values of .NET.</summary>
    public Func<ValueNode, IReadOnlyDictionary<string, object?>?, Coerced> ParseLiteral { get; init; } =
        (value, variables) => Coerced.To(Coercion.PlainValue.Of(value, variables));

    /// <summary>What a response carries. By default the value itself.</summary>
    public Func<object, Coerced> Serialize { get; init; } = Coerced.To;
}

public sealed record ObjectTypeConfig : TypeConfig
{
    /// <summary>Names of the interfaces that it implements.</summary>
    public IReadOnlyList<string> Interfaces { get; init; } = [];

    public IReadOnlyList<FieldConfig> Fields { get; init; } = [];

    /// <inheritdoc cref="ObjectType.IsTypeOf"/>
    public Func<object, bool>? IsTypeOf { get; init; }
}

public sealed record InterfaceTypeConfig : TypeConfig
{
    /// <summary>Names of the interfaces that it implements.</summary>
    public IReadOnlyList<string> Interfaces { get; init; } = [];

    public IReadOnlyList<FieldConfig> Fields { get; init; } = [];

    /// <inheritdoc cref="InterfaceType.ResolveType"/>
    public Func<object, string?>? ResolveType { get; init; }
}

public sealed record UnionTypeConfig : TypeConfig
{
    /// <summary>Names of the objects that it unites.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <inheritdoc cref="UnionType.ResolveType"/>
    public Func<object, string?>? ResolveType { get; init; }
}

public sealed record EnumTypeConfig : TypeConfig
{
    public IReadOnlyList<EnumValueConfig> Values { get; init; } = [];
}

public sealed record InputObjectTypeConfig : TypeConfig
{
    public IReadOnlyList<InputValueConfig> Fields { get; init; } = [];

    /// <inheritdoc cref="InputObjectType.IsOneOf"/>
    public bool IsOneOf { get; init; }

    /// <inheritdoc cref="InputObjectType.Create"/>
    public Func<InputObject, object>? Create { get; init; }
}
