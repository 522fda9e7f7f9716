using Refit;
using Spm.Connectors;

namespace Acme;

/// <summary>Opens connections. It calls nobody: that is what a check is for.</summary>
public sealed class AcmeConnector : IConnector
{
    public ValueTask<IConnection> OpenAsync(ConnectorContext context, CancellationToken cancellationToken)
    {
        var settings = new RefitSettings
        {
            AuthorizationHeaderValueGetter = (_, _) => ValueTask.FromResult(context.Secrets.Get("token")),
            ExceptionFactory = response => HttpFailure.OfAsync(response, context.Clock),
        };
        return ValueTask.FromResult<IConnection>(new AcmeConnection(RestService.For<IAcmeApi>(context.Http, settings)));
    }
}
