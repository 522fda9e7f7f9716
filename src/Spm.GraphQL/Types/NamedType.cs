using Spm.GraphQL.Language;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Types;

/// <summary>A type that has a name and stands in the schema.</summary>
public abstract class NamedType : GraphQLType
{
    /// <summary>The possible types as bits by their index.</summary>
    private ulong[] _possible = [];

    private protected NamedType(TypeConfig config)
    {
        Name = new JsonName(config.Name);
        Description = config.Description;
        ClrType = config.ClrType;
        Metadata = config.Metadata;
        Node = config.Node;
        Extensions = config.Extensions;
    }

    public JsonName Name { get; }

    public string? Description { get; }

    /// <summary>The type of .NET that values have, where the schema was made from one.</summary>
    public Type? ClrType { get; }

    /// <summary>Whatever the one who made the schema put down about the type.</summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; }

    /// <summary>The definition that the type was read from, or null.</summary>
    public TypeDefinitionNode? Node { get; }

    public ImmutableArray<TypeExtensionNode> Extensions { get; }

    /// <summary>The position among the schema's types: dense, for tables.</summary>
    public int Index { get; internal set; }

    /// <summary>Whether it is one of the types with which a schema describes itself.</summary>
    public bool IsIntrospection =>
        Name.Value.StartsWith("__", StringComparison.Ordinal) && Introspection.IntrospectionSchema.TypeNames.Contains(Name.Value);

    /// <summary>Whether a field of it needs a selection set.</summary>
    public bool IsComposite => this is ObjectType or InterfaceType or UnionType;

    /// <summary>Whether a field of it has no selection set.</summary>
    public bool IsLeaf => this is ScalarType or EnumType;

    public bool IsAbstract => this is InterfaceType or UnionType;

    /// <summary>The objects that a value of this type can be: the object itself, or those of an interface or union.</summary>
    public virtual ImmutableArray<ObjectType> PossibleTypes => [];

    public sealed override NamedType Named => this;

    /// <summary>Whether a value of this type can be that object.</summary>
    public bool IsPossible(ObjectType type) =>
        type.Index / 64 < _possible.Length && (_possible[type.Index / 64] & (1UL << (type.Index % 64))) != 0;

    internal bool Overlaps(NamedType other)
    {
        for (var i = 0; i < _possible.Length && i < other._possible.Length; i++)
        {
            if ((_possible[i] & other._possible[i]) != 0)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Called once every type has its index.</summary>
    internal void SetPossible(int typeCount)
    {
        _possible = new ulong[(typeCount + 63) / 64];
        foreach (var type in PossibleTypes)
        {
            _possible[type.Index / 64] |= 1UL << (type.Index % 64);
        }
    }

    public sealed override string ToString() => Name.Value;
}
