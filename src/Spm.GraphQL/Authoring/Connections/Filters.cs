using System.Collections;
using System.Reflection;
using Spm.GraphQL.Language;
using Spm.GraphQL.Resolvers;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Authoring.Connections;

/// <summary>
/// The argument <c>where</c>: an input object becomes a predicate when it is coerced. Everything that is said of an item must hold.
/// </summary>
internal sealed class Filters(ClrSchemaTypes types)
{
    private delegate bool Holds(object? value);

    public FieldConfig Filtered(FieldConfig field, Type item)
    {
        var index = field.Arguments.Count;
        return field with
        {
            Arguments =
            [
                .. field.Arguments,
                new InputValueConfig { Name = "where", Type = new NamedTypeNode(FilterOf(item)), Description = "Which items." },
            ],
            Resolver = ClrResolvers.Then((FieldResolver)field.Resolver!, (context, items) =>
                items is not null && context.Arguments[index] is Holds holds ? Lists.Where(item, (IEnumerable)items, value => holds(value)) : items),
        };
    }

    private string FilterOf(Type item)
    {
        var name = types.NameOf(item) + "FilterInput";
        return types.Ensure(name, () =>
        {
            var properties = Lists.Properties(item).ToArray();
            return new InputObjectTypeConfig
            {
                Name = name,
                Description = "Everything that is given must hold.",
                Fields =
                [
                    Field("and", $"[{name}!]", "All of these hold."),
                    Field("or", $"[{name}!]", "At least one of these holds."),
                    Field("not", name, "This does not hold."),
                    .. properties.Select(p => Field(ClrNames.Field(p), Of(p), types.Docs.Of(p))),
                ],
                Create = input => Predicate(input, [.. properties.Select(p => ClrGetters.Of(p))]),
            };
        });
    }

    private static Holds Predicate(InputObject input, Func<object, object?>[] getters)
    {
        List<Holds> all = [];
        if (input[0] is object?[] and)
        {
            all.AddRange(and.Cast<Holds>());
        }
        if (input[1] is object?[] or)
        {
            all.Add(value => or.Any(o => ((Holds)o!)(value)));
        }
        if (input[2] is Holds not)
        {
            all.Add(value => !not(value));
        }
        for (var i = 0; i < getters.Length; i++)
        {
            if (input[i + 3] is Holds holds)
            {
                var get = getters[i];
                all.Add(value => value is not null && holds(get(value)));
            }
        }
        return value => all.TrueForAll(h => h(value));
    }

    private string Of(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (ClrLeaves.ScalarOf(type) is null && !type.IsEnum)
        {
            return FilterOf(type);
        }
        var scalar = property.IsDefined(typeof(IDAttribute)) ? "ID" : types.Input(type);
        var name = scalar + "FilterInput";
        return types.Ensure(name, () => Operations(name, scalar, type));
    }

    private static InputObjectTypeConfig Operations(string name, string scalar, Type type)
    {
        var convert = ClrGetters.Converter(type);
        List<(string Name, string Type, string Description, Func<object?, Holds> Make)> operations =
        [
            ("eq", scalar, "Is equal.", given => convert(given) is var wanted ? value => Equals(value, wanted) : null!),
            ("neq", scalar, "Is not equal.", given => convert(given) is var wanted ? value => !Equals(value, wanted) : null!),
            ("in", $"[{scalar}]", "Is one of these.", given => Set(given, convert) is var set ? value => set.Contains(value ?? DBNull.Value) : null!),
            ("nin", $"[{scalar}]", "Is none of these.", given => Set(given, convert) is var set ? value => !set.Contains(value ?? DBNull.Value) : null!),
        ];
        if (type == typeof(string))
        {
            operations.AddRange(
            [
                ("contains", "String", "Has this within.", given => Text(given, (text, part) => text.Contains(part, StringComparison.Ordinal))),
                ("startsWith", "String", "Begins with this.", given => Text(given, (text, part) => text.StartsWith(part, StringComparison.Ordinal))),
                ("endsWith", "String", "Ends with this.", given => Text(given, (text, part) => text.EndsWith(part, StringComparison.Ordinal))),
            ]);
        }
        else if (type.IsAssignableTo(typeof(IComparable)) && !type.IsEnum && type != typeof(bool))
        {
            operations.AddRange(
            [
                ("gt", scalar, "Is greater.", given => Compared(convert(given), c => c > 0)),
                ("gte", scalar, "Is greater or equal.", given => Compared(convert(given), c => c >= 0)),
                ("lt", scalar, "Is less.", given => Compared(convert(given), c => c < 0)),
                ("lte", scalar, "Is less or equal.", given => Compared(convert(given), c => c <= 0)),
            ]);
        }
        return new InputObjectTypeConfig
        {
            Name = name,
            Description = "Everything that is given must hold.",
            Fields = [.. operations.Select(o => Field(o.Name, o.Type, o.Description))],
            Create = input =>
            {
                Holds[] all = [.. operations.Select((o, i) => input.Has(i) ? o.Make(input[i]) : null).OfType<Holds>()];
                return new Holds(value => Array.TrueForAll(all, h => h(value)));
            },
        };
    }

    private static HashSet<object> Set(object? given, Func<object?, object?> convert) =>
        [.. ((object?[]?)given ?? []).Select(g => convert(g) ?? DBNull.Value)];

    /// <summary>Nothing has null within.</summary>
    private static Holds Text(object? given, Func<string, string, bool> holds) =>
        value => value is string text && given is string part && holds(text, part);

    private static Holds Compared(object? wanted, Func<int, bool> holds) =>
        value => value is IComparable comparable && wanted is not null && holds(comparable.CompareTo(wanted));

    private static InputValueConfig Field(string name, string type, string? description) =>
        new() { Name = name, Type = TypeNode.Parse(type), Description = description };
}
