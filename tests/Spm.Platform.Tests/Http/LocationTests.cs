using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Http;

public sealed class LocationTests
{
    [Fact]
    public async Task What_is_made_says_where_it_is_read_and_what_was_there_says_nothing()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);

        await HoldsAsync("POST", "/v1/transactions", SmallCompany.Order("L1", "E1", "2025-01-05", "100"), "transaction");
        await HoldsAsync("PUT", "/v1/transactions/crm/L2", """{"kind":"order","date":"2025-01-05","amount":"100","currency":"USD","rep":"E1"}""", "transaction");
        await HoldsAsync("PUT", "/v1/territories/crm/North", """{"name":"North"}""");
        await HoldsAsync("PUT", "/v1/reps/hris/E9", """{"name":"Rep E9"}""");
        await HoldsAsync("POST", "/v1/api-keys", """{"name":"A key","roles":["auditor"]}""", "api_key");
        await HoldsAsync("POST", "/v1/webhooks", """{"url":"https://hooks.example.com/spm"}""", "webhook");
        await HoldsAsync("POST", "/v1/connections", """{"connector":"files","name":"Folder","source":"folder"}""");

        async Task HoldsAsync(string method, string path, string body, string? member = null)
        {
            var made = (await platform.SendAsync(new HttpMethod(method), path, body)).Expect(201);
            var id = (member is null ? made.Json : made.Json.GetProperty(member)).Text("id");
            Assert.Equal(id, (await platform.GetAsync(made.Headers["Location"])).Expect(200).Json.Text("id"));
            if (method == "PUT")
            {
                Assert.DoesNotContain("Location", (await platform.SendAsync(new HttpMethod(method), path, body)).Expect(200).Headers);
            }
        }
    }
}
