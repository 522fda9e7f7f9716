using System.Text.Json;
using System.Text.Json.Serialization;
using Refit;

namespace Spm.Connectors.Adp;

/// <summary>Opens connections to ADP Workforce Now.</summary>
public sealed class AdpConnector : IConnector
{
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public ValueTask<IConnection> OpenAsync(ConnectorContext context, CancellationToken cancellationToken)
    {
        var client = SessionHandler.Client(context, new SessionHandler(context, new SessionOpener(context).OpenAsync));
        // Answers come as they are: a refusal of a batch says which lines it is about.
        var settings = new RefitSettings(new SystemTextJsonContentSerializer(Json));
        return ValueTask.FromResult<IConnection>(new AdpConnection(RestService.For<IAdpApi>(client, settings), context, client));
    }
}
