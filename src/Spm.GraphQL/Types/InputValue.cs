using Spm.GraphQL.Language;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Types;

/// <summary>An argument of a field or directive, or a field of an input object.</summary>
public sealed class InputValue
{
    internal InputValue(InputValueConfig config, GraphQLType type, int index)
    {
        Name = new JsonName(config.Name);
        Description = config.Description;
        Type = type;
        Index = index;
        DefaultLiteral = config.DefaultValue;
        DeprecationReason = config.DeprecationReason;
        ClrType = config.ClrType;
        Metadata = config.Metadata;
        Node = config.Node;
    }

    public JsonName Name { get; }

    public string? Description { get; }

    public GraphQLType Type { get; }

    /// <summary>The position among its siblings.</summary>
    public int Index { get; }

    /// <summary>The default as it is written; null when there is none. A default of null is a <see cref="NullValueNode"/>.</summary>
    public ValueNode? DefaultLiteral { get; }

    /// <summary>
    /// Whether a value is supplied where none is given. A default that does not fit its type counts as none; its schema is refused.
    /// </summary>
    public bool HasDefault { get; private set; }

    /// <summary>The default, coerced; null when there is none, or when it is null.</summary>
    public object? DefaultValue { get; private set; }

    /// <summary>Whether leaving it out is an error.</summary>
    public bool IsRequired => Type is NonNullType && DefaultLiteral is null;

    /// <summary>Null when it is not deprecated.</summary>
    public string? DeprecationReason { get; }

    /// <summary>The type of .NET that the value has, where the schema was made from one.</summary>
    public Type? ClrType { get; }

    public IReadOnlyDictionary<string, object?> Metadata { get; }

    /// <summary>The definition that it was read from, or null.</summary>
    public InputValueDefinitionNode? Node { get; }

    public override string ToString() => Name.Value;

    internal void SetDefault(object? value) => (HasDefault, DefaultValue) = (true, value);
}
