using System.Net.Http.Headers;

namespace Refit;

/// <summary>A part of a multipart request with its file name, media type and name.</summary>
public abstract class MultipartItem(string fileName, string? contentType, string? name)
{
    protected MultipartItem(string fileName, string? contentType)
        : this(fileName, contentType, null)
    {
    }

    public string? Name { get; } = name;

    public string? ContentType { get; } = contentType;

    public string FileName { get; } = fileName ?? throw new ArgumentNullException(nameof(fileName));

    public HttpContent ToContent()
    {
        var content = CreateContent();
        if (!string.IsNullOrEmpty(ContentType))
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        }
        return content;
    }

    protected abstract HttpContent CreateContent();
}

/// <summary>A part from a stream.</summary>
public class StreamPart(Stream value, string fileName, string? contentType = null, string? name = null)
    : MultipartItem(fileName, contentType, name)
{
    public Stream Value { get; } = value ?? throw new ArgumentNullException(nameof(value));

    protected override HttpContent CreateContent() => new StreamContent(Value);
}

/// <summary>A part from bytes.</summary>
public class ByteArrayPart(byte[] value, string fileName, string? contentType = null, string? name = null)
    : MultipartItem(fileName, contentType, name)
{
    public byte[] Value { get; } = value ?? throw new ArgumentNullException(nameof(value));

    protected override HttpContent CreateContent() => new ByteArrayContent(Value);
}

/// <summary>A part from a file.</summary>
public class FileInfoPart(FileInfo value, string fileName, string? contentType = null, string? name = null)
    : MultipartItem(fileName, contentType, name)
{
    public FileInfo Value { get; } = value ?? throw new ArgumentNullException(nameof(value));

    protected override HttpContent CreateContent() => new StreamContent(Value.OpenRead());
}
