namespace Refit;

/// <summary>Says that a method is a request. The path begins with a slash, and is added to the path of the client's base address.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class HttpMethodAttribute(string path) : Attribute
{
    public abstract HttpMethod Method { get; }

    public virtual string Path { get; protected set; } = path;
}

/// <summary>A GET request.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GetAttribute(string path) : HttpMethodAttribute(path)
{
    public override HttpMethod Method => HttpMethod.Get;
}

/// <summary>A POST request.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostAttribute(string path) : HttpMethodAttribute(path)
{
    public override HttpMethod Method => HttpMethod.Post;
}

/// <summary>A PUT request.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PutAttribute(string path) : HttpMethodAttribute(path)
{
    public override HttpMethod Method => HttpMethod.Put;
}

/// <summary>A PATCH request.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PatchAttribute(string path) : HttpMethodAttribute(path)
{
    public override HttpMethod Method => HttpMethod.Patch;
}

/// <summary>A DELETE request.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DeleteAttribute(string path) : HttpMethodAttribute(path)
{
    public override HttpMethod Method => HttpMethod.Delete;
}

/// <summary>A HEAD request.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HeadAttribute(string path) : HttpMethodAttribute(path)
{
    public override HttpMethod Method => HttpMethod.Head;
}

/// <summary>An OPTIONS request.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OptionsAttribute(string path) : HttpMethodAttribute(path)
{
    public override HttpMethod Method => HttpMethod.Options;
}
