using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;

namespace Spm.Platform.Credentials;

/// <summary>Which API key gets a new secret.</summary>
/// <param name="ApiKey">Id of the key.</param>
/// <param name="OverlapSeconds">How long the old secret still opens, up to a week; 0 for not at all.</param>
public sealed record RotateApiKeyInput([property: ID] string ApiKey, int OverlapSeconds = ApiKeyCommands.DefaultOverlap);

/// <summary>Which API key ends.</summary>
/// <param name="ApiKey">Id of the key.</param>
public sealed record RevokeApiKeyInput([property: ID] string ApiKey);

/// <summary>The API key as it is now.</summary>
/// <param name="ApiKey">Null where the mutation was refused.</param>
/// <param name="Secret">What goes behind `Authorization: Bearer`. It is not kept and cannot be shown again. Null where no secret was made.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record ApiKeyPayload(ApiKeyView? ApiKey, string? Secret, IReadOnlyList<UserError> UserErrors);

[MutationType]
internal static class ApiKeyMutations
{
    /// <summary>Makes an API key. Its secret is in this answer and nowhere else: revoke a key whose secret was lost.</summary>
    public static async Task<ApiKeyPayload?> CreateApiKeyAsync(ApiKeyInput input, ApiKeyCommands commands, ApiKeyQueries queries, Call call) =>
        await commands.CreateAsync(call.Caller, input).PayloadAsync(made => new ApiKeyPayload(ApiKeyView.Of(made.Row, queries.Now), made.Secret, []), Refused);

    /// <summary>Gives an API key a new secret; the old one opens until the overlap ends.</summary>
    public static async Task<ApiKeyPayload?> RotateApiKeyAsync(RotateApiKeyInput input, ApiKeyCommands commands, ApiKeyQueries queries, Call call) =>
        await commands.RotateAsync(call.Caller, input.ApiKey, input.OverlapSeconds).PayloadAsync(made => new ApiKeyPayload(ApiKeyView.Of(made.Row, queries.Now), made.Secret, []), Refused);

    /// <summary>Ends an API key at once and for good.</summary>
    public static async Task<ApiKeyPayload?> RevokeApiKeyAsync(RevokeApiKeyInput input, ApiKeyCommands commands, ApiKeyQueries queries, Call call) =>
        await commands.RevokeAsync(call.Caller, input.ApiKey).PayloadAsync(row => new ApiKeyPayload(ApiKeyView.Of(row, queries.Now), null, []), Refused);

    private static ApiKeyPayload Refused(IReadOnlyList<UserError> errors) => new(null, null, errors);
}
