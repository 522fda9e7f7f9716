using System.Net;
using System.Text.Json;

namespace Spm.Connectors.Gusto;

/// <summary>What Gusto's refusals mean: a version that is not the newest is a conflict, any other that is about content needs a person.</summary>
internal static class GustoFailure
{
    private const string OldVersion = "invalid_resource_version";

    public static async ValueTask<Exception?> OfAsync(HttpResponseMessage response, TimeProvider clock, JsonSerializerOptions json)
    {
        if (await HttpFailure.OfAsync(response, clock) is not ConnectorException plain)
        {
            return null;
        }
        if (response.StatusCode != HttpStatusCode.UnprocessableEntity)
        {
            return plain;
        }
        var errors = await ErrorsAsync(response, json);
        var kind = errors.Any(e => e.Category == OldVersion) ? ErrorKind.Conflict : ErrorKind.Config;
        return new ConnectorException(kind, $"Gusto refuses {response.RequestMessage?.RequestUri?.AbsolutePath}: {Text(errors) ?? plain.Message}");
    }

    /// <summary>Of the token endpoint: what it refuses is the credentials.</summary>
    public static async ValueTask<Exception?> OfTokenAsync(HttpResponseMessage response, TimeProvider clock) => await HttpFailure.OfAsync(response, clock) switch
    {
        ConnectorException when response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized =>
            new ConnectorException(ErrorKind.Auth, "Gusto refuses the client or its refresh token: let somebody of the company authorize the application again, and put the new refresh token."),
        var plain => plain,
    };

    /// <summary>Null where there is nothing to tell.</summary>
    public static string? Text(IReadOnlyList<GustoError>? errors) =>
        errors is { Count: > 0 } ? string.Join(' ', errors.Select(e => e.Message ?? e.Category).Distinct()) : null;

    private static async Task<IReadOnlyList<GustoError>> ErrorsAsync(HttpResponseMessage response, JsonSerializerOptions json)
    {
        try
        {
            return JsonSerializer.Deserialize<GustoErrors>(await response.Content.ReadAsStringAsync(), json)?.Errors ?? [];
        }
        catch (JsonException)
        {
            // The plain answer is told instead.
            return [];
        }
    }
}
