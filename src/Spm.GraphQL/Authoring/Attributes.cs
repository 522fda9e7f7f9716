namespace Spm.GraphQL.Authoring;

/// <summary>A static class whose methods are fields of the query root.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class QueryTypeAttribute : Attribute;

/// <summary>A static class whose methods are fields of the mutation root.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MutationTypeAttribute : Attribute;

/// <summary>A static class whose methods are fields of the subscription root; they return <see cref="IAsyncEnumerable{T}"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SubscriptionTypeAttribute : Attribute;

/// <summary>
/// A static class whose methods are more fields of the object of <typeparamref name="T"/>. A method of the name of a property takes its place.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ObjectTypeAttribute<T> : Attribute;

/// <summary>An interface whose implementations are a union, rather than an interface with fields.</summary>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Class)]
public sealed class UnionTypeAttribute : Attribute;

/// <summary>An input object of which exactly one field must be given.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OneOfAttribute : Attribute;

/// <summary>The object that the field is of.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ParentAttribute : Attribute;

/// <summary>Comes from the request's services. Needless where the schema's builder knows which types are services.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ServiceAttribute : Attribute;

/// <summary>An identifier, of whatever type it is in the program.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Method)]
public sealed class IDAttribute : Attribute;

/// <summary>Another name than that of the program.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class GraphQLNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>What readers of the schema are told, instead of the XML documentation.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class GraphQLDescriptionAttribute(string description) : Attribute
{
    public string Description { get; } = description;
}

/// <summary>Is not part of the schema.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.Field)]
public sealed class GraphQLIgnoreAttribute : Attribute;

/// <summary>What a field is taken to cost: see <see cref="Types.FieldCost"/>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method)]
public sealed class CostAttribute(double weight = 1) : Attribute
{
    public double Weight { get; } = weight;

    /// <summary>Items of a list that has no argument which bounds it; 0 when it is unknown.</summary>
    public int AssumedSize { get; init; }
}

/// <summary>
/// A mutation's refusal that clients read as data: the field gets a payload with the result and the errors, and the exception becomes one of
/// the errors.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ErrorAttribute<TException> : Attribute, IErrorAttribute
    where TException : Exception
{
    Type IErrorAttribute.Exception => typeof(TException);
}

internal interface IErrorAttribute
{
    Type Exception { get; }
}

/// <summary>
/// Pages of a list by cursors: <c>first</c>, <c>after</c>, <c>last</c>, <c>before</c>. The method returns all items, or a
/// <see cref="Connections.Page{T}"/> that it made of its own <see cref="Connections.PageArguments"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class UseConnectionAttribute : Attribute
{
    /// <summary>Items of a page when nobody says.</summary>
    public int DefaultSize { get; init; } = 50;

    /// <summary>Items that a page may have.</summary>
    public int MaxSize { get; init; } = 500;
}

/// <summary>An argument <c>where</c> that chooses among the items that the method returns.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class UseFilteringAttribute : Attribute;

/// <summary>An argument <c>order</c> that sorts the items that the method returns.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class UseSortingAttribute : Attribute;
