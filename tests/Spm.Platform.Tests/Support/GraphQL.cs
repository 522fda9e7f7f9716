using System.Text.Json;

namespace Spm.Platform.Tests.Support;

/// <summary>Speaks GraphQL to the platform.</summary>
public static class GraphQL
{
    public static Task<GraphAnswer> AskAsync(this TestPlatform platform, string document, object? variables = null) => platform.As(TestPlatform.Key).AskAsync(document, variables);

    /// <summary>Events of a subscription as they come, until the caller has had enough of them.</summary>
    public static async IAsyncEnumerable<GraphAnswer> ListenAsync(this TestPlatform platform, string document, string credential = TestPlatform.Key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(JsonSerializer.Serialize(new { query = document }), System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {credential}");
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        using var response = await platform.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                yield return new GraphAnswer((int)response.StatusCode, line["data: ".Length..]);
            }
        }
    }

    public static async Task<GraphAnswer> FirstAsync(this TestPlatform platform, string document, string credential = TestPlatform.Key)
    {
        await foreach (var answer in platform.ListenAsync(document, credential))
        {
            return answer;
        }
        throw new InvalidOperationException("There was no event.");
    }

    public static async Task<GraphAnswer> AskAsync(this TestCaller caller, string document, object? variables = null)
    {
        var answer = await caller.PostAsync("/graphql", JsonSerializer.Serialize(new { query = document, variables }, JsonSerializerOptions.Web));
        return new GraphAnswer(answer.Status, answer.Text);
    }
}

public sealed record GraphAnswer(int Status, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public JsonElement Data => Json.TryGetProperty("errors", out var errors) ? throw new InvalidOperationException(errors.GetRawText()) : Json.GetProperty("data");

    /// <summary>Codes of errors, in their order.</summary>
    public string[] Codes => Json.TryGetProperty("errors", out var errors)
        ? [.. errors.EnumerateArray().Select(e => e.TryGetProperty("extensions", out var more) && more.TryGetProperty("code", out var code) ? code.GetString()! : e.Text("message"))]
        : [];

    /// <summary>What stands at a path of names.</summary>
    public JsonElement At(params string[] path) => path.Aggregate(Data, (at, name) => at.GetProperty(name));
}
