using System.Text.Json;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Provisioning;

/// <summary>What an identity provider asks.</summary>
internal static class ScimSteps
{
    public const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    public const string Compensation = "urn:spm:params:scim:schemas:extension:compensation:2.0:User";

    public static async Task<JsonElement> UserAsync(this TestPlatform platform, string userName, string more = "") =>
        (await platform.PostAsync("/scim/v2/Users", $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"{{userName}}"{{more}}}""")).Expect(201).Json;

    /// <summary>Of a role, with these members.</summary>
    public static async Task<JsonElement> GroupAsync(this TestPlatform platform, string name, params string[] members) =>
        (await platform.PostAsync("/scim/v2/Groups", JsonSerializer.Serialize(new { displayName = name, members = members.Select(m => new { value = m }) }))).Expect(201).Json;

    public static Task<TestPlatform.Answer> PatchAsync(this TestPlatform platform, string path, string operations) =>
        platform.SendAsync(HttpMethod.Patch, path, $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":{{operations}}}""");

    /// <summary>The user names that a filter finds.</summary>
    public static async Task<string[]> FindAsync(this TestPlatform platform, string filter, string more = "") =>
        [.. (await platform.GetAsync($"/scim/v2/Users?filter={Uri.EscapeDataString(filter)}{more}")).Expect(200).Json.GetProperty("Resources").EnumerateArray().Select(u => u.Text("userName"))];

    public static string? Rep(this JsonElement user) => user.TryGetProperty(Compensation, out var own) ? own.Text("rep") : null;

    public static async Task<JsonElement> RepAsync(this TestPlatform platform, JsonElement user) => (await platform.GetAsync($"/v1/reps/{user.Rep()}")).Expect(200).Json;
}
