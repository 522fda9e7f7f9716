using System.Runtime.CompilerServices;
using System.Text.Json;
using Spm.Connectors;

namespace Acme;

/// <summary>One account at the vendor.</summary>
internal sealed class AcmeConnection(IAcmeApi api) : IConnection, ISource, IWebhookReceiver
{
    private const int PageSize = 100;

    /// <summary>The last change that was read.</summary>
    private sealed record Position(long Sequence);

    public async Task<CheckedAccount> CheckAsync(CancellationToken cancellationToken)
    {
        await api.Deals(0, 1, cancellationToken);
        return new CheckedAccount("account", "The account");
    }

    public Task<IReadOnlyList<DiscoveredStream>> DiscoverAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DiscoveredStream>>(
        [new DiscoveredStream("deals", [.. ((string[])["id", "name", "amount", "currency", "status", "closed_on", "owner"]).Select(f => new DiscoveredField(f, "text"))])]);

    public async IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = request.From?.Read<Position>().Sequence ?? 0;
        for (var more = true; more;)
        {
            var page = await api.Deals(after, PageSize, cancellationToken);
            foreach (var deal in page.Deals)
            {
                yield return Mapping.Message(deal);
                after = deal.Sequence;
            }
            // Covers exactly the records before it: never give one before they are given.
            yield return Checkpoint.Of(new Position(after));
            more = page.More;
        }
    }

    /// <summary>The signature has been verified. What is not understood is no hint.</summary>
    public IReadOnlyList<WebhookHint> Receive(WebhookRequest request)
    {
        try
        {
            using var body = JsonDocument.Parse(request.Body);
            return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("deal", out var deal) && deal.ValueKind == JsonValueKind.String
                ? [new WebhookHint("deals", deal.GetString(), body.RootElement.TryGetProperty("event", out var id) ? id.ToString() : null)]
                : [];
        }
        catch (JsonException e)
        {
            throw new ConnectorException(ErrorKind.DataInvalid, "The delivery is not JSON.", e);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
