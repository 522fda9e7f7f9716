using Refit;

namespace Spm.Connectors.HubSpot;

/// <summary>Opens connections to HubSpot.</summary>
public sealed class HubSpotConnector : IConnector
{
    public ValueTask<IConnection> OpenAsync(ConnectorContext context, CancellationToken cancellationToken)
    {
        var settings = new RefitSettings
        {
            AuthorizationHeaderValueGetter = (_, _) => ValueTask.FromResult(context.Secrets.Get("access_token")),
            ExceptionFactory = response => HttpFailure.OfAsync(response, context.Clock),
        };
        return ValueTask.FromResult<IConnection>(new HubSpotConnection(RestService.For<IHubSpotApi>(context.Http, settings), context));
    }
}
