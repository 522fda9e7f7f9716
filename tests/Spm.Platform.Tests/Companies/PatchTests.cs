using System.Text;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Companies;

public sealed class PatchTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(_platform);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task What_a_patch_names_changes_and_the_rest_stays()
    {
        var made = (await _platform.PutAsync("/v1/reps/hris/E7", """
            {"name":"Ann","email":"ann@example.com","title":"AE","hired_on":"2025-02-01","plan":"ae","target_incentive":"60000.5","managers":[{"manager":"M1","to":"2025-07-01"},{"manager":"E1","from":"2025-07-01"}],
             "leave":[{"from":"2025-03-01","to":"2025-04-01","effect":"exclude"}],"facts":{"region":"west","term":12}}
            """)).Expect(201).Json;

        var patched = (await PatchAsync("reps", made.Text("id"), """{"title":"Senior AE","email":null,"leave":[],"facts":{"region":null,"level":3}}""")).Expect(200).Json;

        Assert.Equal("""{"term":12,"level":3}""", patched.GetProperty("facts").GetRawText());
        Assert.Equal(("Senior AE", null, 0), (patched.Text("title"), patched.GetProperty("email").GetString(), patched.GetProperty("leave").GetArrayLength()));
        foreach (var stays in (string[])["name", "hired_on", "plans", "target_incentive", "managers"])
        {
            Assert.Equal(made.GetProperty(stays).GetRawText(), patched.GetProperty(stays).GetRawText());
        }
        Assert.Equal(patched.GetRawText(), (await _platform.GetAsync($"/v1/reps/{made.Text("id")}")).Expect(200).Json.GetRawText());
    }

    [Fact]
    public async Task One_manager_for_all_time_replaces_the_dated_ones_and_null_takes_them_away()
    {
        var rep = await _platform.IdAsync("reps", "E1");

        var other = (await PatchAsync("reps", rep, """{"manager":"E2"}""")).Expect(200).Json;
        Assert.Equal(await _platform.IdAsync("reps", "E2"), Assert.Single(other.GetProperty("managers").EnumerateArray()).Text("manager"));
        Assert.Equal(0, (await PatchAsync("reps", rep, """{"manager":null}""")).Expect(200).Json.GetProperty("managers").GetArrayLength());
        Assert.Equal(1, (await PatchAsync("reps", rep, """{"name":"Still on the plan"}""")).Expect(200).Json.GetProperty("plans").GetArrayLength());
    }

    [Fact]
    public async Task An_empty_patch_of_any_kind_of_record_changes_nothing()
    {
        (await _platform.PutAsync("/v1/territories/crm/WEST", """{"name":"West","reps":[{"rep":"E1","percent":"60"},{"rep":"E2","percent":"40"},{"rep":"M1","role":"overlay","products":["cloud"],"from":"2025-02-01"}]}""")).Expect(201);
        (await _platform.PutAsync("/v1/accounts/crm/A1", """{"name":"Globex","territories":[{"territory":"WEST","to":"2025-06-01"}]}""")).Expect(201);
        foreach (var (kind, key) in new[] { ("reps", "E1"), ("territories", "WEST"), ("accounts", "A1"), ("measures", "bookings"), ("plans", "ae") })
        {
            var id = await _platform.IdAsync(kind, key);
            var before = (await _platform.GetAsync($"/v1/{kind}/{id}")).Expect(200);

            var after = (await PatchAsync(kind, id, "{}")).Expect(200);

            Assert.Equal((before.Headers["ETag"], before.Text), (after.Headers["ETag"], after.Text));
        }
    }

    [Fact]
    public async Task A_plan_that_is_patched_is_checked_like_one_that_is_put()
    {
        var plan = await _platform.IdAsync("plans", "ae");

        Assert.Equal("Renamed", (await PatchAsync("plans", plan, """{"name":"Renamed"}""")).Expect(200).Json.Text("name"));
        Assert.Equal("plan_invalid", (await PatchAsync("plans", plan, """{"currency":"EUR"}""")).Expect(422).Code);
    }

    [Fact]
    public async Task A_state_that_was_not_seen_is_not_changed()
    {
        var rep = await _platform.IdAsync("reps", "E1");
        var seen = (await _platform.GetAsync($"/v1/reps/{rep}")).Headers["ETag"];
        (await PatchAsync("reps", rep, """{"title":"First"}""", seen)).Expect(200);

        Assert.Equal("precondition_failed", (await PatchAsync("reps", rep, """{"title":"Second"}""", seen)).Expect(412).Code);
        Assert.Equal("precondition_failed", (await _platform.SendAsync(HttpMethod.Put, "/v1/reps/hris/E1", """{"name":"Second"}""", ("If-Match", seen))).Expect(412).Code);
        Assert.Equal("precondition_failed", (await _platform.SendAsync(HttpMethod.Put, "/v1/reps/hris/NEW", """{"name":"New"}""", ("If-Match", seen))).Expect(412).Code);
        Assert.Equal("First", (await _platform.GetAsync($"/v1/reps/{rep}")).Json.Text("title"));
    }

    [Fact]
    public async Task Patches_of_different_fields_at_once_all_stay()
    {
        var rep = await _platform.IdAsync("reps", "E1");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async n => (await PatchAsync("reps", rep, $$$"""{"facts":{"f{{{n}}}":{{{n}}}}}""")).Expect(200)));

        Assert.Equal(20, (await _platform.GetAsync($"/v1/reps/{rep}")).Json.GetProperty("facts").EnumerateObject().Count());
    }

    [Theory]
    [InlineData("""{"manager":"NOBODY"}""", 422, "rep_unknown", "/manager")]
    [InlineData("""{"nonsense":1}""", 400, "field_unknown", "/nonsense")]
    [InlineData("""{"name":null}""", 400, "field_required", "/name")]
    [InlineData("""{"hired_on":"tomorrow"}""", 400, "field_malformed", "/hired_on")]
    [InlineData("[]", 400, "body_malformed", null)]
    public async Task What_a_patch_may_not_say_is_refused_at_its_field(string patch, int status, string code, string? pointer)
    {
        var refused = (await PatchAsync("reps", await _platform.IdAsync("reps", "E1"), patch)).Expect(status);

        Assert.Equal((code, pointer), (refused.Code, refused.Json.GetProperty("errors").EnumerateArray().Select(e => e.Text("pointer")).FirstOrDefault()));
    }

    [Fact]
    public async Task A_patch_has_its_own_media_type_and_a_PUT_does_not_take_it()
    {
        var rep = await _platform.IdAsync("reps", "E1");

        Assert.Equal("media_type_unsupported", (await _platform.SendAsync(HttpMethod.Patch, $"/v1/reps/{rep}", """{"title":"AE"}""")).Expect(415).Code);
        Assert.Equal("media_type_unsupported", (await SendAsync(HttpMethod.Put, "/v1/reps/hris/E1", """{"name":"Ann"}""")).Expect(415).Code);
        Assert.Equal("not_found", (await PatchAsync("reps", "rep_none", "{}")).Expect(404).Code);
    }

    private Task<TestPlatform.Answer> PatchAsync(string kind, string id, string patch, string? ifMatch = null) => SendAsync(HttpMethod.Patch, $"/v1/{kind}/{id}", patch, ifMatch);

    private async Task<TestPlatform.Answer> SendAsync(HttpMethod method, string path, string patch, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(patch, Encoding.UTF8, "application/merge-patch+json") };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }
        using var response = await _platform.Http.SendAsync(request);
        return new TestPlatform.Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }
}
