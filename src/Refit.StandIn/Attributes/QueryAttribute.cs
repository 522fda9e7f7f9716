namespace Refit;

/// <summary>
/// How an argument becomes a part of the query. Objects and dictionaries give one parameter a property; <see cref="Delimiter"/> stands
/// between the names of nested ones, and between <see cref="Prefix"/> and the name.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class QueryAttribute : Attribute
{
    private CollectionFormat? _collectionFormat;

    public QueryAttribute()
    {
    }

    public QueryAttribute(string delimiter) => Delimiter = delimiter;

    public QueryAttribute(string delimiter, string prefix)
        : this(delimiter) => Prefix = prefix;

    public QueryAttribute(string delimiter, string prefix, string format)
        : this(delimiter, prefix) => Format = format;

    public QueryAttribute(CollectionFormat collectionFormat) => CollectionFormat = collectionFormat;

    public string Delimiter { get; } = ".";

    public string? Prefix { get; }

    /// <summary>A format of the value's type, for the invariant culture.</summary>
    public string? Format { get; set; }

    /// <summary>An object is written with its ToString instead of by property.</summary>
    public bool TreatAsString { get; set; }

    /// <summary>A property that is null is sent empty instead of not at all.</summary>
    public bool SerializeNull { get; set; }

    public CollectionFormat CollectionFormat
    {
        get => _collectionFormat.GetValueOrDefault();
        set => _collectionFormat = value;
    }

    public bool IsCollectionFormatSpecified => _collectionFormat.HasValue;
}

/// <summary>How the values of a collection stand in a query or form.</summary>
public enum CollectionFormat
{
    /// <summary>Joined with commas.</summary>
    RefitParameterFormatter = 0,

    /// <summary>Joined with commas.</summary>
    Csv = 1,

    /// <summary>Joined with spaces.</summary>
    Ssv = 2,

    /// <summary>Joined with tabs.</summary>
    Tsv = 3,

    /// <summary>Joined with bars.</summary>
    Pipes = 4,

    /// <summary>One parameter a value.</summary>
    Multi = 5,
}
