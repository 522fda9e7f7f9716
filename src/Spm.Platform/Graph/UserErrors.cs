using System.Text.Json;
using Spm.Platform.Kernel;

namespace Spm.Platform.Graph;

/// <summary>Why a mutation was refused. Nothing was changed then.</summary>
/// <param name="Field">The way from the mutation's arguments to the field that breaks the rule: `input`, `rep`, `managers`, `0`, `manager`. Null where it is none in particular.</param>
/// <param name="Message">For people.</param>
/// <param name="Code">Names the rule: the codes are those of REST.</param>
public sealed record UserError(IReadOnlyList<string>? Field, string Message, string Code);

/// <summary>Refusals of commands as data. Who lacks the scope gets an error of the field instead, and no payload.</summary>
internal static class UserErrors
{
    /// <summary>What is below these is not of the schema: it is named as it was sent.</summary>
    private static readonly string[] JsonOfItsOwn = ["config", "mapping", "facts"];

    /// <param name="within">Where in `input` the body stands that REST would have been sent; null where it is the input itself.</param>
    /// <param name="isDocument">The names below are those of a plan document, not of the schema.</param>
    public static async Task<TPayload> PayloadAsync<T, TPayload>(
        this Task<Result<T>> result, Func<T, TPayload> made, Func<IReadOnlyList<UserError>, TPayload> refused, string? within = null, bool isDocument = false)
    {
        var outcome = await result;
        return outcome.Error is not { } error ? made(outcome.Value)
            : error.Code == ErrorCodes.Forbidden ? throw Refusals.Of(error)
            : refused(Of(error, within, isDocument));
    }

    public static IReadOnlyList<UserError> Of(Error error, string? within = null, bool isDocument = false) => error.Fields.Count == 0
        ? [new UserError(null, error.Detail, error.Code)]
        : [.. error.Fields.Select(f => new UserError(Path(f.Field, within, isDocument), f.Detail, f.Code))];

    private static string[] Path(string field, string? within, bool isDocument)
    {
        var parts = field.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var names = isDocument ? parts : [.. parts.Select((part, i) => parts.Take(i).Any(JsonOfItsOwn.Contains) ? part : Camel(part))];
        // A record's key stands beside the record; the source of a connection is one of its settings.
        return within is null || (within != "settings" && parts is ["source" or "external_id"]) ? ["input", .. names] : ["input", within, .. names];
    }

    private static string Camel(string name) => string.Concat(name.Split('_').Select((part, i) => i == 0 || part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    /// <summary>An input as the body that REST would have been sent: what is left out is left out there.</summary>
    public static JsonElement Body<T>(T input) => JsonSerializer.SerializeToElement(input, Json.Document);
}
