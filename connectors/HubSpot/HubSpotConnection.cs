using System.Runtime.CompilerServices;

namespace Spm.Connectors.HubSpot;

/// <summary>A HubSpot account.</summary>
internal sealed class HubSpotConnection(IHubSpotApi api, ConnectorContext context) : IConnection, ISource, IWebhookReceiver
{
    /// <summary>The most that owners have on a page.</summary>
    private const int OwnersAPage = 500;

    private readonly Mapping _mapping = Mapping.For(context.Config);

    public async Task<CheckedAccount> CheckAsync(CancellationToken cancellationToken)
    {
        var account = await api.Account(cancellationToken);
        return new CheckedAccount($"{account.PortalId}", $"Portal {account.PortalId}");
    }

    public async Task<IReadOnlyList<DiscoveredStream>> DiscoverAsync(CancellationToken cancellationToken)
    {
        List<DiscoveredStream> streams = [];
        foreach (var type in (string[])["deals", "line_items"])
        {
            var properties = await api.Properties(type, cancellationToken);
            streams.Add(new DiscoveredStream(
                type, [.. properties.Results.Select(p => new DiscoveredField(p.Name, p.Type, p.Label, Custom: !p.HubspotDefined))]));
        }
        streams.Add(new DiscoveredStream("owners", [new("id", "string"), new("email", "string"), new("firstName", "string"), new("lastName", "string")]));
        streams.Add(new DiscoveredStream("pipelines", [new("id", "string"), new("label", "string")]));
        return streams;
    }

    public IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, CancellationToken cancellationToken) => request.Stream switch
    {
        "deals" => Objects("deals", _mapping.Deal, request, cancellationToken),
        "line_items" => Objects("line_items", _mapping.LineItem, request, cancellationToken),
        "owners" => OwnersAsync(cancellationToken),
        "pipelines" => PipelinesAsync(cancellationToken),
        _ => throw new ConnectorException(ErrorKind.Config, $"HubSpot has no stream '{request.Stream}'."),
    };

    public IReadOnlyList<WebhookHint> Receive(WebhookRequest request) => Webhooks.Read(request.Body);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IAsyncEnumerable<SourceMessage> Objects(
        string type, Func<HubSpotObject, string?, SourceMessage> map, ReadRequest request, CancellationToken cancellationToken) =>
        new ObjectReader(api, type, _mapping.Properties, map).ReadAsync(request.From?.Read<Position>() ?? new Position(), cancellationToken);

    /// <summary>Also those who left: deals still name them.</summary>
    private async IAsyncEnumerable<SourceMessage> OwnersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var archived in (string[])["false", "true"])
        {
            string? after = null;
            do
            {
                var page = await api.Owners(OwnersAPage, archived, after, cancellationToken);
                foreach (var owner in page.Results)
                {
                    yield return Mapping.Person(owner);
                }
                after = page.Paging?.Next?.After;
            }
            while (after is not null);
        }
    }

    private async IAsyncEnumerable<SourceMessage> PipelinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var pipeline in (await api.Pipelines(cancellationToken)).Results)
        {
            yield return SourceRecord.Of(pipeline.Id, pipeline.UpdatedAt, new Reference { Label = pipeline.Label });
            foreach (var stage in pipeline.Stages)
            {
                // Ids of stages are unique within their pipeline alone.
                yield return SourceRecord.Of(
                    $"{pipeline.Id}/{stage.Id}", stage.UpdatedAt, new Reference { Label = stage.Label, Parent = pipeline.Id });
            }
        }
    }
}
