using System.Globalization;
using System.Text.Json;

namespace Spm.Connectors.HubSpot;

/// <summary>HubSpot delivers a list of events: <c>deal.propertyChange</c>, <c>line_item.creation</c>, …</summary>
internal static class Webhooks
{
    public static IReadOnlyList<WebhookHint> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var events = JsonDocument.Parse(body);
            return events.RootElement.ValueKind == JsonValueKind.Array
                ? [.. events.RootElement.EnumerateArray().Select(Hint).OfType<WebhookHint>()]
                : throw new ConnectorException(ErrorKind.DataInvalid, "A delivery of HubSpot is a list of events.");
        }
        catch (JsonException e)
        {
            throw new ConnectorException(ErrorKind.DataInvalid, "The delivery is not JSON.", e);
        }
    }

    private static WebhookHint? Hint(JsonElement said)
    {
        var stream = Text(said, "subscriptionType")?.Split('.')[0] switch { "deal" => "deals", "line_item" => "line_items", _ => null };
        return stream is null ? null : new WebhookHint(stream, Text(said, "objectId"), Text(said, "eventId"));
    }

    private static string? Text(JsonElement said, string name) =>
        said.ValueKind != JsonValueKind.Object || !said.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number.ToString(CultureInfo.InvariantCulture)
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : null;
}
