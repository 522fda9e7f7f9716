using System.Text.Json;
using Spm.Platform.Tests.Access;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Http;

public sealed class FieldSelectionTests
{
    [Fact]
    public async Task An_answer_has_the_fields_that_were_asked_for_and_no_other()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var rep = await platform.IdAsync("reps", "E1");

        Assert.Equal($$"""{"id":"{{rep}}","name":"Rep E1"}""", (await platform.GetAsync($"/v1/reps/{rep}?fields=name,id")).Expect(200).Text);
        Assert.Equal("""{"managers":[{"from":null,"to":null}]}""", (await platform.GetAsync($"/v1/reps/{rep}?fields=managers.from,managers.to")).Expect(200).Text);
        Assert.Equal(3, (await platform.GetAsync($"/v1/reps/{rep}?fields=managers.from,managers")).Expect(200).Json.GetProperty("managers")[0].EnumerateObject().Count());
        var plan = await platform.IdAsync("plans", "ae");
        Assert.Equal("""{"document":{"currency":"USD"}}""", (await platform.GetAsync($"/v1/plans/{plan}?fields=document.currency")).Expect(200).Text);
    }

    [Fact]
    public async Task Of_a_page_it_is_the_fields_of_its_rows_and_the_next_page_asks_for_the_same()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);

        var page = (await platform.GetAsync("/v1/reps?fields=external_id&limit=2")).Expect(200);

        Assert.Equal("""[{"external_id":"M1"},{"external_id":"E1"}]""", page.Json.GetProperty("data").GetRawText());
        var next = page.Headers["Link"].Split("rel=\"first\", <")[1].Split('>')[0];
        Assert.Equal("""{"data":[{"external_id":"E2"}],"next_cursor":null}""", (await platform.GetAsync(next)).Expect(200).Text);
    }

    [Fact]
    public async Task A_field_that_the_answer_does_not_have_is_refused()
    {
        await using var platform = await TestPlatform.StartAsync();
        foreach (var (fields, named) in new[] { ("nonsense", "nonsense"), ("id,managers.nonsense", "managers.nonsense"), ("name.first", "name.first"), ("id,", "''"), ("facts.a.b.c.d", "facts.a.b.c.d") })
        {
            var refused = (await platform.GetAsync($"/v1/reps?fields={fields}")).Expect(400);

            Assert.Equal(("parameter_invalid", "/fields"), (refused.Code, refused.Json.GetProperty("errors")[0].Text("pointer")));
            Assert.Contains(named, refused.Json.Text("detail"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_read_that_answers_with_JSON_takes_fields()
    {
        await using var platform = await TestPlatform.StartAsync(settings: $"--Spm:Operator:ApiKey={Support.Credentials.OperatorKey}");
        var calls = await Operations.CreateAsync(platform);
        var paths = (await platform.GetAsync("/openapi.json")).Expect(200).Json.GetProperty("paths");
        List<string> wrong = [];
        foreach (var operation in Operation.Of(platform).Where(o => o.Method == HttpMethod.Get && !o.IsScim && Takes(paths, o)))
        {
            var caller = platform.As(operation.Scope.StartsWith("tenants", StringComparison.Ordinal) ? Support.Credentials.OperatorKey : TestPlatform.Key);
            var whole = await calls.CallAsync(platform, caller, operation);
            if (whole.Status != 200 || Row(whole.Json) is not { } row)
            {
                continue;
            }
            var name = row.EnumerateObject().Last().Name;
            var path = calls.PathOf(operation);
            var some = await caller.GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}fields={name}");
            if (some.Status != 200 || Row(some.Json)?.EnumerateObject().Select(p => p.Name).SequenceEqual([name]) != true)
            {
                wrong.Add($"{operation.Id}: {some.Text}");
            }
        }
        Assert.Empty(wrong);
    }

    private static bool Takes(JsonElement paths, Operation operation) =>
        paths.EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).Single(o => o.Value.Text("operationId") == operation.Id).Value.TryGetProperty("parameters", out var parameters)
        && parameters.EnumerateArray().Any(p => p.Text("name") == "fields");

    /// <summary>The answer, or of a page its first row; null where it has none.</summary>
    private static JsonElement? Row(JsonElement answer) =>
        !answer.TryGetProperty("next_cursor", out _) ? answer : answer.GetProperty("data") is var rows && rows.GetArrayLength() > 0 ? rows[0] : null;
}
