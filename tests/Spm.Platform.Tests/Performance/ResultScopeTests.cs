using System.Net.Http.Headers;
using Spm.Platform.Credentials;
using Spm.Platform.Kernel;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Performance;

public sealed class ResultScopeTests
{
    [Fact]
    public async Task Results_need_performance_read_and_problems_need_transactions_read()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var rep = await platform.IdAsync("reps", "E1");
        string[] performance = [$"/v1/reps/{rep}/live", "/v1/performance/reps?period=2025", "/v1/attainments", "/v1/territories/x/live", "/v1/plans/x/live"];
        string[] transactions = ["/v1/problems", "/v1/problems/summary", "/v1/reconciliation"];
        await UseAsync(platform, "spm_performance0000000000000", Scopes.PerformanceRead);
        foreach (var path in transactions)
        {
            Assert.Equal("forbidden", (await platform.GetAsync(path)).Expect(403).Code);
        }
        await UseAsync(platform, "spm_transactions000000000000", Scopes.TransactionsRead);
        foreach (var path in performance)
        {
            Assert.Equal("forbidden", (await platform.GetAsync(path)).Expect(403).Code);
        }
    }

    private static async Task UseAsync(TestPlatform platform, string key, string scope)
    {
        await platform.Service<ApiKeys>().AddAsync(1, "test", key, scope);
        platform.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }
}
