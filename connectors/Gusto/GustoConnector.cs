using System.Text.Json;
using System.Text.Json.Serialization;
using Refit;

namespace Spm.Connectors.Gusto;

/// <summary>Opens connections to Gusto.</summary>
public sealed class GustoConnector : IConnector
{
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public ValueTask<IConnection> OpenAsync(ConnectorContext context, CancellationToken cancellationToken)
    {
        if (context.Config.Flag("submit") && context.Config.TextOrNull("payroll") == "regular")
        {
            throw new ConnectorException(ErrorKind.Config, "A regular payroll pays everybody's wages: only payrolls of our own are submitted.") { Field = "/submit" };
        }
        var serializer = new SystemTextJsonContentSerializer(Json);
        var tokens = RestService.For<ITokenApi>(
            context.Http, new RefitSettings(serializer) { ExceptionFactory = response => GustoFailure.OfTokenAsync(response, context.Clock) });
        var client = SessionHandler.Client(context, new SessionHandler(context, new SessionOpener(context, tokens).OpenAsync));
        var api = RestService.For<IGustoApi>(
            client, new RefitSettings(serializer) { ExceptionFactory = response => GustoFailure.OfAsync(response, context.Clock, Json) });
        return ValueTask.FromResult<IConnection>(new GustoConnection(api, context, client));
    }
}
