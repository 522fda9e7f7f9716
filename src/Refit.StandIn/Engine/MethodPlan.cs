using System.Reflection;

namespace Refit;

/// <summary>A method, read: all that a call needs and that does not change between calls.</summary>
internal sealed record MethodPlan
{
    public required Type Interface { get; init; }

    public required string Name { get; init; }

    public required HttpMethod Method { get; init; }

    public required PathTemplate Path { get; init; }

    /// <summary>By name without case. Null takes the header away.</summary>
    public required IReadOnlyDictionary<string, string?> Headers { get; init; }

    public required IReadOnlyList<ParameterPlan> Parameters { get; init; }

    public required ResultReader Result { get; init; }

    /// <summary>Null: not multipart.</summary>
    public string? Boundary { get; init; }

    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether a request without a body gets an empty one, so that headers of contents have a place.</summary>
    public bool HasContent => Method != HttpMethod.Get && Method != HttpMethod.Head;
}

/// <summary>What a parameter is for. One may be for two things: a property is often a header too.</summary>
[Flags]
internal enum Roles
{
    None = 0,
    Path = 1,
    Query = 2,
    Body = 4,
    Header = 8,
    Headers = 16,
    Authorization = 32,
    Option = 64,
    Part = 128,
    Cancellation = 256,
}

/// <summary>A parameter, read.</summary>
internal sealed record ParameterPlan
{
    public required ParameterInfo Info { get; init; }

    /// <summary>Its name on the wire.</summary>
    public required string Name { get; init; }

    public required Roles Roles { get; init; }

    public QueryAttribute? Query { get; init; }

    public BodyAttribute? Body { get; init; }

    /// <summary>Name of the header, scheme of the authorization or key of the option.</summary>
    public string? Header { get; init; }

    public string? Scheme { get; init; }

    public string? Option { get; init; }

    /// <summary>Properties that stand in the path and therefore not in the query.</summary>
    public IReadOnlySet<string> InPath { get; init; } = new HashSet<string>();

    /// <summary>Writes a body by its declared type; the type is closed over once.</summary>
    public Func<IHttpContentSerializer, object?, HttpContent>? Serialize { get; init; }
}
