using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Types;

/// <summary>What an object and an interface have in common.</summary>
public abstract class FieldsType : NamedType
{
    private protected FieldsType(TypeConfig config)
        : base(config)
    {
    }

    public NameMap<FieldDefinition> Fields { get; internal set; } = NameMap<FieldDefinition>.Empty;

    /// <summary>The interfaces that it declares to implement.</summary>
    public ImmutableArray<InterfaceType> Interfaces { get; private set; } = [];

    /// <summary>As they were declared: in an invalid schema other types may be among them.</summary>
    internal ImmutableArray<NamedType> DeclaredInterfaces
    {
        get;
        set
        {
            field = value;
            Interfaces = [.. value.OfType<InterfaceType>()];
        }
    } = [];
}

public sealed class ObjectType : FieldsType
{
    private readonly ImmutableArray<ObjectType> _self;

    internal ObjectType(ObjectTypeConfig config)
        : base(config)
    {
        IsTypeOf = config.IsTypeOf;
        _self = [this];
    }

    /// <summary>Tells whether a value is of this type, for interfaces and unions without an own way to tell. Null when it cannot.</summary>
    public Func<object, bool>? IsTypeOf { get; }

    public override TypeKind Kind => TypeKind.Object;

    public override ImmutableArray<ObjectType> PossibleTypes => _self;
}

public sealed class InterfaceType : FieldsType
{
    private ImmutableArray<ObjectType> _possibleTypes = [];

    internal InterfaceType(InterfaceTypeConfig config)
        : base(config)
    {
        ResolveType = config.ResolveType;
    }

    /// <summary>Names the object type of a value. Null when it cannot, or is asked of the objects instead.</summary>
    public Func<object, string?>? ResolveType { get; }

    /// <summary>The interfaces that implement this one.</summary>
    public ImmutableArray<InterfaceType> Implementations { get; private set; } = [];

    public override TypeKind Kind => TypeKind.Interface;

    public override ImmutableArray<ObjectType> PossibleTypes => _possibleTypes;

    internal void SetImplementations(ImmutableArray<ObjectType> objects, ImmutableArray<InterfaceType> interfaces)
    {
        _possibleTypes = objects;
        Implementations = interfaces;
    }
}

public sealed class UnionType : NamedType
{
    internal UnionType(UnionTypeConfig config)
        : base(config)
    {
        ResolveType = config.ResolveType;
    }

    /// <summary>Names the object type of a value. Null when it cannot, or is asked of the objects instead.</summary>
    public Func<object, string?>? ResolveType { get; }

    public ImmutableArray<ObjectType> Types { get; private set; } = [];

    public override TypeKind Kind => TypeKind.Union;

    public override ImmutableArray<ObjectType> PossibleTypes => Types;

    /// <summary>As they were declared: in an invalid schema other types may be among them.</summary>
    internal ImmutableArray<NamedType> DeclaredTypes
    {
        get;
        set
        {
            field = value;
            Types = [.. value.OfType<ObjectType>()];
        }
    } = [];
}
