using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Connections;

/// <summary>Records that do not count, and how each of them gets another try.</summary>
public sealed class WaitingRecordTests
{
    private const string Header = "id,updated_at,name,amount,currency,status,close_date,owner,note\n";

    [Fact]
    public async Task A_rejected_record_that_is_too_long_to_be_kept_says_so_and_a_retry_reads_it_anew()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Header + $"D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E9,{new string('n', 70_000)}\n");
        var id = await platform.ConnectFolderAsync();

        var row = Assert.Single(await platform.ListAsync($"/v1/connections/{id}/rows"));

        Assert.Equal(["rep_unknown", "record_not_kept"], row.GetProperty("errors").EnumerateArray().Select(e => e.Text("code")));
        Assert.Equal("400.00", row.GetProperty("amount").Text("amount"));
        (await platform.PutAsync("/v1/reps/hris/E9", """{"name":"Late","plan":"ae"}""")).Expect(201);
        Assert.Equal("", (await platform.RunAsync(id)).Rows());
        Assert.Equal("read 1, created 1", (await platform.RunAsync(id, "retry")).Rows());
        Assert.Empty(await platform.ListAsync($"/v1/connections/{id}/rows"));
        Assert.Contains("credited 400.00", await platform.LiveAsync("E9", "2025-01"));
    }

    [Fact]
    public async Task That_a_record_is_gone_is_tried_again_like_anything_else_that_was_rejected()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Header + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\n");
        var id = await platform.ConnectFolderAsync();
        // As a run leaves it that somebody has posted past.
        await platform.Service<SpmStore>().Writer.WriteAsync(s => s.Execute(
            "update connection_record set state = 2, body = $1 where key = 'D1'", """{"updatedAt":"2025-01-08T10:00:00+00:00","fields":{}}"""));

        Assert.Equal("read 1, corrected 1", (await platform.RunAsync(id)).Rows());

        Assert.Contains("credited 0.00", await platform.LiveAsync("E1", "2025-01"));
        Assert.Empty(await platform.ListAsync($"/v1/connections/{id}/rows"));
    }

    [Fact]
    public async Task A_row_that_is_corrected_further_down_its_file_does_not_wait_in_quarantine()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Header + "D1,2025-01-05T10:00:00Z,One,four hundred,USD,won,2025-01-05,E1,\nD1,2025-01-05T11:00:00Z,One,400,USD,won,2025-01-05,E1,\n");
        var id = await platform.ConnectFolderAsync();

        Assert.Empty(await platform.ListAsync($"/v1/connections/{id}/rows"));
        Assert.Contains("credited 400.00", await platform.LiveAsync("E1", "2025-01"));
    }

    /// <summary>What has no amount says no currency either: that is nothing to correct besides.</summary>
    [Theory]
    [InlineData(null, "amount")]
    [InlineData("""{"opportunities":{"fields":{"amount":{"from":"fields/note"}}}}""", "currency")]
    [InlineData("""{"opportunities":{"fields":{"currency":{"from":"fields/note"}}}}""", "amount currency")]
    [InlineData("""{"opportunities":{"fields":{"amount":{"from":"fields/note"},"currency":{"from":"fields/other"}}}}""", "currency")]
    public async Task Of_a_deal_without_an_amount_only_what_is_wrong_is_told(string? mapping, string fields)
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Header + $"D1,2025-01-05T10:00:00Z,One,,USD,won,2025-01-05,E1,{(fields == "currency" ? "400" : "")}\n");
        var id = await platform.ConnectFolderAsync(mapping ?? "{}");

        Assert.Equal(fields, string.Join(' ', Assert.Single(await platform.ListAsync($"/v1/connections/{id}/rows")).GetProperty("errors").EnumerateArray().Select(e => e.Text("field")).Order(StringComparer.Ordinal)));
        var preview = (await platform.PostAsync($"/v1/connections/{id}/preview", """{"stream":"opportunities"}""")).Expect(200);
        Assert.Equal(fields.Contains("amount", StringComparison.Ordinal), preview.Text.Contains("'amount' is required", StringComparison.Ordinal));
        Assert.Equal(fields.Contains("currency", StringComparison.Ordinal), preview.Text.Contains("'currency' is required", StringComparison.Ordinal));
    }
}
