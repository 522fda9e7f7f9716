using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Spm.Platform.Kernel;
using Spm.Platform.Tests.Access;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Abuse;

/// <summary>JSON can write what no text can hold. Generated over every operation with a body and every text in it.</summary>
public sealed class MalformedTextTests
{
    private const string Marker = "@@@";

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_half_a_surrogate_pair_and_NUL_are_refused_wherever_they_stand()
    {
        await using var platform = await TestPlatform.StartAsync(settings: $"--Spm:Operator:ApiKey={Support.Credentials.OperatorKey}");
        var wrong = new List<string>();
        foreach (var operation in Operation.Of(platform).Where(o => o.Id != "startImport"))
        {
            var (path, body) = Operations.Calls[operation.Id];
            foreach (var marked in body is null ? [] : Marked(body.Replace("{n}", "1", StringComparison.Ordinal)))
            {
                foreach (var (bytes, codes) in Broken(marked))
                {
                    using var request = new HttpRequestMessage(operation.Method, path.Replace("{n}", "1", StringComparison.Ordinal)) { Content = new ByteArrayContent(bytes) };
                    request.Content.Headers.ContentType = new MediaTypeHeaderValue(operation.MediaType);
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", operation.Scope == Scopes.TenantsWrite ? Support.Credentials.OperatorKey : TestPlatform.Key);
                    request.Headers.TryAddWithoutValidation("If-Match", "*");
                    using var answer = await platform.Http.SendAsync(request);
                    var text = await answer.Content.ReadAsStringAsync();
                    if ((int)answer.StatusCode != 400 || !codes.Any(code => text.Contains($"\"code\":\"{code}\"", StringComparison.Ordinal)))
                    {
                        wrong.Add($"{operation.Id} {marked}: {(int)answer.StatusCode} {text}");
                    }
                }
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task The_place_of_half_a_surrogate_pair_is_named_also_inside_of_a_plan()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var plan = SmallCompany.Document("x", """{"id":"b","name":"\ud800","measure":"bookings","rate":"5"}""");

        foreach (var answer in new[] { await platform.PutAsync("/v1/plans/crm/x", plan), await platform.PostAsync("/v1/plans/check", plan) })
        {
            Assert.Equal("field_malformed", answer.Expect(400).Code);
            Assert.Equal("/versions/0/components/0/name", answer.Json.GetProperty("errors")[0].Text("pointer"));
        }
        Assert.Equal("/facts/0/a", (await platform.PutAsync("/v1/reps/hris/E9", """{"name":"\u0041nn","facts":[{"a":"\udfff"}]}""")).Expect(400).Json.GetProperty("errors")[0].Text("pointer"));
    }

    [Fact]
    public async Task A_long_name_with_many_values_below_it_costs_no_more_than_its_length()
    {
        await using var platform = await TestPlatform.StartAsync();
        var body = $$"""{"{{new string('k', 50_000)}}":[{{string.Join(',', Enumerable.Repeat('0', 50_000))}},"\u0041"]}""";

        var before = GC.GetTotalAllocatedBytes();
        Assert.Equal("field_unknown", (await platform.PostAsync("/v1/transactions", body)).Expect(400).Code);

        // Half a gigabyte; a place for each value would be 5.
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 1L << 29);
    }

    [Theory]
    [InlineData("/v1/reps?external_id=%00")]
    [InlineData("/v1/audit?actor=a%00b")]
    public async Task NUL_in_an_address_is_refused(string path)
    {
        await using var platform = await TestPlatform.StartAsync();

        Assert.Contains("parameter_invalid", (await platform.GetAsync(path)).Expect(400).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pair_that_is_whole_is_a_text()
    {
        await using var platform = await TestPlatform.StartAsync();

        Assert.Equal("😀", (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"\ud83d\ude00"}""")).Expect(201).Json.Text("name"));
    }

    /// <summary>The body with a marker in one of its texts or names, for each of them.</summary>
    private static IEnumerable<string> Marked(string body)
    {
        var count = Visit(JsonNode.Parse(body)!, -1).Texts;
        for (var at = 0; at < count; at++)
        {
            var copy = JsonNode.Parse(body)!;
            Visit(copy, at);
            yield return copy.ToJsonString();
        }
    }

    private static (int Texts, JsonNode Node) Visit(JsonNode node, int mark)
    {
        var texts = 0;
        void Walk(JsonNode at)
        {
            if (at is JsonObject o)
            {
                foreach (var (name, value) in o.ToArray())
                {
                    if (texts++ == mark)
                    {
                        o.Remove(name);
                        o[name + Marker] = value;
                    }
                    Text(value, v => o[name] = v);
                }
            }
            else if (at is JsonArray list)
            {
                for (var i = 0; i < list.Count; i++)
                {
                    var index = i;
                    Text(list[i], v => list[index] = v);
                }
            }
        }
        void Text(JsonNode? value, Action<JsonNode> set)
        {
            if (value is JsonValue v && v.GetValueKind() == System.Text.Json.JsonValueKind.String)
            {
                if (texts++ == mark)
                {
                    set(JsonValue.Create(v.GetValue<string>() + Marker)!);
                }
            }
            else if (value is not null)
            {
                Walk(value);
            }
        }
        Walk(node);
        return (texts, node);
    }

    private static IEnumerable<(byte[] Bytes, string[] Codes)> Broken(string marked)
    {
        var at = Encoding.UTF8.GetBytes(marked).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Marker));
        byte[] raw = Encoding.UTF8.GetBytes(marked);
        yield return ([.. raw[..at], 0xff, .. raw[(at + Marker.Length)..]], ["body_malformed"]);
        yield return (Encoding.UTF8.GetBytes(marked.Replace(Marker, "\\u0000", StringComparison.Ordinal)), ["body_malformed", "field_malformed"]);
        yield return (Encoding.UTF8.GetBytes(marked.Replace(Marker, "\\ud800", StringComparison.Ordinal)), ["body_malformed", "field_malformed"]);
    }
}
