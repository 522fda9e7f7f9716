using System.Reflection;
using Spm.GraphQL.Language;
using Spm.GraphQL.Resolvers;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Authoring.Connections;

/// <summary>Fields that give pages, as the specification of cursor connections has them.</summary>
internal sealed class ConnectionFields(ClrSchemaTypes types)
{
    /// <summary>The type of the items of a <see cref="Page{T}"/>; null of what is none.</summary>
    public static Type? ItemOfPage(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Page<>) ? type.GetGenericArguments()[0] : null;

    /// <summary>The page that the arguments of a field ask for.</summary>
    public static PageArguments PageOf(ResolveContext context)
    {
        var arguments = context.Arguments;
        var bounds = (Bounds)context.Field.Metadata[nameof(Bounds)]!;
        var (first, last) = ((int?)arguments.GetValueOrDefault("first"), (int?)arguments.GetValueOrDefault("last"));
        if (first is < 0 || last is < 0)
        {
            throw Refused("`first` and `last` are not negative.");
        }
        if (first > bounds.MaxSize || last > bounds.MaxSize)
        {
            throw Refused($"A page of `{context.Field}` has at most {bounds.MaxSize} items.");
        }
        return new PageArguments(
            first ?? (last is null ? bounds.DefaultSize : null),
            (string?)arguments.GetValueOrDefault("after"), last, (string?)arguments.GetValueOrDefault("before"));
    }

    public FieldConfig Paged(FieldConfig field, Type item, UseConnectionAttribute options)
    {
        var read = (Func<object, PageArguments, PageValue>)typeof(ConnectionFields)
            .GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(item)
            .CreateDelegate(typeof(Func<object, PageArguments, PageValue>));
        var connection = Connection(types.Output(item), IsNullable(field.Type));
        return field with
        {
            Type = TypeNode.Parse(connection + "!"),
            Arguments =
            [
                Argument("first", "Int", "Items from the beginning, or behind `after`."),
                Argument("after", "String", "The cursor behind which the page begins."),
                Argument("last", "Int", "Items from the end, or before `before`."),
                Argument("before", "String", "The cursor before which the page ends."),
                .. field.Arguments,
            ],
            Metadata = field.Metadata.ToImmutableDictionary().Add(nameof(Bounds), new Bounds(options.DefaultSize, options.MaxSize)),
            Cost = (field.Cost ?? new FieldCost()) with
            {
                AssumedSize = options.DefaultSize,
                SlicingArguments = ["first", "last"],
                SizedFields = ["edges", "nodes"],
            },
            Resolver = ClrResolvers.Then(
                Shifted((FieldResolver)field.Resolver!, 4), (context, items) => items is null ? null : read(items, PageOf(context))),
        };
    }

    /// <summary>The arguments of the method stand behind those of the connection.</summary>
    private static FieldResolver Shifted(FieldResolver resolver, int by) =>
        resolver.IsSync
            ? FieldResolver.Of(context => resolver.Sync!(context.Shifted(by)))
            : FieldResolver.OfAsync(context => resolver.Async!(context.Shifted(by)));

    private static bool IsNullable(TypeNode list) =>
        ((list as NonNullTypeNode)?.Type ?? list) is ListTypeNode { Type: not NonNullTypeNode };

    private static PageValue Read<T>(object value, PageArguments arguments)
    {
        var page = value as Page<T> ?? Page<T>.Of((IEnumerable<T>)value, arguments);
        return new PageValue(
            [.. page.Items.Zip(page.Cursors, (item, cursor) => new Edge(item, cursor))], page.HasNext, page.HasPrevious, page.TotalCount, page.Count);
    }

    private static async ValueTask<object?> TotalAsync(ResolveContext context)
    {
        var page = (PageValue)context.Source!;
        return page.TotalCount is null && page.Count is { } count ? await count(context.CancellationToken).ConfigureAwait(false) : page.TotalCount;
    }

    private static GraphQLException Refused(string error) => new(new GraphQLError(error) { Extensions = Execution.Codes.BadInput });

    private static InputValueConfig Argument(string name, string type, string description) =>
        new() { Name = name, Type = TypeNode.Parse(type), Description = description };

    private static FieldConfig Field<T>(string name, string type, string description, Func<T, object?> resolve) => new()
    {
        Name = name,
        Type = TypeNode.Parse(type),
        Description = description,
        Resolver = FieldResolver.Of(context => resolve((T)context.Source!)),
    };

    private string Connection(string item, bool nullable)
    {
        var bang = nullable ? "" : "!";
        types.Ensure("PageInfo", () => new ObjectTypeConfig
        {
            Name = "PageInfo",
            Description = "Where a page is in its list.",
            Fields =
            [
                Field<PageValue>("hasNextPage", "Boolean!", "Whether there are items behind the page.", p => p.HasNext),
                Field<PageValue>("hasPreviousPage", "Boolean!", "Whether there are items before the page.", p => p.HasPrevious),
                Field<PageValue>("startCursor", "String", "The cursor of the first item; null of an empty page.", p => p.Edges.FirstOrDefault()?.Cursor),
                Field<PageValue>("endCursor", "String", "The cursor of the last item; null of an empty page.", p => p.Edges.LastOrDefault()?.Cursor),
            ],
        });
        types.Ensure(item + "Edge", () => new ObjectTypeConfig
        {
            Name = item + "Edge",
            Description = "An item and its place.",
            Fields =
            [
                Field<Edge>("node", item + bang, "The item.", e => e.Node),
                Field<Edge>("cursor", "String!", "Finds the place again.", e => e.Cursor),
            ],
        });
        return types.Ensure(item + "Connection", () => new ObjectTypeConfig
        {
            Name = item + "Connection",
            Description = "A page of a list.",
            Fields =
            [
                Field<PageValue>("edges", $"[{item}Edge!]!", "The items with their places.", p => p.Edges),
                Field<PageValue>("nodes", $"[{item}{bang}]!", "The items.", p => Array.ConvertAll(p.Edges, e => e.Node)),
                Field<PageValue>("pageInfo", "PageInfo!", "Where the page is.", p => p),
                new FieldConfig
                {
                    Name = "totalCount",
                    Type = TypeNode.Parse("Int"),
                    Description = "Items of all pages, counted when it is asked for; null when nobody can.",
                    Resolver = FieldResolver.OfAsync(TotalAsync),
                },
            ],
        });
    }

    private sealed record Bounds(int DefaultSize, int MaxSize);

    private sealed record Edge(object? Node, string Cursor);

    private sealed record PageValue(Edge[] Edges, bool HasNext, bool HasPrevious, int? TotalCount, Func<CancellationToken, ValueTask<int>>? Count);
}
