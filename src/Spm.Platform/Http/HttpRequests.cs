using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>What endpoints read from a request.</summary>
public static class HttpRequests
{
    /// <summary>Set by the authentication middleware; every /v1 request has one.</summary>
    public static Caller Caller(this HttpContext http) => (Caller)http.Items[typeof(Caller)]!;

    public static Task<Result<JsonElement>> ReadJsonAsync(this HttpContext http) => http.ReadJsonAsync("application/json");

    /// <param name="mediaType">What the operation reads, which its route has seen to; it is named to whoever sends none.</param>
    public static async Task<Result<JsonElement>> ReadJsonAsync(this HttpContext http, string mediaType)
    {
        // A patch that was put would take away whatever it does not name.
        if (!http.Request.HasJsonContentType() || (mediaType != MergePatch.MediaType && http.Request.ContentType?.StartsWith(MergePatch.MediaType, StringComparison.OrdinalIgnoreCase) == true))
        {
            return new Error(ErrorCodes.MediaTypeUnsupported, $"Send {mediaType}.");
        }
        try
        {
            using var document = await JsonDocument.ParseAsync(
                http.Request.Body, new JsonDocumentOptions { MaxDepth = Limits.JsonDepth, AllowDuplicateProperties = false }, http.RequestAborted);
            return UnicodeTexts.Check(document.RootElement) is { } broken ? broken : document.RootElement.Clone();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, met while names were compared. In values it is refused with the field.
            return new Error(ErrorCodes.BodyMalformed, "A field's name is not Unicode text.");
        }
        catch (JsonException failure)
        {
            // A field that stands there twice is refused without a place, but by its name.
            return new Error(ErrorCodes.BodyMalformed, failure.LineNumber is { } line
                ? $"The body is not well-formed JSON (line {line + 1}, byte {failure.BytePositionInLine})."
                : failure.Message);
        }
        catch (BadHttpRequestException failure) when (failure.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new Error(ErrorCodes.PayloadTooLarge, $"A body has at most {Limits.BodyBytes} bytes; larger data goes into an import.");
        }
    }

    public static async Task<Result<T>> ReadAsync<T>(this HttpContext http)
        where T : class
    {
        var body = await http.ReadJsonAsync();
        return body.IsOk ? Bodies.Read<T>(body.Value) : body.Error!;
    }

    /// <summary>The page size asked for: 1 to 1000.</summary>
    public static Result<int> Limit(this HttpContext http)
    {
        if (http.Request.Query["limit"].FirstOrDefault() is not { Length: > 0 } text)
        {
            return Limits.PageSize;
        }
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= Limits.MaxPageSize
            ? limit
            : Error.Of("limit", ErrorCodes.ParameterInvalid, $"`limit` is 1 to {Limits.MaxPageSize}.");
    }

    /// <summary>
    /// The key that the path ends with. In route values the server has decoded everything but slashes, so that "a%2Fb" and "a%252Fb"
    /// look alike: where one of them stands, the key is read from the address as it was sent.
    /// </summary>
    public static (string Source, string ExternalId) Key(this HttpContext http, string source, string externalId)
    {
        if (!source.Contains("%2F", StringComparison.OrdinalIgnoreCase) && !externalId.Contains("%2F", StringComparison.OrdinalIgnoreCase))
        {
            return (source, externalId);
        }
        var sent = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0].TrimEnd('/').Split('/');
        return (Uri.UnescapeDataString(sent[^2]), Uri.UnescapeDataString(sent[^1]));
    }

    public static string? Parameter(this HttpContext http, string name) =>
        http.Request.Query[name].FirstOrDefault() is { Length: > 0 } text ? text : null;

    /// <summary>The ETag that If-Match demands, or why the request cannot go on without one.</summary>
    public static Result<string> IfMatch(this HttpContext http)
    {
        var header = http.Request.Headers.IfMatch.ToString();
        return header.Length == 0
            ? new Error(ErrorCodes.PreconditionRequired, "This changes the resource's state: send If-Match with the ETag you have seen.")
            : header;
    }

    /// <summary>The same where a request may do without.</summary>
    public static string? IfMatchIfAny(this HttpContext http) => http.Request.Headers.IfMatch.ToString() is { Length: > 0 } header ? header : null;
}
