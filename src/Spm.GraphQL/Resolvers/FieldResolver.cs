using Spm.GraphQL.Json;
using Spm.GraphQL.Types.Introspection;

namespace Spm.GraphQL.Resolvers;

/// <summary>Computes a field at once. What it throws becomes an error of the field.</summary>
public delegate object? Resolve(ResolveContext context);

/// <summary>Computes a field in its time. Where it is done at once, nothing waits.</summary>
public delegate ValueTask<object?> ResolveAsync(ResolveContext context);

/// <summary>Begins the events of a field of the subscription root.</summary>
public delegate ValueTask<IAsyncEnumerable<object?>> Subscribe(ResolveContext context);

/// <summary>Writes the leaf that a field is, straight from the object it is a field of.</summary>
/// <returns>False when the value is null; then nothing was written.</returns>
public delegate bool WriteLeaf(JsonBuffer output, object source);

/// <summary>Computes the items of a list that is a struct, which is not boxed so.</summary>
internal delegate ReadOnlySpan<object?> ResolveItems(ResolveContext context);

/// <summary>How a field of a schema is computed: the value of <see cref="Types.FieldDefinition.Resolver"/>. Immutable.</summary>
public sealed class FieldResolver
{
    // What a program never asks for is never compiled: a schema has thousands of fields, and a host is to answer soon.
    private readonly Func<Resolve>? _compileSync;
    private readonly Func<ResolveAsync>? _compileAsync;
    private readonly Func<WriteLeaf?>? _compileLeaf;
    private readonly Func<ResolveItems>? _compileItems;
    private readonly Func<Subscribe>? _compileStream;

    private FieldResolver(
        Func<Resolve>? sync = null, Func<ResolveAsync>? async = null, Func<WriteLeaf?>? leaf = null, Func<ResolveItems>? items = null, Func<Subscribe>? stream = null) =>
        (_compileSync, _compileAsync, _compileLeaf, _compileItems, _compileStream) = (sync, async, leaf, items, stream);

    /// <summary>
    /// Takes the field from its object by name, where that is a dictionary; of an event it is the event itself.
    /// </summary>
    public static FieldResolver Default { get; } = Of(context => context.Source switch
    {
        IReadOnlyDictionary<string, object?> fields => fields.GetValueOrDefault(context.Field.Name.Value),
        null => null,
        var other => throw new GraphQLException(
            new GraphQLError($"Field \"{context.ParentType}.{context.Field}\" has no resolver for a {other.GetType().Name}.")),
    });

    internal bool IsSync => _compileSync is not null;

    /// <summary>Null when the field is computed in its time.</summary>
    internal Resolve? Sync => field ??= _compileSync?.Invoke();

    /// <summary>Null when the field is computed at once.</summary>
    internal ResolveAsync? Async => field ??= _compileAsync?.Invoke();

    /// <summary>Null unless the field is a leaf that needs its object alone.</summary>
    internal WriteLeaf? Leaf => field ??= _compileLeaf?.Invoke();

    /// <summary>Null unless the field is a list that is a struct, computed at once.</summary>
    internal ResolveItems? Items => field ??= _compileItems?.Invoke();

    /// <summary>Null unless it is a field of the subscription root.</summary>
    internal Subscribe? Stream => field ??= _compileStream?.Invoke();

    public static FieldResolver Of(Resolve resolve) => new(sync: () => resolve);

    public static FieldResolver OfAsync(ResolveAsync resolve) => new(async: () => resolve);

    internal static FieldResolver Of(IntrospectionResolver resolve) => Of(context => resolve(context.Source!, context.Schema, context.Arguments));

    /// <summary>The same, made when the field is asked for the first time; of two threads both may make it.</summary>
    internal static FieldResolver Later(Func<Resolve> resolve, Func<WriteLeaf?>? write = null) => new(sync: resolve, leaf: write);

    /// <param name="items">The same items, where they need not become an object.</param>
    internal static FieldResolver LaterItems(Func<Resolve> resolve, Func<ResolveItems> items) => new(sync: resolve, items: items);

    internal static FieldResolver LaterAsync(Func<ResolveAsync> resolve) => new(async: resolve);

    internal static FieldResolver LaterStream(Func<Subscribe> subscribe) => new(stream: subscribe, sync: () => context => context.Source);
}
