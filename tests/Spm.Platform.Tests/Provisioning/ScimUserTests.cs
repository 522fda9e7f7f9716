using System.Text.Json;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Provisioning;

public sealed class ScimUserTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_user_is_made_read_replaced_and_taken_away_and_what_is_not_kept_is_passed_over()
    {
        var made = (await _platform.PostAsync("/scim/v2/Users", """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"USERNAME":"ann@example.com","externalId":"00u1","id":"mine","name":{"givenName":"Ann","familyName":"Lee"},
             "emails":[{"value":"ann@example.com","type":"work","primary":true}],"password":"secret","locale":"en-US","tenant":"other","groups":[{"value":"g"}]}
            """)).Expect(201);
        var user = made.Json;

        Assert.NotEqual("mine", user.Text("id"));
        Assert.Equal(("ann@example.com", "00u1", true), (user.Text("userName"), user.Text("externalId"), user.GetProperty("active").GetBoolean()));
        Assert.DoesNotContain("secret", made.Text, StringComparison.Ordinal);
        Assert.All(["password", "locale", "tenant", "groups"], absent => Assert.False(user.TryGetProperty(absent, out _), absent));
        Assert.Equal((made.Headers["Location"], made.Headers["ETag"]), (user.GetProperty("meta").Text("location"), user.GetProperty("meta").Text("version")));
        Assert.Equal(user.GetRawText(), (await _platform.GetAsync(made.Headers["Location"])).Expect(200).Json.GetRawText());

        var put = (await _platform.PutAsync(made.Headers["Location"], """{"userName":"ann@example.com","displayName":"Ann B. Lee"}""")).Expect(200).Json;
        Assert.Equal(("Ann B. Lee", false, false), (put.Text("displayName"), put.TryGetProperty("externalId", out _), put.TryGetProperty("emails", out _)));

        (await _platform.SendAsync(HttpMethod.Delete, made.Headers["Location"])).Expect(204);
        Assert.Equal("404", (await _platform.GetAsync(made.Headers["Location"])).Expect(404).Json.Text("status"));
    }

    [Fact]
    public async Task User_names_are_unique_whatever_their_case()
    {
        var ann = await _platform.UserAsync("ann@example.com");
        var bob = await _platform.UserAsync("bob@example.com");

        var taken = (await _platform.PostAsync("/scim/v2/Users", """{"userName":"ANN@example.com"}""")).Expect(409).Json;
        Assert.Equal(("uniqueness", "user_taken"), (taken.Text("scimType"), taken.Text("code")));
        (await _platform.PatchAsync($"/scim/v2/Users/{bob.Text("id")}", """[{"op":"replace","path":"userName","value":"Ann@Example.com"}]""")).Expect(409);
        (await _platform.PatchAsync($"/scim/v2/Users/{ann.Text("id")}", """[{"op":"replace","path":"userName","value":"Ann@Example.com"}]""")).Expect(200);
    }

    [Fact]
    public async Task External_ids_are_unique_and_a_put_without_active_leaves_it_as_it_is()
    {
        var ann = await _platform.UserAsync("ann", ""","externalId":"x1","active":false""");
        Assert.Equal("uniqueness", (await _platform.PostAsync("/scim/v2/Users", """{"userName":"bob","externalId":"x1"}""")).Expect(409).Json.Text("scimType"));
        Assert.False((await _platform.PutAsync($"/scim/v2/Users/{ann.Text("id")}", """{"userName":"ann","externalId":"x1"}""")).Expect(200).Json.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task A_change_is_refused_where_the_user_has_changed_since_it_was_seen()
    {
        var ann = await _platform.UserAsync("ann@example.com");
        var (path, seen) = ($"/scim/v2/Users/{ann.Text("id")}", ann.GetProperty("meta").Text("version"));

        (await _platform.SendAsync(HttpMethod.Put, path, """{"userName":"ann@example.com","title":"AE"}""", ("If-Match", seen))).Expect(200);
        Assert.Equal("precondition_failed", (await _platform.SendAsync(HttpMethod.Put, path, """{"userName":"ann@example.com","title":"SE"}""", ("If-Match", seen))).Expect(412).Code);
        Assert.Equal("AE", (await _platform.GetAsync(path)).Json.Text("title"));
        var tag = (await _platform.GetAsync(path)).Headers["ETag"];
        (await _platform.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", tag))).Expect(304);
        // The same again is no change.
        Assert.Equal(tag, (await _platform.PutAsync(path, """{"userName":"ann@example.com","title":"AE"}""")).Expect(200).Headers["ETag"]);
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_as_providers_write_it()
    {
        (string Operations, string Attribute, string Expected)[] cases =
        [
            ("""[{"op":"replace","path":"title","value":"AE"}]""", "title", "AE"),
            ("""[{"op":"Add","path":"name.givenName","value":"Anna"}]""", "name", """{"givenName":"Anna","familyName":"Lee"}"""),
            ("""[{"op":"replace","value":{"name.givenName":"Anna","title":"SE"}}]""", "title", "SE"),
            ("""[{"op":"replace","value":{"active":"False"}}]""", "active", "false"),
            ("""[{"op":"remove","path":"name.familyName"}]""", "name", """{"givenName":"Ann"}"""),
            ("""[{"op":"replace","path":"emails[type eq \"work\"].value","value":"a@work"}]""", "emails", """[{"value":"a@work","type":"work","primary":true},{"value":"a@home","type":"home"}]"""),
            ("""[{"op":"add","path":"emails[type eq \"other\"].value","value":"a@other"}]""", "emails", """[{"value":"ann@work","type":"work","primary":true},{"value":"a@home","type":"home"},{"type":"other","value":"a@other"}]"""),
            ("""[{"op":"add","path":"emails","value":[{"value":"a@new","primary":true}]}]""", "emails", """[{"value":"ann@work","type":"work"},{"value":"a@home","type":"home"},{"value":"a@new","primary":true}]"""),
            ("""[{"op":"add","path":"emails","value":[{"value":"a@home","type":"home"}]}]""", "emails", """[{"value":"ann@work","type":"work","primary":true},{"value":"a@home","type":"home"}]"""),
            ("""[{"op":"remove","path":"emails[type eq \"work\"]"}]""", "emails", """[{"value":"a@home","type":"home"}]"""),
            ("""[{"op":"replace","path":"emails","value":[{"value":"only@one"}]}]""", "emails", """[{"value":"only@one"}]"""),
            ("""[{"op":"replace","path":"emails[type eq \"home\"].primary","value":true}]""", "emails", """[{"value":"ann@work","type":"work"},{"value":"a@home","type":"home","primary":true}]"""),
            ("""[{"op":"Add","value":{"name.givenName":"Anna","emails[type eq \"work\"].value":"a@work"}}]""", "emails", """[{"value":"a@work","type":"work","primary":true},{"value":"a@home","type":"home"}]"""),
            ("""[{"op":"Add","value":{"name.givenName":"Anna"}}]""", "name", """{"givenName":"Anna","familyName":"Lee"}"""),
            ("""[{"op":"Add","path":"roles[primary eq \"True\"].value","value":"auditor"}]""", "roles", """[{"primary":true,"value":"auditor"}]"""),
            ("""[{"op":"Replace","path":"emails[primary eq \"True\"].value","value":"a@first"}]""", "emails", """[{"value":"a@first","type":"work","primary":true},{"value":"a@home","type":"home"}]"""),
            ("""[{"op":"add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User","value":{"employeeNumber":"E8"}}]""", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", """{"employeeNumber":"E8"}"""),
            ("""[{"op":"add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":[{"value":"usr_y"}]}]""", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", """{"manager":{"value":"usr_y"}}"""),
            ("""[{"op":"add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber","value":"E7"}]""", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", """{"employeeNumber":"E7"}"""),
            ("""[{"op":"add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":"usr_x"}]""", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", """{"manager":{"value":"usr_x"}}"""),
        ];
        foreach (var (operations, attribute, expected) in cases)
        {
            var ann = await AnnAsync();

            var patched = (await _platform.PatchAsync($"/scim/v2/Users/{ann}", operations)).Expect(200).Json;

            Assert.Equal((operations, expected), (operations, patched.GetProperty(attribute) is { ValueKind: JsonValueKind.String } text ? text.GetString() : patched.GetProperty(attribute).GetRawText()));
            (await _platform.SendAsync(HttpMethod.Delete, $"/scim/v2/Users/{ann}")).Expect(204);
        }
    }

    [Fact]
    public async Task What_cannot_be_done_is_refused_as_a_whole()
    {
        (string Operations, string Type)[] cases =
        [
            ("""[{"op":"move","path":"title","value":"x"}]""", "invalidSyntax"),
            ("""[]""", "invalidSyntax"),
            ("""[7]""", "invalidSyntax"),
            ("""[{"op":"replace","path":"title"}]""", "invalidValue"),
            ("""[{"op":"remove"}]""", "noTarget"),
            ("""[{"op":"replace","path":"emails[type eq \"other\"].value","value":"x"}]""", "noTarget"),
            ("""[{"op":"replace","path":"shoeSize","value":"44"}]""", "invalidPath"),
            ("""[{"op":"replace","path":"emails[type eq ].value","value":"x"}]""", "invalidPath"),
            ("""[{"op":"replace","path":"id","value":"x"}]""", "mutability"),
            ("""[{"op":"replace","path":"groups","value":[{"value":"x"}]}]""", "mutability"),
            ("""[{"op":"replace","path":"active","value":"perhaps"}]""", "invalidValue"),
            ("""[{"op":"replace","path":"title","value":7}]""", "invalidValue"),
            ("""[{"op":"remove","path":"userName"}]""", "invalidValue"),
        ];
        var ann = await AnnAsync();
        var before = (await _platform.GetAsync($"/scim/v2/Users/{ann}")).Text;
        foreach (var (operations, type) in cases)
        {
            var refused = (await _platform.PatchAsync($"/scim/v2/Users/{ann}", operations.Replace("[{", """[{"op":"add","path":"displayName","value":"Never"},{""", StringComparison.Ordinal))).Expect(400).Json;

            Assert.Equal((operations, type, "400", "urn:ietf:params:scim:api:messages:2.0:Error"), (operations, refused.Text("scimType"), refused.Text("status"), refused.GetProperty("schemas")[0].GetString()));
            Assert.Equal(before, (await _platform.GetAsync($"/scim/v2/Users/{ann}")).Text);
        }
    }

    [Fact]
    public async Task A_filter_finds_whom_it_means()
    {
        (string Filter, string Expected)[] cases =
        [
            ("userName eq \"ANN@example.com\"", "ann@example.com"),
            ("urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"ann@example.com\"", "ann@example.com"),
            ("externalId eq \"x2\"", "bob@example.com"),
            ("externalId eq \"X2\"", ""),
            ("userName sw \"b\" or title pr", "ann@example.com bob@example.com"),
            ("title pr and not (userName sw \"b\")", "ann@example.com"),
            ("active eq false", "bob@example.com"),
            ("active eq \"False\"", "bob@example.com"),
            ("active ne false", "ann@example.com cid@example.com"),
            ("emails co \"@home\"", "ann@example.com"),
            ("emails.value ew \"@work\"", "ann@example.com"),
            ("emails[type eq \"work\" and value co \"home\"]", ""),
            ("emails[type eq \"work\" and value co \"work\"]", "ann@example.com"),
            ("name.familyName gt \"Kay\"", "ann@example.com"),
            ("title eq null", "bob@example.com cid@example.com"),
            ("meta.created gt \"2001-01-01T00:00:00Z\" and userName ne \"ann@example.com\"", "bob@example.com cid@example.com"),
            ("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq \"E1\"", "cid@example.com"),
        ];
        await AnnAsync();
        await _platform.UserAsync("bob@example.com", ""","externalId":"x2","active":false""");
        await _platform.UserAsync("cid@example.com", $$""","{{ScimSteps.Enterprise}}":{"employeeNumber":"E1"}""");
        foreach (var (filter, expected) in cases)
        {
            Assert.Equal((filter, expected), (filter, string.Join(' ', await _platform.FindAsync(filter))));
        }
    }

    [Fact]
    public async Task A_filter_that_cannot_be_read_or_asks_for_what_is_not_kept_is_refused()
    {
        string[] filters =
        [
            "shoeSize eq \"44\"",
            "userName is \"x\"",
            "userName eq",
            "userName eq \"x",
            "(userName pr",
            "userName pr extra",
            "emails[type eq \"work\"",
            "emails.colour eq \"x\"",
            "not userName pr",
            "userName eq \"\\ud800\"",
        ];
        foreach (var filter in filters)
        {
            Assert.Equal((filter, "invalidFilter"), (filter, (await _platform.GetAsync($"/scim/v2/Users?filter={Uri.EscapeDataString(filter)}")).Expect(400).Json.Text("scimType")));
        }
    }

    [Fact]
    public async Task Brackets_without_end_are_refused_and_nobody_runs_out_of_stack()
    {
        Assert.Equal("invalidFilter", (await _platform.GetAsync($"/scim/v2/Users?filter={new string('(', 1900)}")).Expect(400).Json.Text("scimType"));
        Assert.Equal("invalidFilter", (await _platform.GetAsync($"/scim/v2/Users?filter=userName%20eq%20%22{new string('x', 2000)}%22")).Expect(400).Json.Text("scimType"));
    }

    [Fact]
    public async Task Lists_come_in_pages_and_with_the_attributes_that_are_asked_for()
    {
        for (var i = 0; i < 5; i++)
        {
            await _platform.UserAsync($"user{i}@example.com", ""","title":"AE","name":{"givenName":"A","familyName":"B"}""");
        }
        var page = (await _platform.GetAsync("/scim/v2/Users?startIndex=4&count=3&attributes=userName,name.givenName")).Expect(200).Json;

        Assert.Equal((5, 4, 2), (page.GetProperty("totalResults").GetInt32(), page.GetProperty("startIndex").GetInt32(), page.GetProperty("itemsPerPage").GetInt32()));
        Assert.Equal(["schemas", "id", "userName", "name"], page.GetProperty("Resources")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(0, (await _platform.GetAsync("/scim/v2/Users?count=0")).Expect(200).Json.GetProperty("itemsPerPage").GetInt32());
        Assert.False((await _platform.GetAsync("/scim/v2/Users?excludedAttributes=title&startIndex=-1")).Expect(200).Json.GetProperty("Resources")[0].TryGetProperty("title", out _));
        (await _platform.GetAsync("/scim/v2/Users?count=ten")).Expect(400);
        (await _platform.GetAsync("/scim/v2/Users?filtre=x")).Expect(400);
    }

    [Fact]
    public async Task What_there_is_of_SCIM_is_said_as_the_standard_has_it()
    {
        var config = (await _platform.GetAsync("/scim/v2/ServiceProviderConfig")).Expect(200).Json;
        Assert.Equal((true, false, true), (config.GetProperty("patch").GetProperty("supported").GetBoolean(), config.GetProperty("bulk").GetProperty("supported").GetBoolean(), config.GetProperty("etag").GetProperty("supported").GetBoolean()));
        Assert.Equal(["User", "Group"], (await _platform.GetAsync("/scim/v2/ResourceTypes")).Expect(200).Json.GetProperty("Resources").EnumerateArray().Select(r => r.Text("id")));
        var schema = (await _platform.GetAsync("/scim/v2/Schemas/urn:ietf:params:scim:schemas:core:2.0:User")).Expect(200).Json;
        Assert.Equal("server", schema.GetProperty("attributes").EnumerateArray().Single(a => a.Text("name") == "userName").Text("uniqueness"));
        (await _platform.GetAsync("/scim/v2/Schemas/urn:none")).Expect(404);
    }

    private async Task<string> AnnAsync() => (await _platform.UserAsync(
        "ann@example.com", ""","title":"AE","name":{"givenName":"Ann","familyName":"Lee"},"emails":[{"value":"ann@work","type":"work","primary":true},{"value":"a@home","type":"home"}]""")).Text("id");
}
