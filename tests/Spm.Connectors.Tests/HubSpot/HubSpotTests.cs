using System.Text.Json;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Conformance.Support;
using Spm.Connectors.Hosting.Sync;
using Spm.Connectors.HubSpot;

namespace Spm.Connectors.Tests.HubSpot;

public sealed class HubSpotTests
{
    private static readonly ConnectorConfig Config =
        new(JsonSerializer.SerializeToElement(new { currency = "EUR", time_zone = "America/New_York" }));

    private static ObjectPage Payload(string name) => JsonSerializer.Deserialize<ObjectPage>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "HubSpot", "payloads", name)), JsonSerializerOptions.Web)!;

    [Fact]
    public void A_won_deal_is_read_exactly_and_its_close_date_is_a_day_of_the_accounts_zone()
    {
        var record = (SourceRecord)Mapping.For(Config).Deal(Payload("deals.search.json").Results[0], null);
        var deal = (Opportunity)record.Entity!;
        Assert.Equal("Müller & Söhne: Renewal", deal.Name);
        Assert.Equal(new Money(12345.67m, "USD"), deal.Amount);
        Assert.Equal(OpportunityStatus.Won, deal.Status);
        // 03:30 UTC on the first of April is the evening of March in New York.
        Assert.Equal(new DateOnly(2025, 3, 31), deal.CloseDate);
        Assert.Equal("51234", deal.Owner);
        Assert.Equal("emea", record.Fields["region__c"]);
    }

    [Fact]
    public void What_is_not_set_stays_unknown_and_is_never_zero()
    {
        var deal = (Opportunity)((SourceRecord)Mapping.For(Config).Deal(Payload("deals.search.json").Results[1], null)).Entity!;
        Assert.Null(deal.Amount);
        Assert.Null(deal.CloseDate);
        Assert.Equal(OpportunityStatus.Open, deal.Status);
    }

    [Fact]
    public void A_row_that_cannot_be_read_names_every_property_that_is_wrong()
    {
        var row = Assert.IsType<InvalidRow>(Mapping.For(Config).Deal(Payload("deals.search.json").Results[2], null));
        Assert.Equal("9003", row.Key);
        Assert.Equal(["/properties/closedate", "/properties/amount"], row.Errors.Select(e => e.Pointer));
    }

    [Theory]
    [InlineData("""{"amount":12.5}""")]
    [InlineData("""{"amount":{"value":"12.5"}}""")]
    [InlineData("""{"amount":"12.5","amount":"13"}""")]
    [InlineData("""["amount"]""")]
    public void A_property_that_is_no_text_or_is_there_twice_is_no_answer(string properties) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ObjectPage>($$"""{"results":[{"id":"1","properties":{{properties}}}]}""", JsonSerializerOptions.Web));

    [Fact]
    public async Task Properties_that_people_have_added_are_read_where_the_configuration_names_them()
    {
        async Task<string?> RegionAsync(params string[] properties)
        {
            await using var bench = await Bench.StartAsync(new HubSpotSubject(properties));
            bench.Vendor.Fill("deals", 1);
            var store = new MemoryStore();
            await bench.SyncAsync(store, bench.Manifest.Stream("deals")!, StreamState.New);
            return Assert.Single(store.Records("deals")).Value.Fields.GetValueOrDefault("region__c");
        }

        Assert.Equal("emea", await RegionAsync("region__c"));
        Assert.Null(await RegionAsync());
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(0)]
    public async Task More_than_a_search_may_give_are_read_whether_their_times_differ_or_not(int step)
    {
        await using var bench = await Bench.StartAsync(new HubSpotSubject());
        ((HubSpotVendor)bench.Vendor).Step = step;
        bench.Vendor.Fill("deals", 20_500);
        var store = new MemoryStore();

        var run = await bench.SyncAsync(store, bench.Manifest.Stream("deals")!, StreamState.New);

        Assert.True(run.Status == RunStatus.Complete, run.Streams[0].Error?.ToString());
        Assert.Equal(20_500, store.Records("deals").Count);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(0)]
    public async Task A_deal_that_is_changed_while_deals_are_read_moves_no_other_out_of_sight(int step)
    {
        await using var bench = await Bench.StartAsync(new HubSpotSubject());
        var (vendor, searches) = ((HubSpotVendor)bench.Vendor, 0);
        vendor.Step = step;
        vendor.Fill("deals", 1000);
        vendor.Step = 1000;
        vendor.Searching = () =>
        {
            if (++searches == 3)
            {
                vendor.Change("deals");
            }
            return Task.CompletedTask;
        };

        var (messages, error) = await bench.ReadAsync("deals", null);

        Assert.Null(error);
        Assert.Equal(vendor.Keys("deals").Order(), messages.OfType<SourceRecord>().Select(r => r.Key).Distinct().Order());
        Assert.Contains(messages.OfType<SourceRecord>(), r => r.Key == "1003" && ((Opportunity)r.Entity!).Amount == new Money(77, "EUR"));
    }

    [Fact]
    public async Task A_search_that_leads_nowhere_ends_as_the_vendors_mistake()
    {
        await using var bench = await Bench.StartAsync(new HubSpotSubject());
        bench.Vendor.Server!.Given(Request.Post("/crm/v3/objects/deals/search")).RespondWith(Response.Json(
            """{"results":[{"id":"1","properties":{"hs_lastmodifieddate":"2025-01-01T00:00:00Z"}}],"paging":{"next":{"after":"1"}}}"""));

        var (_, error) = await bench.ReadAsync("deals", null);

        Assert.Equal(ErrorKind.RemoteBug, error?.Kind);
    }

    [Fact]
    public async Task A_line_item_knows_its_deal()
    {
        await using var bench = await Bench.StartAsync(new HubSpotSubject());
        bench.Vendor.Fill("line_items", 3);
        var (messages, _) = await bench.ReadAsync("line_items", null);
        Assert.All(messages.OfType<SourceRecord>(), r => Assert.Equal("1000", ((OpportunityLine)r.Entity!).Opportunity));
    }

    [Fact]
    public async Task Owners_who_left_are_people_who_are_not_active()
    {
        await using var bench = await Bench.StartAsync(new HubSpotSubject());
        bench.Vendor.Fill("owners", 10);
        var people = (await bench.ReadAsync("owners", null)).Messages.OfType<SourceRecord>().ToDictionary(r => r.Key, r => (Person)r.Entity!);
        Assert.False(people["1005"].Active);
        Assert.True(people["1001"].Active);
    }

    [Fact]
    public async Task A_list_whose_next_page_is_the_one_that_was_given_ends_as_a_bug_of_the_vendors()
    {
        await using var bench = await Bench.StartAsync(new HubSpotSubject());
        bench.Vendor.Fill("deals", 3);
        const string page = """{"results":[{"id":"1","archivedAt":"2025-02-01T00:00:00Z","properties":{}}],"paging":{"next":{"after":"1"}}}""";
        var asked = 0;
        bench.Vendor.Server!.Given(Request.Get("/crm/v3/objects/deals").WithQuery("archived", "true")).RespondWith(
            _ => Response.Json(++asked < 500 ? page : """{"results":[]}"""));

        var run = await bench.SyncAsync(new MemoryStore(), bench.Manifest.Stream("deals")!, StreamState.New);

        Assert.Equal(ErrorKind.RemoteBug, run.Streams[0].Error?.Kind);
        Assert.InRange(asked, 2, 100);
    }

    [Theory]
    [InlineData("hs_is_closed_won", "yes")]
    [InlineData("hs_is_closed", "1")]
    public void A_deal_of_which_nobody_knows_whether_it_is_won_is_not_taken_for_an_open_one(string property, string value) =>
        Assert.Equal($"/properties/{property}", Assert.IsType<InvalidRow>(Mapping.For(Config).Deal(
            new HubSpotObject("1", new Dictionary<string, string?> { ["dealname"] = "A", [property] = value, [Mapping.Modified] = "2025-04-01T00:00:00Z" }, null, null), null)).Errors[0].Pointer);

    [Theory]
    [InlineData("0000-00-00T00:00:00Z")]
    [InlineData("soon")]
    public async Task An_owner_or_a_deletion_without_an_instant_is_told_and_the_others_are_read(string time)
    {
        await using var bench = await Bench.StartAsync(new HubSpotSubject());
        var store = new MemoryStore();
        bench.Vendor.Server!.Given(Request.Get("/crm/v3/owners")).RespondWith(Response.Json($$"""{"results":[{"id":"1","email":"a@acme.example","archived":false,"updatedAt":"{{time}}"},{"id":"2","email":"b@acme.example","archived":false}]}"""));
        bench.Vendor.Fill("deals", 3);
        bench.Vendor.Server!.Given(Request.Get("/crm/v3/objects/deals").WithQuery("archived", "true")).RespondWith(Response.Json($$$"""{"results":[{"id":"8","archivedAt":"{{{time}}}","properties":{}}]}"""));

        var owners = (await bench.SyncAsync(store, bench.Manifest.Stream("owners")!, StreamState.New)).Streams[0];
        var deals = (await bench.SyncAsync(store, bench.Manifest.Stream("deals")!, StreamState.New)).Streams[0];

        Assert.Equal((StreamStatus.Complete, StreamStatus.Complete, null), (owners.Status, deals.Status, owners.Error?.Message ?? deals.Error?.Message));
        Assert.Equal(["1 /updatedAt", "8 /archivedAt"], store.Quarantined.Select(q => $"{q.Key} {q.Errors[0].Pointer}").Distinct());
        Assert.Equal((1, 3), (store.Records("owners").Count, store.Records("deals").Count));
    }

    [Theory]
    [InlineData("\"never\"", null)]
    [InlineData(null, "\"never\"")]
    [InlineData(null, null)]
    public async Task A_deal_of_which_nobody_knows_when_it_changed_is_told_and_the_others_are_read(string? modified, string? updated)
    {
        await using var bench = await Bench.StartAsync(new HubSpotSubject());
        var store = new MemoryStore();
        bench.Vendor.Server!.Given(Request.Post("/crm/v3/objects/deals/search")).RespondWith(Response.Json(
            "{\"results\":[{\"id\":\"2\",\"properties\":{\"hs_lastmodifieddate\":\"2025-01-01T00:00:00Z\"}},"
            + $"{{\"id\":\"1\",\"updatedAt\":{updated ?? "null"},\"properties\":{{\"hs_lastmodifieddate\":{modified ?? "null"}}}}}]}}"));

        var outcome = (await bench.SyncAsync(store, bench.Manifest.Stream("deals")!, StreamState.New)).Streams[0];

        Assert.Equal((StreamStatus.Complete, null), (outcome.Status, outcome.Error?.Message));
        Assert.Equal(("1", "/properties/hs_lastmodifieddate"), Assert.Single(store.Quarantined) is var row ? (row.Key, row.Errors[0].Pointer) : default);
        Assert.Equal("2", Assert.Single(store.Records("deals")).Key);
    }
}
