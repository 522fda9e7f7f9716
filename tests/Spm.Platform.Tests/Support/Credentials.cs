using System.Text.Json;

namespace Spm.Platform.Tests.Support;

/// <summary>Speaks to the platform with another credential than the one that may do everything.</summary>
public sealed class TestCaller(TestPlatform platform, string credential)
{
    public string Credential => credential;

    public Task<TestPlatform.Answer> SendAsync(HttpMethod method, string path, string? json = null, params (string Name, string Value)[] headers) =>
        platform.SendAsync(method, path, json, [("Authorization", $"Bearer {credential}"), .. headers]);

    public Task<TestPlatform.Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<TestPlatform.Answer> PutAsync(string path, string json) => SendAsync(HttpMethod.Put, path, json);

    public Task<TestPlatform.Answer> PostAsync(string path, string? json = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, json, headers);

    public async Task<JsonElement[]> ListAsync(string path) => [.. (await GetAsync(path)).Expect(200).Json.GetProperty("data").EnumerateArray()];

    /// <summary>A move of the resource in the state that it is in.</summary>
    public async Task<TestPlatform.Answer> MoveAsync(string resource, string verb) =>
        await PostAsync($"{resource}/{verb}", null, ("If-Match", (await platform.GetAsync(resource)).Expect(200).Headers["ETag"]));
}

public static class Credentials
{
    public const string OperatorKey = "spm_operator_of_the_installation";

    public static TestCaller As(this TestPlatform platform, string credential) => new(platform, credential);

    /// <summary>A new API key of the tenant that <paramref name="maker"/> belongs to.</summary>
    public static async Task<TestCaller> KeyAsync(this TestPlatform platform, string[]? roles = null, string[]? scopes = null, string? rep = null, TestCaller? maker = null)
    {
        var body = JsonSerializer.Serialize(new { name = "test", roles, scopes, rep }, new JsonSerializerOptions { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull });
        var made = (await (maker ?? platform.As(TestPlatform.Key)).PostAsync("/v1/api-keys", body)).Expect(201).Json;
        return platform.As(made.Text("secret"));
    }

    public static async Task<TestCaller> RoleAsync(this TestPlatform platform, string role) => await platform.KeyAsync([role], rep: role switch { "rep" => "E1", "manager" => "M1", _ => null });

    /// <summary>The first key of a new tenant; the platform must have been started with the operator's key.</summary>
    public static async Task<TestCaller> TenantAsync(this TestPlatform platform, string id) =>
        platform.As((await platform.As(OperatorKey).PostAsync("/v1/tenants", $$"""{"id":"{{id}}","name":"{{id}}"}""")).Expect(201).Json.Text("secret"));
}
