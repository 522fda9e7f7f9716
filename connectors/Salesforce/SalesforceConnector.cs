using Refit;

namespace Spm.Connectors.Salesforce;

/// <summary>Opens connections to Salesforce.</summary>
public sealed class SalesforceConnector : IConnector
{
    public ValueTask<IConnection> OpenAsync(ConnectorContext context, CancellationToken cancellationToken)
    {
        var tokens = RestService.For<ITokenApi>(
            context.Http, new RefitSettings { ExceptionFactory = response => SalesforceFailure.OfTokenAsync(response, context.Clock) });
        var sessions = new SessionHandler(context, new SessionOpener(context, tokens).OpenAsync) { IsOver = SalesforceFailure.IsSessionOverAsync };
        var client = SessionHandler.Client(context, new Quota(context.Config.Whole("quota_percent")) { InnerHandler = sessions });
        var api = RestService.For<ISalesforceApi>(
            client, new RefitSettings { ExceptionFactory = response => SalesforceFailure.OfAsync(response, context.Clock) });
        return ValueTask.FromResult<IConnection>(new SalesforceConnection(api, context, client));
    }
}
