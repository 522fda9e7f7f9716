using Refit;

namespace Spm.Connectors.Stripe;

/// <summary>Opens connections to Stripe.</summary>
public sealed class StripeConnector : IConnector
{
    public ValueTask<IConnection> OpenAsync(ConnectorContext context, CancellationToken cancellationToken)
    {
        var settings = new RefitSettings
        {
            AuthorizationHeaderValueGetter = (_, _) => ValueTask.FromResult(context.Secrets.Get("api_key")),
            ExceptionFactory = response => HttpFailure.OfAsync(response, context.Clock),
        };
        return ValueTask.FromResult<IConnection>(new StripeConnection(RestService.For<IStripeApi>(context.Http, settings), context));
    }
}
