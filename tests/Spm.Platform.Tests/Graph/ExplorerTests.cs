using System.Text.RegularExpressions;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Graph;

public sealed partial class ExplorerTests
{
    [Fact]
    public async Task A_browser_gets_the_explorer_which_asks_this_host_alone()
    {
        await using var platform = await TestPlatform.StartAsync();
        using var nobody = new HttpClient { BaseAddress = platform.Http.BaseAddress };
        using var page = await GetAsync(nobody, "/graphql", "text/html,application/xhtml+xml,*/*;q=0.8");
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("//", html, StringComparison.Ordinal);
        foreach (Match file in Files().Matches(html))
        {
            using var part = await GetAsync(nobody, file.Groups[1].Value, "*/*");
            var text = await part.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(part.IsSuccessStatusCode, file.Value);
            foreach (Match import in Imports().Matches(text))
            {
                using var module = await GetAsync(nobody, $"/graphql/explorer/{import.Groups[1].Value}", "*/*");
                Assert.True(module.IsSuccessStatusCode, import.Value);
            }
        }
    }

    [Fact]
    public async Task Whoever_asks_for_an_answer_gets_one_also_with_GET()
    {
        await using var platform = await TestPlatform.StartAsync();
        using var answer = await GetAsync(platform.Http, "/graphql?query={company{currency}}", "text/html,*/*");
        Assert.Equal("""{"data":{"company":{"currency":"USD"}}}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var nobody = new HttpClient { BaseAddress = platform.Http.BaseAddress };
        using var refused = await GetAsync(nobody, "/graphql", "application/json");
        Assert.Equal(401, (int)refused.StatusCode);
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient http, string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await http.SendAsync(request);
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Files();

    [GeneratedRegex("from '\\./([a-z]+\\.js)'")]
    private static partial Regex Imports();
}
