using Spm.GraphQL.Language;

namespace Spm.GraphQL;

/// <summary>A place in a document. Both numbers count from one; a column is a UTF-16 code unit, as in graphql-js.</summary>
public readonly record struct SourceLocation(int Line, int Column);

/// <summary>
/// An error of a response: what went wrong, where in the document, and where in the data. Immutable.
/// </summary>
public sealed record GraphQLError(string Message)
{
    /// <summary>Places in the document that took part, in the order a reader should look at them. Empty when the error has no place.</summary>
    public ImmutableArray<SourceLocation> Locations { get; init; } = [];

    /// <summary>The field of the response: names of response keys as strings, indexes of lists as ints. Null before execution.</summary>
    public IReadOnlyList<object>? Path { get; init; }

    /// <summary>What a server adds, such as <c>code</c>. Null when there is nothing.</summary>
    public IReadOnlyDictionary<string, object?>? Extensions { get; init; }

    /// <summary>What was thrown, for logs; never sent.</summary>
    public Exception? Exception { get; init; }

    /// <summary>An error at these nodes. Nodes that are null, or were not read from a source, have no place.</summary>
    public static GraphQLError At(string message, params ReadOnlySpan<SyntaxNode?> nodes)
    {
        var locations = ImmutableArray.CreateBuilder<SourceLocation>(nodes.Length);
        foreach (var node in nodes)
        {
            if (node is { Span.IsNone: false })
            {
                locations.Add(node.Span.Location);
            }
        }
        return new GraphQLError(message) { Locations = locations.DrainToImmutable() };
    }

    /// <summary>An error that is not longer than what it is about: quotations and places are cut.</summary>
    internal GraphQLError Bounded() =>
        Message.Length <= Limits.Message && Locations.Length <= Limits.Locations ? this : this with
        {
            Message = Message.Length > Limits.Message ? Message[..Limits.Message] + "..." : Message,
            Locations = Locations.Length > Limits.Locations ? Locations[..Limits.Locations] : Locations,
        };

    public override string ToString() =>
        Locations.IsEmpty ? Message : $"{Message} ({string.Join(", ", Locations.Select(l => $"{l.Line}:{l.Column}"))})";
}

/// <summary>A document, schema or value was refused for the reasons in <see cref="Errors"/>.</summary>
public sealed class GraphQLException : Exception
{
    public GraphQLException(GraphQLError error)
        : base(error.Message, error.Exception)
    {
        Errors = [error];
    }

    /// <param name="errors">At least one.</param>
    public GraphQLException(IReadOnlyList<GraphQLError> errors)
        : base(string.Join("\n\n", errors.Select(e => e.Message)))
    {
        Errors = [.. errors];
    }

    public ImmutableArray<GraphQLError> Errors { get; }

    public GraphQLError Error => Errors[0];
}
