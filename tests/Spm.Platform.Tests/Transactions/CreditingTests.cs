using System.Text.Json;
using Spm.Platform.Tests.Imports;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Transactions;

/// <summary>Which transactions a month's credits come from, when a file brought many of one rep at once.</summary>
public sealed class CreditingTests
{
    [Fact]
    public async Task A_month_finds_the_current_transactions_of_a_file_and_no_others()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await ImportAsync(platform);
        Assert.Equal("T1 100, T3 100, T5 100", await CreditsAsync(platform, "E1", "2025-01"));
        Assert.Equal("T2 100, T4 100, T6 100", await CreditsAsync(platform, "E1", "2025-02"));
        Assert.Equal("U1 70", await CreditsAsync(platform, "E2", "2025-01"));

        await platform.SellAsync("T1", "E1", "2025-02-05", "1", version: 2);
        await platform.SellAsync("T2", "E2", "2025-02-05", "2", version: 2);
        await platform.SellAsync("T3", "E1", "2025-01-05", "3", version: 2);

        Assert.Equal("T3 3, T5 100", await CreditsAsync(platform, "E1", "2025-01"));
        Assert.Equal("T1 1, T4 100, T6 100", await CreditsAsync(platform, "E1", "2025-02"));
        Assert.Equal("T2 2", await CreditsAsync(platform, "E2", "2025-02"));
    }

    [Fact]
    public async Task A_change_of_the_roster_and_back_finds_each_transaction_of_a_file_once()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await ImportAsync(platform);
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Rep E1","title":"AE","manager":"M1","plan":"ae","hired_on":"2025-02-01"}""")).Expect(200);
        Assert.Equal("T2 100, T4 100, T6 100", await CreditsAsync(platform, "E1", "2025-02"));
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Rep E1","title":"AE","manager":"M1","plan":"ae"}""")).Expect(200);

        Assert.Equal("T1 100, T3 100, T5 100", await CreditsAsync(platform, "E1", "2025-01"));
        Assert.Equal("T2 100, T4 100, T6 100", await CreditsAsync(platform, "E1", "2025-02"));
    }

    private static async Task ImportAsync(TestPlatform platform)
    {
        var rows = Enumerable.Range(1, 6).Select(i => ImportSteps.Order($"T{i}", date: i % 2 == 1 ? "2025-01-05" : "2025-02-05")).Append(ImportSteps.Order("U1", rep: "E2", amount: "70"));
        Assert.Equal("succeeded", (await platform.ImportAsync("transactions", string.Join('\n', rows))).Text("status"));
    }

    /// <summary>The credits that explain the month's incentive, after checking that they add up to it.</summary>
    private static async Task<string> CreditsAsync(TestPlatform platform, string rep, string month)
    {
        var incentive = (await platform.ExplainAsync(rep, month)).GetProperty("incentives")[0];
        JsonElement[] credits = [.. incentive.GetProperty("credits").EnumerateArray()];
        Assert.Equal(incentive.Number("credited"), credits.Sum(c => c.Number("amount")));
        return string.Join(", ", credits.Select(c => $"{c.GetProperty("transaction").Text("external_id")} {c.Number("amount"):0.####}").Order(StringComparer.Ordinal));
    }
}
