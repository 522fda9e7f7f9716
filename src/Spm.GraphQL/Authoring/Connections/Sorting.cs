using System.Collections;
using System.Reflection;
using Spm.GraphQL.Language;
using Spm.GraphQL.Resolvers;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Authoring.Connections;

/// <summary>
/// The argument <c>order</c>: input objects become comparisons when they are coerced. Earlier ones count more; ties stay as they were.
/// </summary>
internal sealed class Sorting(ClrSchemaTypes types)
{
    private const string Direction = "SortDirection";

    public FieldConfig Sorted(FieldConfig field, Type item)
    {
        var index = field.Arguments.Count;
        return field with
        {
            Arguments =
            [
                .. field.Arguments,
                new InputValueConfig { Name = "order", Type = TypeNode.Parse($"[{SortOf(item)}!]"), Description = "In which order." },
            ],
            Resolver = ClrResolvers.Then((FieldResolver)field.Resolver!, (context, items) =>
                items is not null && context.Arguments[index] is object?[] { Length: > 0 } orders
                    ? Lists.Sorted(item, (IEnumerable)items, Comparer<object?>.Create((a, b) => Compare(orders, a, b)))
                    : items),
        };
    }

    private static int Compare(object?[] orders, object? a, object? b)
    {
        foreach (var order in orders)
        {
            if (((Comparison<object?>)order!)(a, b) is not 0 and var difference)
            {
                return difference;
            }
        }
        return 0;
    }

    private string SortOf(Type item)
    {
        var name = types.NameOf(item) + "SortInput";
        types.Ensure(Direction, () => new EnumTypeConfig
        {
            Name = Direction,
            Values =
            [
                new() { Name = "ASC", Value = 1, Description = "The least first." },
                new() { Name = "DESC", Value = -1, Description = "The greatest first." },
            ],
        });
        return types.Ensure(name, () =>
        {
            var properties = Lists.Properties(item).Where(IsLeaf).ToArray();
            var getters = properties.Select(ClrGetters.Of).ToArray();
            return new InputObjectTypeConfig
            {
                Name = name,
                Description = "Exactly one of these; give more in a list.",
                IsOneOf = true,
                Fields = [.. properties.Select(Field)],
                Create = input => Comparison(input, getters),
            };
        });
    }

    private static bool IsLeaf(PropertyInfo property) =>
        (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is var type && (type.IsEnum || ClrLeaves.ScalarOf(type) is not null);

    private InputValueConfig Field(PropertyInfo property) =>
        new() { Name = ClrNames.Field(property), Type = new NamedTypeNode(Direction), Description = types.Docs.Of(property) };

    private static Comparison<object?> Comparison(InputObject input, Func<object, object?>[] getters)
    {
        var index = Enumerable.Range(0, getters.Length).First(input.Has);
        var (get, sign) = (getters[index], (int)input[index]!);
        return (a, b) => sign * Compare(a is null ? null : get(a), b is null ? null : get(b));
    }

    /// <summary>Null is less than anything. Text goes by its code units, so that every machine sorts alike.</summary>
    private static int Compare(object? a, object? b) =>
        a is string x && b is string y ? string.CompareOrdinal(x, y) : Comparer.DefaultInvariant.Compare(a, b);
}
