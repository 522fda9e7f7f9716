using Spm.Platform.Http;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Http;

/// <summary>What is answered, and kept as an answer, does not grow with what was sent.</summary>
public sealed class EchoTests
{
    [Theory]
    [InlineData("POST", "/v1/payout-batches", """{"period":"@"}""")]
    [InlineData("POST", "/v1/payout-batches", """{"@":"x"}""")]
    [InlineData("POST", "/v1/transactions", """{"source":"crm","external_id":"T","kind":"@","date":"2025-01-05","amount":"1","currency":"USD","rep":"E1"}""")]
    [InlineData("PUT", "/v1/reps/hris/E1", """{"name":"Ann","manager":"@"}""")]
    [InlineData("PUT", "/v1/quotas", """{"rep":"@","measure":"@","period":"@","amount":"1"}""")]
    [InlineData("POST", "/v1/plans/check", """{"plan":"x","currency":"@","versions":[]}""")]
    [InlineData("POST", "/v1/api-keys", """{"name":"x","scopes":["@"]}""")]
    public async Task A_long_value_is_quoted_shortened(string method, string path, string body)
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);

        var answer = await platform.SendAsync(new HttpMethod(method), path, body.Replace("@", new string('y', 1_000_000), StringComparison.Ordinal));

        Assert.InRange(answer.Text.Length, 1, 20_000);
    }

    [Fact]
    public async Task What_is_shortened_keeps_its_beginning_and_its_end_and_is_text()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);

        var detail = (await platform.PostAsync("/v1/payout-batches", $$"""{"period":"{{string.Concat(Enumerable.Repeat("😀", 5000))}}"}""")).Json.Text("detail");

        Assert.StartsWith("The calendar has no period", detail, StringComparison.Ordinal);
        Assert.EndsWith("😀.", detail, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', detail);
    }

    [Fact]
    public async Task Answers_are_forgotten_after_a_week_while_the_platform_runs()
    {
        var clock = new ManualClock();
        await using var platform = await TestPlatform.StartAsync(configure: b => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<TimeProvider>(b.Services, clock));
        await SmallCompany.CreateAsync(platform);
        Task<TestPlatform.Answer> Post(int n) => platform.PostAsync("/v1/transactions", SmallCompany.Order($"T{n}", "E1", "2025-01-05", "1"), (IdempotencyFilter.Header, $"k{n}"));
        long Kept() => platform.Service<SpmStore>().Read(s => s.Long("select count(*) from idempotency"));
        for (var n = 0; n < 40; n++)
        {
            (await Post(n)).Expect(201);
        }
        Assert.Equal(40, Kept());
        Assert.True((await Post(7)).Expect(201).Headers.ContainsKey(IdempotentAnswers.ReplayedHeader));

        clock.Advance(TimeSpan.FromDays(8));
        for (var n = 100; n < 106; n++)
        {
            (await Post(n)).Expect(201);
        }

        Assert.Equal(6, Kept());
    }

    [Fact]
    public async Task A_key_belongs_to_the_route_however_its_address_is_spelt()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        (string, string) key = (IdempotencyFilter.Header, "once");

        (await platform.PostAsync("/v1/transactions", SmallCompany.Order("T1", "E1", "2025-01-05", "1"), key)).Expect(201);

        foreach (var path in (string[])["/V1/Transactions", "/v1/transactions/"])
        {
            Assert.True((await platform.PostAsync(path, SmallCompany.Order("T1", "E1", "2025-01-05", "1"), key)).Expect(201).Headers.ContainsKey(IdempotentAnswers.ReplayedHeader));
            Assert.Equal("idempotency_key_reused", (await platform.PostAsync(path, SmallCompany.Order("T2", "E1", "2025-01-05", "1"), key)).Expect(422).Code);
        }
    }
}
