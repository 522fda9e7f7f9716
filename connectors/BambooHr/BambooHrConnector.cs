using System.Text;
using Refit;

namespace Spm.Connectors.BambooHr;

/// <summary>Opens connections to BambooHR.</summary>
public sealed class BambooHrConnector : IConnector
{
    public ValueTask<IConnection> OpenAsync(ConnectorContext context, CancellationToken cancellationToken)
    {
        var settings = new RefitSettings
        {
            // The key is the user; BambooHR does not look at the password.
            AuthorizationHeaderValueGetter = (_, _) => ValueTask.FromResult(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{context.Secrets.Get("api_key")}:x"))),
            ExceptionFactory = response => HttpFailure.OfAsync(response, context.Clock),
        };
        return ValueTask.FromResult<IConnection>(new BambooHrConnection(RestService.For<IBambooHrApi>(context.Http, settings), context));
    }
}
