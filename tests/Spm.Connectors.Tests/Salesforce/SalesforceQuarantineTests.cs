using Spm.Connectors.Hosting.Sync;

namespace Spm.Connectors.Tests.Salesforce;

/// <summary>What cannot be read of one record, and answers that have no end.</summary>
public sealed class SalesforceQuarantineTests : SalesforceRuns
{
    [Theory]
    [InlineData("users", "never")]
    [InlineData("users", null)]
    [InlineData("opportunities", "0000-00-00T00:00:00.000+0000")]
    public async Task A_record_whose_change_has_no_instant_is_told_and_the_others_are_read(string stream, string? time)
    {
        Vendor.Fill(stream, 150);
        var odd = stream == "users" ? SalesforceVendor.Id("005", 99) : SalesforceVendor.Id("006", 99);
        Org.Showing = (_, row) =>
        {
            if (row["Id"]?.GetValue<string>() == odd)
            {
                row["SystemModstamp"] = time;
            }
        };

        var outcome = await SyncAsync(stream);

        Assert.Equal((StreamStatus.Complete, null), (outcome.Status, outcome.Error?.Message));
        Assert.Equal((odd, "/SystemModstamp"), Assert.Single(Store.Quarantined) is var row ? (row.Key, row.Errors[0].Pointer) : default);
        Assert.Equal(149, Store.Records(stream).Count);
    }

    [Fact]
    public async Task A_deletion_without_an_instant_is_told_and_the_others_count()
    {
        Vendor.Fill("accounts", 10);
        await SyncAsync("accounts");
        var (odd, gone) = (Org["Account"].Delete(SalesforceVendor.Id("001", 3), DateTimeOffset.UtcNow), Org["Account"].Delete(SalesforceVendor.Id("001", 5), DateTimeOffset.UtcNow));
        Org.Showing = (_, row) =>
        {
            if (row["id"]?.GetValue<string>() == odd)
            {
                row["deletedDate"] = "recently";
            }
        };

        var outcome = await SyncAsync("accounts");

        Assert.Equal((StreamStatus.Complete, null), (outcome.Status, outcome.Error?.Message));
        Assert.Equal((odd, "/deletedDate"), Assert.Single(Store.Quarantined) is var row ? (row.Key, row.Errors[0].Pointer) : default);
        Assert.DoesNotContain(gone, Store.Records("accounts").Keys);
    }

    [Theory]
    [InlineData("SplitOwnerId")]
    [InlineData("SplitPercentage")]
    [InlineData("SystemModstamp")]
    public async Task A_share_that_lacks_something_makes_its_opportunity_invalid_and_no_other(string field)
    {
        Vendor.Fill("opportunities", 12);
        Org.Showing = (type, row) =>
        {
            if (type == "OpportunitySplit" && row["OpportunityId"]!.GetValue<string>() == SalesforceVendor.Id("006", 5) && row.ContainsKey("SplitOwnerId"))
            {
                row[field] = null;
            }
        };

        var outcome = await SyncAsync("opportunities");

        Assert.Equal((StreamStatus.Complete, null), (outcome.Status, outcome.Error?.Message));
        Assert.All(Store.Quarantined, row => Assert.Equal((SalesforceVendor.Id("006", 5), "/" + field), (row.Key, row.Errors[0].Pointer)));
        Assert.Equal(11, Store.Records("opportunities").Count);
    }

    [Fact]
    public async Task A_stage_without_a_name_of_its_own_is_told_and_the_others_are_read()
    {
        Vendor.Fill("stages", 5);
        Org.Showing = (_, row) => row["ApiName"] = row["ApiName"]?.GetValue<string>() == "Stage 2" ? null : row["ApiName"]?.DeepClone();

        var outcome = await SyncAsync("stages");

        Assert.Equal((StreamStatus.Complete, null, 4), (outcome.Status, outcome.Error?.Message, Store.Records("stages").Count));
        Assert.Single(Store.Quarantined);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("users")]
    [InlineData("opportunities")]
    [InlineData("stages")]
    public async Task An_answer_that_goes_on_where_it_began_ends_its_stream(string stream)
    {
        Vendor.Fill(stream, 10);
        Org.GoesRound = true;

        Assert.Equal((StreamStatus.Failed, ErrorKind.RemoteBug), await SyncAsync(stream) is var outcome ? (outcome.Status, outcome.Error!.Kind) : default);
        Assert.InRange(Vendor.Server.Requests.Count, 1, 20);
    }
}
