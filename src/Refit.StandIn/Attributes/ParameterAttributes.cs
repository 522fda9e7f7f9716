namespace Refit;

/// <summary>The name on the wire, in a path, a query, a form or a part.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class AliasAsAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>A header whose value is the argument. A null argument takes the header away.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HeaderAttribute(string header) : Attribute
{
    public string Header { get; } = header;
}

/// <summary>Headers from a dictionary of texts. At most one parameter.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HeaderCollectionAttribute : Attribute;

/// <summary>The Authorization header: the scheme and the argument.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class AuthorizeAttribute(string scheme = "Bearer") : Attribute
{
    public string Scheme { get; } = scheme;
}

/// <summary>The argument goes into the request's options, for handlers; by the parameter's name if there is no key.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class PropertyAttribute : Attribute
{
    public PropertyAttribute()
    {
    }

    public PropertyAttribute(string key) => Key = key;

    public string? Key { get; }
}

/// <summary>The argument is the body.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class BodyAttribute : Attribute
{
    public BodyAttribute()
    {
    }

    public BodyAttribute(BodySerializationMethod serializationMethod) => SerializationMethod = serializationMethod;

    public BodyAttribute(bool buffered) => Buffered = buffered;

    public BodyAttribute(BodySerializationMethod serializationMethod, bool buffered)
    {
        SerializationMethod = serializationMethod;
        Buffered = buffered;
    }

    /// <summary>Whether the body is written before it is sent, so that its length is known.</summary>
    public bool? Buffered { get; }

    public BodySerializationMethod SerializationMethod { get; }
}

/// <summary>How a body is written.</summary>
public enum BodySerializationMethod
{
    /// <summary>Texts, streams and contents as they are, everything else by the serializer.</summary>
    Default = 0,

    /// <summary>application/x-www-form-urlencoded.</summary>
    UrlEncoded = 2,

    /// <summary>By the serializer, texts too.</summary>
    Serialized = 3,

    /// <summary>One JSON value a line.</summary>
    JsonLines = 4,
}
