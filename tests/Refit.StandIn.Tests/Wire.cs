using System.Net;
using System.Text;

namespace Refit.StandIn.Tests;

/// <summary>Remembers what was sent and answers what it is told.</summary>
internal sealed class Wire : HttpMessageHandler
{
    public const string Base = "https://api.example/base/";

    public HttpRequestMessage Request { get; private set; } = null!;

    public string? Body { get; private set; }

    public string? ContentType { get; private set; }

    public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

    public string Answer { get; init; } = "\"fine\"";

    public string AnswerType { get; init; } = "application/json";

    public Encoding Charset { get; init; } = Encoding.UTF8;

    public TimeSpan Delay { get; init; }

    public Exception? Broken { get; init; }

    public string Query => Request.RequestUri!.Query;

    /// <summary>Path and query as they go over the wire.</summary>
    public string Target => Request.RequestUri!.PathAndQuery;

    public T Client<T>(RefitSettings? settings = null) =>
        RestService.For<T>(new HttpClient(this) { BaseAddress = new Uri(Base) }, settings ?? new RefitSettings());

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Request = request;
        Body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        ContentType = request.Content?.Headers.ContentType?.ToString();
        await Task.Delay(Delay, cancellationToken);
        return Broken is null
            ? new HttpResponseMessage(Status) { RequestMessage = request, Content = new StringContent(Answer, Charset, AnswerType) }
            : throw Broken;
    }
}
