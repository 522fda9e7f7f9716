using System.Text.Json;

namespace Spm.Platform.Kernel;

/// <summary>Reads a JSON body into an input and names the field that does not fit.</summary>
public static class Bodies
{
    public static Result<T> Read<T>(JsonElement body)
        where T : class
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return new Error(ErrorCodes.BodyMalformed, "A JSON object is expected.");
        }
        if (NullElement(body) is { } at)
        {
            return Error.Of(at, ErrorCodes.FieldMalformed, $"'{at}' is null: lists have no empty places.");
        }
        try
        {
            return body.Deserialize<T>(Json.Options)!;
        }
        catch (JsonException failure)
        {
            return Explain<T>(failure, body);
        }
    }

    /// <summary>Where a list has null for an element, which no rule could speak about; null when none has. The place is put together on the way back.</summary>
    private static string? NullElement(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Select(p => NullElement(p.Value) is { } below ? $"{p.Name}/{below}" : null).FirstOrDefault(found => found is not null),
        JsonValueKind.Array => value.EnumerateArray().Select((e, i) => e.ValueKind == JsonValueKind.Null ? $"{i}" : NullElement(e) is { } below ? $"{i}/{below}" : null).FirstOrDefault(found => found is not null),
        _ => null,
    };

    /// <param name="body">What was read, so that the refusal can quote it; null when it is not at hand.</param>
    public static Error Explain<T>(JsonException failure, JsonElement? body = null)
    {
        var field = (failure.Path ?? "$").TrimStart('$').TrimStart('.').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '/');
        if (failure.Message.Contains("could not be mapped", StringComparison.Ordinal))
        {
            return Error.Of(field, ErrorCodes.FieldUnknown, $"The field '{field}' is not known here.");
        }
        if (failure.Message.Contains("missing required properties", StringComparison.Ordinal))
        {
            var names = failure.Message[(failure.Message.LastIndexOf(':') + 1)..].Trim().TrimEnd('.').Replace("'", "", StringComparison.Ordinal);
            return Error.Of([.. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(n => new FieldError(field.Length == 0 ? n : $"{field}/{n}", ErrorCodes.FieldRequired, $"The field '{n}' is required."))]);
        }
        return field.Length == 0
            ? new Error(ErrorCodes.BodyMalformed, "The body is not well-formed JSON.")
            : Error.Of(field, ErrorCodes.FieldMalformed, Forms.Mismatch(typeof(T), field, body));
    }
}
