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

/// <summary>How a field of a schema is computed: the value of <see cref="Types.FieldDefinition.Resolver"/>. Immutable.</summary>
public sealed class FieldResolver
{
    private FieldResolver()
    {
    }

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

    /// <summary>Null when the field is computed in its time.</summary>
    internal Resolve? Sync { get; private init; }

    /// <summary>Null when the field is computed at once.</summary>
    internal ResolveAsync? Async { get; private init; }

    /// <summary>Null unless the field is a leaf that needs its object alone.</summary>
    internal WriteLeaf? Leaf { get; private init; }

    /// <summary>Null unless it is a field of the subscription root.</summary>
    internal Subscribe? Stream { get; private init; }

    public static FieldResolver Of(Resolve resolve) => new() { Sync = resolve };

    public static FieldResolver OfAsync(ResolveAsync resolve) => new() { Async = resolve };

    /// <param name="resolve">Says the same for whoever needs the value rather than its JSON.</param>
    /// <param name="write">Writes what the field's type allows.</param>
    public static FieldResolver OfLeaf(Resolve resolve, WriteLeaf write) => new() { Sync = resolve, Leaf = write };

    /// <param name="subscribe">Begins the events.</param>
    /// <param name="resolve">Makes the field's value of an event, which is the source; null when the event is the value.</param>
    public static FieldResolver OfStream(Subscribe subscribe, Resolve? resolve = null) =>
        new() { Stream = subscribe, Sync = resolve ?? (context => context.Source) };

    internal static FieldResolver Of(IntrospectionResolver resolve) =>
        new() { Sync = context => resolve(context.Source!, context.Schema, context.Arguments) };
}
