using Refit;

namespace Spm.Connectors.Salesforce;

/// <summary>Opens connections to Salesforce.</summary>
public sealed class SalesforceConnector : IConnector
{
    public ValueTask<IConnection> OpenAsync(ConnectorContext context, CancellationToken cancellationToken)
    {
        var tokens = RestService.For<ITokenApi>(
            context.Http, new RefitSettings { ExceptionFactory = response => SalesforceFailure.OfTokenAsync(response, context.Clock) });
        // It stands before the host's client, through which every call goes.
        var client = new HttpClient(new SessionHandler(context, tokens, new Quota(context.Config.Whole("quota_percent"))))
        {
            BaseAddress = context.BaseAddress,
            // How long a call may take is the host's to say.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var api = RestService.For<ISalesforceApi>(
            client, new RefitSettings { ExceptionFactory = response => SalesforceFailure.OfAsync(response, context.Clock) });
        return ValueTask.FromResult<IConnection>(new SalesforceConnection(api, context, client));
    }
}
