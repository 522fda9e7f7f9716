using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Spm.GraphQL.Execution;
using Spm.GraphQL.Http;

namespace Spm.GraphQL.Tests.Http;

/// <summary>What the audits do not ask.</summary>
public sealed class HttpTests
{
    private const string Json = "application/json";

    [Theory]
    [InlineData("POST", "text/plain", "{\"query\":\"{ __typename }\"}", "*/*", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("POST", "application/x-www-form-urlencoded", "query={__typename}", "*/*", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("POST", "application/json; charset=utf-16", "{}", "*/*", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("PUT", Json, "{}", "*/*", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", Json, "{\"query\":\"{ __typename }\"}", "text/html", HttpStatusCode.NotAcceptable)]
    [InlineData("POST", Json, "[{\"query\":\"{ __typename }\"}]", "*/*", HttpStatusCode.BadRequest)]
    [InlineData("POST", Json, "{\"query\":\"subscription { tick(count: 1) }\"}", "*/*", HttpStatusCode.NotAcceptable)]
    [InlineData("POST", Json, "{\"query\":\"{ broken }\"}", "application/graphql-response+json", HttpStatusCode.OK)]
    [InlineData("POST", Json, "{\"query\":\"{ \\u005f_typename }\"}", "application/json;q=0.5, application/graphql-response+json", HttpStatusCode.OK)]
    public async Task Requests_get_the_status_that_they_deserve(string method, string contentType, string body, string accept, HttpStatusCode status)
    {
        await using var server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), "graphql") { Content = new StringContent(body) };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await server.Client.SendAsync(request);
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task A_mutation_is_not_asked_with_GET()
    {
        await using var server = await TestServer.StartAsync();
        using var response = await server.Client.GetAsync("graphql?query=mutation{rename(input:{id:1,name:\"x\"}){rep{id}}}");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Long_bodies_are_not_read()
    {
        await using var server = await TestServer.StartAsync(new GraphQLHttpOptions { MaxRequestBytes = 1000 });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Post(server, $"{{\"query\":\"{{ __typename }} #{new string('x', 1000)}\"}}")).Status);
    }

    [Fact]
    public async Task Documents_can_be_put_down_under_their_hash()
    {
        await using var server = await TestServer.StartAsync();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("{ __typename }")));
        var extensions = $"\"extensions\":{{\"persistedQuery\":{{\"version\":1,\"sha256Hash\":\"{hash}\"}}}}";
        Assert.Contains("PERSISTED_QUERY_NOT_FOUND", (await Post(server, $"{{{extensions}}}")).Body);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(server, $"{{\"query\":\"{{ a: __typename }}\",{extensions}}}")).Status);
        Assert.Equal("""{"data":{"__typename":"Query"}}""", (await Post(server, $"{{\"query\":\"{{ __typename }}\",{extensions}}}")).Body);
        Assert.Equal("""{"data":{"__typename":"Query"}}""", (await Post(server, $"{{{extensions}}}")).Body);
        // Caches on the way keep what is asked with GET, which is what hashes are for.
        var address = "graphql?extensions=" + Uri.EscapeDataString($"{{{extensions.Split(':', 2)[1][1..]}");
        Assert.Equal("""{"data":{"__typename":"Query"}}""", await server.Client.GetStringAsync(new Uri(address, UriKind.Relative)));
    }

    [Fact]
    public async Task Documents_put_down_are_bounded_by_their_bytes()
    {
        await using var server = await TestServer.StartAsync(new GraphQLHttpOptions { PersistedBytes = 100 });
        var hashes = new List<string>();
        foreach (var length in (int[])[60, 60, 200])
        {
            var query = "{ __typename } #" + new string((char)('a' + hashes.Count), length);
            hashes.Add(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(query))));
            Assert.Contains("\"data\"", (await Post(server, $"{{\"query\":\"{query}\",{Hash(hashes[^1])}}}")).Body);
        }
        Assert.Contains("PERSISTED_QUERY_NOT_FOUND", (await Post(server, $"{{{Hash(hashes[0])}}}")).Body);
        Assert.Contains("\"data\"", (await Post(server, $"{{{Hash(hashes[1].ToUpperInvariant())}}}")).Body);
        Assert.Contains("PERSISTED_QUERY_NOT_FOUND", (await Post(server, $"{{{Hash(hashes[2])}}}")).Body);

        static string Hash(string hash) => $"\"extensions\":{{\"persistedQuery\":{{\"version\":1,\"sha256Hash\":\"{hash}\"}}}}";
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("br;q=0.5, gzip", "gzip")]
    [InlineData("br;q=0, deflate", "")]
    [InlineData("identity", "")]
    public async Task Long_responses_are_compressed_for_who_takes_that(string accepted, string encoding)
    {
        await using var server = await TestServer.StartAsync();
        foreach (var (query, isLong) in ((string, bool)[])[("{ numbers(count: 5000) }", true), ("{ __typename }", false)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = new StringContent($"{{\"query\":\"{query}\"}}", Encoding.UTF8, Json) };
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
            using var response = await server.Client.SendAsync(request);
            Assert.Equal(isLong ? encoding : "", string.Concat(response.Content.Headers.ContentEncoding));
            Assert.Equal(isLong ? ["Accept-Encoding"] : [], response.Headers.Vary);
            await using var body = await response.Content.ReadAsStreamAsync();
            await using Stream plain = string.Concat(response.Content.Headers.ContentEncoding) switch
            {
                "br" => new BrotliStream(body, CompressionMode.Decompress),
                "gzip" => new GZipStream(body, CompressionMode.Decompress),
                _ => body,
            };
            using var reader = new StreamReader(plain);
            var text = await reader.ReadToEndAsync();
            Assert.StartsWith("{\"data\":{", text);
            Assert.EndsWith("}}", text);
        }
    }

    [Fact]
    public async Task A_GET_without_a_document_is_told_so()
    {
        await using var server = await TestServer.StartAsync();
        using var response = await server.Client.GetAsync("graphql?variables={}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("`query` is missing.", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Where_only_trusted_documents_are_executed_strangers_bring_none()
    {
        await using var server = await TestServer.StartAsync(
            new GraphQLHttpOptions { OnlyTrustedDocuments = true, TrustedDocuments = new Dictionary<string, string> { ["deep"] = "{ rep(id: 1) { name } }" } },
            new ExecutorOptions { MaxDepth = 1 });
        Assert.Equal("""{"data":{"rep":{"name":"Rep 1"}}}""", (await Post(server, """{"documentId":"deep"}""")).Body);
        Assert.Contains("DOCUMENT_NOT_TRUSTED", (await Post(server, """{"query":"{ __typename }"}""")).Body);
        Assert.Contains("DOCUMENT_NOT_FOUND", (await Post(server, """{"documentId":"other"}""")).Body);
    }

    [Fact]
    public async Task Events_are_sent_as_they_come()
    {
        await using var server = await TestServer.StartAsync(new GraphQLHttpOptions { KeepAlive = TimeSpan.FromMilliseconds(100) });
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql")
        {
            Content = new StringContent("""{"query":"subscription { tick(count: 2, intervalMs: 350) }"}""", Encoding.UTF8, Json),
        };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await server.Client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith(":\n\n", body);
        Assert.EndsWith("event: next\ndata: {\"data\":{\"tick\":2}}\n\nevent: complete\ndata:\n\n", body);
        Assert.Contains("event: next\ndata: {\"data\":{\"tick\":1}}\n\n", body);
    }

    private static async Task<(HttpStatusCode Status, string Body)> Post(TestServer server, string body)
    {
        using var response = await server.Client.PostAsync("graphql", new StringContent(body, Encoding.UTF8, Json));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
