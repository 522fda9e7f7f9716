using System.Reflection;
using Spm.GraphQL.Authoring.Connections;
using Spm.GraphQL.Resolvers;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Authoring;

/// <summary>Fields from properties and from the methods of classes with attributes.</summary>
internal sealed class ClrFields(ClrSchemaTypes types)
{
    private const string Deprecated = BuiltInDirectives.DefaultDeprecationReason;

    /// <summary>The properties of a type, and what classes add to it.</summary>
    public IReadOnlyList<FieldConfig> OfObject(Type type, IReadOnlyList<Type> extensions)
    {
        var added = extensions.SelectMany(e => OfMethods(e, types.NameOf(type))).ToArray();
        // What a method takes the place of is not looked at: its type need not be of the schema.
        var properties = Properties(type).Where(p => added.All(a => a.Name != types.NameOf(p))).Select(Of);
        return [.. properties, .. added];
    }

    /// <summary>The public static methods of a class, in the order in which they stand there.</summary>
    public IEnumerable<FieldConfig> OfMethods(Type type, string parent) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => !m.IsSpecialName && !m.IsDefined(typeof(GraphQLIgnoreAttribute)))
            .OrderBy(m => m.MetadataToken)
            .Select(m => Of(m, parent));

    public static string? Deprecation(MemberInfo member) =>
        member.GetCustomAttribute<ObsoleteAttribute>() is { } obsolete ? obsolete.Message ?? Deprecated : null;

    /// <summary>Those of an interface include those of the interfaces that it extends.</summary>
    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetInterfaces().Where(_ => type.IsInterface).Append(type)
            .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0 && !p.IsDefined(typeof(GraphQLIgnoreAttribute))
                && p.Name != "EqualityContract")
            .DistinctBy(p => p.Name);

    private FieldConfig Of(PropertyInfo property)
    {
        var isId = property.IsDefined(typeof(IDAttribute));
        var field = new FieldConfig
        {
            Name = types.NameOf(property),
            Description = types.Docs.Of(property),
            Type = new ClrTypeRefs(types).Output(types.Nullability.Create(property), isId),
            DeprecationReason = Deprecation(property),
            ClrType = property.PropertyType,
            Cost = Cost(property),
            Resolver = FieldResolver.Later(() => ClrResolvers.Property(property), types.WritesItself(property.PropertyType) ? null : () => ClrLeaves.Writer(property, isId)),
        };
        return ClrTypeRefs.ItemOf(property.PropertyType) is { } item ? WithLists(field, property, item) : field;
    }

    private FieldConfig Of(MethodInfo method, string parent)
    {
        var parameters = new ClrParameters(types, method);
        var resolver = ClrResolvers.Method(method, parameters, isStream: parent == "Subscription");
        var value = ClrTypeRefs.Awaited(types.Nullability.Create(method.ReturnParameter));
        var refs = new ClrTypeRefs(types);
        // A page is told as a connection: it is no type of the schema by itself.
        var type = ConnectionFields.ItemOfPage(value.Type) is null
            ? refs.Output(value, method.IsDefined(typeof(IDAttribute)))
            : new Language.ListTypeNode(refs.Output(value.GenericTypeArguments[0], isId: false));
        var field = new FieldConfig
        {
            Name = ClrNames.Field(method),
            Description = types.Docs.Of(method),
            // The events of a stream are what the field gives.
            Type = parent == "Subscription" && type is Language.NonNullTypeNode { Type: Language.ListTypeNode events } ? events.Type : type,
            Arguments = parameters.Arguments,
            DeprecationReason = Deprecation(method),
            ClrType = value.Type,
            Cost = Cost(method),
            Resolver = resolver,
        };
        field = ClrTypeRefs.ItemOf(value.Type) is { } item && parent != "Subscription" ? WithLists(field, method, item)
            : ConnectionFields.ItemOfPage(value.Type) is { } paged ? WithLists(field, method, paged)
            : field;
        IReadOnlyList<Type> refusals = [.. method.GetCustomAttributes().OfType<IErrorAttribute>().Select(e => e.Exception)];
        return refusals.Count == 0 ? field : new MutationErrors(types).Payload(field, refusals);
    }

    /// <summary>Choosing, sorting and paging, in this order.</summary>
    private FieldConfig WithLists(FieldConfig field, MemberInfo member, Type item)
    {
        if (member.IsDefined(typeof(UseFilteringAttribute)))
        {
            field = new Filters(types).Filtered(field, item);
        }
        if (member.IsDefined(typeof(UseSortingAttribute)))
        {
            field = new Sorting(types).Sorted(field, item);
        }
        return member.GetCustomAttribute<UseConnectionAttribute>() is { } connection
            ? new ConnectionFields(types).Paged(field, item, connection)
            : field;
    }

    private static FieldCost? Cost(MemberInfo member) =>
        member.GetCustomAttribute<CostAttribute>() is { } cost
            ? new FieldCost { Weight = cost.Weight, AssumedSize = cost.AssumedSize > 0 ? cost.AssumedSize : null }
            : null;
}
