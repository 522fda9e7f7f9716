using System.Collections;
using System.Reflection;

namespace Spm.GraphQL.Authoring.Connections;

/// <summary>Lists whose type of items is known at start-up only.</summary>
internal static class Lists
{
    /// <summary>Properties that items are chosen and sorted by: leaves and objects, not lists.</summary>
    public static IEnumerable<PropertyInfo> Properties(Type item) =>
        item.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0 && !p.IsDefined(typeof(GraphQLIgnoreAttribute))
                && ClrTypeRefs.ItemOf(p.PropertyType) is null && p.PropertyType != typeof(object) && !p.PropertyType.IsInterface);

    public static IList Where(Type item, IEnumerable items, Func<object?, bool> holds) => Of(item, items.Cast<object?>().Where(holds));

    public static IList Sorted(Type item, IEnumerable items, IComparer<object?> comparer) =>
        Of(item, items.Cast<object?>().Order(comparer));

    private static IList Of(Type item, IEnumerable<object?> values)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        foreach (var value in values)
        {
            list.Add(value);
        }
        return list;
    }
}
