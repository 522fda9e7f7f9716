using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Spm.Connectors;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Connections;

/// <param name="Streams">How many streams will be read sooner: none for what is not understood, and for a delivery that came before.</param>
public sealed record WebhookReceiptView(int Streams);

/// <summary>The door for vendors. They bring no credential of ours but a signature over the bytes of the body.</summary>
public sealed class WebhookEndpoints(WebhookCommands commands, ConnectorSettings settings) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/connections/{id}/webhook", ReceiveAsync)
        .SignedOperation("receiveWebhook", "Connections", "Takes a delivery of the connection's vendor, verified by its signature, as a hint at what to read.", ErrorCodes.NotFound, ErrorCodes.SignatureInvalid, ErrorCodes.BodyMalformed, ErrorCodes.PayloadTooLarge)
        // What is signed are bytes: some vendors send forms, or do not say what they send.
        .Accepts<object>("application/json", "*/*").Answers<WebhookReceiptView>();

    private async Task<IResult> ReceiveAsync(string id, HttpContext http)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await http.Request.Body.ReadAsync(chunk, http.RequestAborted)) > 0;)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > WebhookRequest.MaxBody)
            {
                return Answer.Problem(new Error(ErrorCodes.PayloadTooLarge, $"A delivery has at most {WebhookRequest.MaxBody} bytes."));
            }
        }
        var headers = http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var request = new WebhookRequest(http.Request.Method, Called(http.Request), headers, buffer.ToArray());
        return Answer.Of(await commands.ReceiveAsync(SignedCaller.Connection(http), request), streams => new WebhookReceiptView(streams));
    }

    /// <summary>Some vendors sign the address that they call: behind a proxy it is another one than arrives here.</summary>
    private Uri Called(HttpRequest request) => settings.PublicAddress is { } address ? new Uri(address, $"{request.Path}{request.QueryString}".TrimStart('/')) : new Uri(request.GetEncodedUrl());
}
