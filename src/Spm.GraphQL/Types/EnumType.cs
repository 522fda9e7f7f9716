using System.Collections.Frozen;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Types;

public sealed class EnumType : NamedType
{
    private readonly FrozenDictionary<object, EnumValue> _byValue;

    internal EnumType(EnumTypeConfig config)
        : base(config)
    {
        Values = new NameMap<EnumValue>(config.Values.Select(v => new EnumValue(v)), v => v.Name);
        // Where two names mean the same value, the first is written.
        _byValue = Values.DistinctBy(v => v.Value).ToFrozenDictionary(v => v.Value);
    }

    public NameMap<EnumValue> Values { get; }

    public override TypeKind Kind => TypeKind.Enum;

    /// <summary>How a value of the program is written, or null when the enum does not have it.</summary>
    public EnumValue? ByValue(object value) => _byValue.GetValueOrDefault(value);
}

/// <summary>A value of an enum.</summary>
public sealed class EnumValue
{
    internal EnumValue(EnumValueConfig config)
    {
        Name = new JsonName(config.Name);
        Description = config.Description;
        Value = config.Value ?? config.Name;
        DeprecationReason = config.DeprecationReason;
        Metadata = config.Metadata;
        Node = config.Node;
    }

    public JsonName Name { get; }

    public string? Description { get; }

    /// <summary>What the program knows it as; its name when nothing else was said.</summary>
    public object Value { get; }

    /// <summary>Null when it is not deprecated.</summary>
    public string? DeprecationReason { get; }

    public IReadOnlyDictionary<string, object?> Metadata { get; }

    /// <summary>The definition that it was read from, or null.</summary>
    public EnumValueDefinitionNode? Node { get; }

    public override string ToString() => Name.Value;
}
