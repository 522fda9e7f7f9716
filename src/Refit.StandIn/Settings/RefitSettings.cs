namespace Refit;

/// <summary>How a client behaves where an interface does not say. Shared between calls: change nothing once a client is made.</summary>
public class RefitSettings
{
    public RefitSettings()
        : this(new SystemTextJsonContentSerializer())
    {
    }

    public RefitSettings(
        IHttpContentSerializer contentSerializer,
        IUrlParameterFormatter? urlParameterFormatter = null,
        IFormUrlEncodedParameterFormatter? formUrlEncodedParameterFormatter = null,
        IUrlParameterKeyFormatter? urlParameterKeyFormatter = null)
    {
        ContentSerializer = contentSerializer ?? throw new ArgumentNullException(nameof(contentSerializer));
        UrlParameterFormatter = urlParameterFormatter ?? new DefaultUrlParameterFormatter();
        FormUrlEncodedParameterFormatter = formUrlEncodedParameterFormatter ?? new DefaultFormUrlEncodedParameterFormatter();
        UrlParameterKeyFormatter = urlParameterKeyFormatter ?? new DefaultUrlParameterKeyFormatter();
        ExceptionFactory = new DefaultApiExceptionFactory(this).CreateAsync;
        TransportExceptionFactory = (request, thrown, token) => thrown is OperationCanceledException && token.IsCancellationRequested
            ? thrown
            : new ApiRequestException(request, request.Method, this, thrown);
    }

    /// <summary>Asked for the value whenever a request has an Authorization header with a scheme alone. Empty: the header is left out.</summary>
    public Func<HttpRequestMessage, CancellationToken, ValueTask<string>>? AuthorizationHeaderValueGetter { get; set; }

    public Func<HttpMessageHandler>? HttpMessageHandlerFactory { get; set; }

    /// <summary>The exception that an answer means, or null. By default an <see cref="ApiException"/> for every status outside 2xx.</summary>
    public Func<HttpResponseMessage, ValueTask<Exception?>> ExceptionFactory { get; set; }

    /// <summary>The exception that an unreadable answer means, or null for no content at all.</summary>
    public Func<HttpResponseMessage, Exception, ValueTask<Exception?>>? DeserializationExceptionFactory { get; set; }

    /// <summary>The exception that a request without an answer means. By default an <see cref="ApiRequestException"/>; a cancellation stays one.</summary>
    public Func<HttpRequestMessage, Exception, CancellationToken, Exception> TransportExceptionFactory { get; set; }

    public IHttpContentSerializer ContentSerializer { get; set; }

    public IUrlParameterFormatter UrlParameterFormatter { get; set; }

    public IFormUrlEncodedParameterFormatter FormUrlEncodedParameterFormatter { get; set; }

    public IUrlParameterKeyFormatter UrlParameterKeyFormatter { get; set; }

    /// <summary>Whether query objects take the names that the serializer gives their properties.</summary>
    public bool HonorContentSerializerPropertyNamesInQuery { get; set; } = true;

    /// <summary>For collections that do not say themselves.</summary>
    public CollectionFormat CollectionFormat { get; set; } = CollectionFormat.RefitParameterFormatter;

    /// <summary>Whether bodies are written before they are sent, where they do not say themselves.</summary>
    public bool Buffered { get; set; }

    /// <summary>Characters of an answer that an exception keeps; null keeps all.</summary>
    public int? MaxExceptionContentLength { get; set; }

    /// <summary>A last look at an exception, to take secrets out of it.</summary>
    public Action<ApiExceptionBase>? ExceptionRedactor { get; set; }

    /// <summary>Put into the options of every request.</summary>
    public Dictionary<string, object>? HttpRequestMessageOptions { get; init; }

    public Version Version { get; set; } = System.Net.HttpVersion.Version11;

    public HttpVersionPolicy VersionPolicy { get; set; } = HttpVersionPolicy.RequestVersionOrLower;
}
