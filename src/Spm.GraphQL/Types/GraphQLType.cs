namespace Spm.GraphQL.Types;

/// <summary>
/// A type of a schema: a named one, or a list or non-null around another. Within one schema each type is one object, so that two
/// references to the same type are the same object. Immutable once its schema is built.
/// </summary>
public abstract class GraphQLType
{
    private ListType? _list;
    private NonNullType? _nonNull;

    private protected GraphQLType()
    {
    }

    public abstract TypeKind Kind { get; }

    /// <summary>The type without lists and non-nulls around it.</summary>
    public abstract NamedType Named { get; }

    /// <summary>The type without the non-null around it.</summary>
    public virtual GraphQLType Nullable => this;

    public bool IsNonNull => this is NonNullType;

    /// <summary>Whether arguments, input fields and variables may be of it.</summary>
    public bool IsInput => Named is ScalarType or EnumType or InputObjectType;

    /// <summary>Whether fields may be of it.</summary>
    public bool IsOutput => Named is not InputObjectType;

    /// <summary>A list of this type: always the same one.</summary>
    public ListType List => _list ?? Interlocked.CompareExchange(ref _list, new ListType(this), null) ?? _list;

    /// <summary>This type without null: always the same one.</summary>
    public virtual NonNullType NonNull => _nonNull ?? Interlocked.CompareExchange(ref _nonNull, new NonNullType(this), null) ?? _nonNull;

    /// <summary>As a document writes it: <c>[User!]!</c>.</summary>
    public abstract override string ToString();
}

/// <summary>The kinds of types that introspection tells apart.</summary>
public enum TypeKind : byte
{
    Scalar,
    Object,
    Interface,
    Union,
    Enum,
    InputObject,
    List,
    NonNull,
}

public sealed class ListType : GraphQLType
{
    internal ListType(GraphQLType ofType) => OfType = ofType;

    public GraphQLType OfType { get; }

    public override TypeKind Kind => TypeKind.List;

    public override NamedType Named => OfType.Named;

    public override string ToString() => $"[{OfType}]";
}

public sealed class NonNullType : GraphQLType
{
    internal NonNullType(GraphQLType ofType) => OfType = ofType;

    /// <summary>Not a non-null itself.</summary>
    public GraphQLType OfType { get; }

    public override TypeKind Kind => TypeKind.NonNull;

    public override NamedType Named => OfType.Named;

    public override GraphQLType Nullable => OfType;

    public override NonNullType NonNull => this;

    public override string ToString() => $"{OfType}!";
}
