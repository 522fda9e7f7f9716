using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Companies;

public sealed class RecordRevisionTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(_platform);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [InlineData("reps/hris/N1", """{"name":"Nina","title":"AE","hired_on":"2024-01-01","manager":"M1","plans":[{"plan":"ae","from":"2025-01-01","to":"2025-07-01"},{"plan":"mgr","from":"2025-07-01"}]}""", """{"name":"Nina"}""")]
    [InlineData("territories/crm/W", """{"name":"West","reps":[{"rep":"E1","percent":"60"},{"rep":"E2","percent":"40.0"},{"rep":"M1","role":"overlay","products":["P1"]}]}""", """{"name":"West"}""")]
    [InlineData("accounts/crm/G", """{"name":"Globex"}""", """{"name":"Globex Inc."}""")]
    [InlineData("measures/crm/cash", """{"name":"Cash","value":"amount","kinds":["payment"],"products":["P1","P2"]}""", """{"name":"Cash","value":"amount","kinds":["payment"]}""")]
    [InlineData("plans/crm/p", """{"plan":"P","currency":"USD","versions":[{"effective_from":"2025-01-01","measures":[{"id":"bookings","value":"amount","kinds":["order","refund"]}],"components":[{"id":"b","measure":"bookings","rate":5.0}]}]}""", """{"plan":"P","currency":"USD","versions":[{"effective_from":"2025-01-01","measures":[{"id":"bookings","value":"amount","kinds":["order","refund"]}],"components":[{"id":"b","measure":"bookings","rate":6}]}]}""")]
    public async Task A_record_put_again_as_it_is_answers_200_and_makes_no_revision(string key, string body, string other)
    {
        var created = (await _platform.PutAsync($"/v1/{key}", body)).Expect(201);
        var revisions = Revisions();

        var again = (await _platform.PutAsync($"/v1/{key}", body)).Expect(200);

        Assert.Equal(created.Text, again.Text);
        Assert.Equal(created.Headers["ETag"], again.Headers["ETag"]);
        Assert.Equal(revisions, Revisions());

        var changed = (await _platform.PutAsync($"/v1/{key}", other)).Expect(200);
        Assert.NotEqual(created.Headers["ETag"], changed.Headers["ETag"]);
        Assert.Equal(revisions + 1, Revisions());
    }

    [Fact]
    public async Task A_quota_put_again_as_it_is_makes_no_revision()
    {
        const string quota = """{"rep":"E1","measure":"bookings","period":"2025","amount":"100.50"}""";
        (await _platform.PutAsync("/v1/quotas", quota)).Expect(201);
        var revisions = Revisions();

        (await _platform.PutAsync("/v1/quotas", quota.Replace("100.50", "100.5"))).Expect(200);

        Assert.Equal(revisions, Revisions());
    }

    [Fact]
    public async Task Places_of_a_list_are_never_empty() =>
        Assert.Equal("field_malformed", (await _platform.PutAsync("/v1/reps/hris/N1", """{"name":"Nina","managers":[null]}""")).Expect(400).Code);

    private long Revisions() => _platform.Service<Storage.SpmStore>().Read(s => s.Long("select count(*) from record"));
}
