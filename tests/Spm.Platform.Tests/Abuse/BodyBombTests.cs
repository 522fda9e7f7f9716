using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Spm.Platform.Kernel;
using Spm.Platform.Tests.Access;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Abuse;

/// <summary>Bodies that are small and want to become large, deep, or more than they may be.</summary>
public sealed class BodyBombTests
{
    [Theory]
    [InlineData("/v1/transactions", "application/json", "gzip")]
    [InlineData("/v1/imports?entity=transactions&source=crm", "application/x-ndjson", "gzip")]
    [InlineData("/v1/imports?entity=transactions&source=crm", "text/csv", "br")]
    public async Task A_compressed_body_is_not_unpacked(string path, string type, string encoding)
    {
        await using var platform = await TestPlatform.StartAsync();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[10 * 1024 * 1024]);
        }
        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        content.Headers.ContentEncoding.Add(encoding);

        using var answer = await platform.Http.PostAsync(path, content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("content_encoding_unsupported", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_too_large_too_deep_or_with_a_giant_field_is_refused_by_what_it_breaks()
    {
        await using var platform = await TestPlatform.StartAsync();
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100);

        // It asks first: who sends all of it may be hung up on before reading the answer.
        var giant = await platform.SendAsync(HttpMethod.Put, "/v1/reps/hris/E1", $$"""{"name":"{{new string('x', (int)Limits.BodyBytes)}}"}""", ("Expect", "100-continue"));
        Assert.Equal("payload_too_large", giant.Expect(413).Code);
        Assert.Equal("body_malformed", (await platform.PutAsync("/v1/reps/hris/E1", deep)).Expect(400).Code);
        Assert.Equal("body_malformed", (await platform.PutAsync("/v1/reps/hris/E1", $$"""{"name":"Ann","facts":{{deep}}}""")).Expect(400).Code);
        Assert.Equal("field_too_long", (await platform.PutAsync("/v1/reps/hris/E1", $$"""{"name":"{{new string('x', 501)}}"}""")).Expect(400).Code);
    }

    [Fact]
    public async Task Headers_are_bounded_in_size_number_and_time_and_bodies_in_how_slow_they_may_be()
    {
        await using var platform = await TestPlatform.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/company");
        request.Headers.TryAddWithoutValidation("X-Long", new string('x', Limits.HeaderBytes));

        using var answer = await platform.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
        var limits = platform.Service<IOptions<KestrelServerOptions>>().Value.Limits;
        Assert.Equal(
            (TimeSpan.FromSeconds(Limits.HeaderSeconds), Limits.HeaderCount, (double)Limits.BodyBytesPerSecond, (long)Limits.Connections),
            (limits.RequestHeadersTimeout, limits.MaxRequestHeaderCount, limits.MinRequestBodyDataRate!.BytesPerSecond, limits.MaxConcurrentConnections!.Value));
    }

    [Theory]
    [InlineData("tenant")]
    [InlineData("id")]
    [InlineData("status")]
    [InlineData("approved_by")]
    public async Task No_operation_takes_a_field_that_is_not_its_own(string field)
    {
        await using var platform = await TestPlatform.StartAsync(settings: $"--Spm:Operator:ApiKey={Support.Credentials.OperatorKey}");
        foreach (var operation in Operation.Of(platform))
        {
            var (path, body) = Operations.Calls[operation.Id];
            // Providers of SCIM send all they have, and what is not kept is passed over (ScimUserTests).
            if (operation.IsScim)
            {
                continue;
            }
            // Rows of an import are refused one by one, in their results; a tenant's own id is the operator's to choose; patches are of records that are there.
            if (body is null || operation.Method == HttpMethod.Patch || operation.Id is "startImport" or "correctImportRow" || (operation.Id == "createTenant" && field == "id"))
            {
                continue;
            }
            var more = $$"""{"{{field}}":"x",{{body[1..]}}""";
            var caller = platform.As(operation.Scope == Scopes.TenantsWrite ? Support.Credentials.OperatorKey : TestPlatform.Key);
            var answer = await caller.SendAsync(operation.Method, path.Replace("{n}", "1", StringComparison.Ordinal), more.Replace("{n}", "1", StringComparison.Ordinal), operation.Method == HttpMethod.Put ? [] : [("If-Match", "*")]);
            Assert.True(answer.Status == 400 && answer.Code == "field_unknown", $"{operation.Id}: {answer.Status} {answer.Text}");
        }
    }

    [Fact]
    public async Task Nothing_is_exported_as_CSV_so_no_cell_can_be_a_formula()
    {
        await using var platform = await TestPlatform.StartAsync();

        var document = (await platform.GetAsync("/openapi.json")).Expect(200).Json;

        foreach (var operation in document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()))
        {
            Assert.DoesNotContain("text/csv", operation.Value.GetProperty("responses").GetRawText(), StringComparison.Ordinal);
        }
    }
}
