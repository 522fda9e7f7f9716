using Spm.Connectors.Conformance.Support;
using Spm.Connectors.Hosting.Http;
using Spm.Connectors.Hosting.Sync;
using Spm.Connectors.Salesforce;

namespace Spm.Connectors.Tests.Salesforce;

/// <summary>What is asked of the org, and where a read goes on.</summary>
public sealed class SalesforceReadingTests : SalesforceRuns
{
    private Opportunity Deal(int number) => (Opportunity)Store.Records("opportunities")[SalesforceVendor.Id("006", number)].Entity!;

    private List<string> Queries() => [.. Vendor.Server.Requests.Select(r => r.Query("q")).OfType<string>()];

    private static StreamState At(Position position) => new() { Checkpoint = Checkpoint.Of(position) };

    [Fact]
    public async Task A_backfill_reads_a_job_and_what_comes_later_is_asked_for_by_its_change()
    {
        Vendor.Fill("opportunities", 250);
        await SyncAsync("opportunities");
        var key = Vendor.Change("opportunities")!;
        var outcome = await SyncAsync("opportunities");
        Assert.Equal((1, 250), (Org.Jobs, Store.Records("opportunities").Count));
        Assert.Equal(1, outcome.Records);
        Assert.Equal(new Money(77m, "USD"), ((Opportunity)Store.Records("opportunities")[key].Entity!).Amount);
    }

    [Fact]
    public async Task Of_few_records_no_job_is_made()
    {
        Vendor.Fill("opportunities", 199);
        await SyncAsync("opportunities");
        Assert.Equal((0, 199), (Org.Jobs, Store.Records("opportunities").Count));
    }

    [Fact]
    public async Task Whoever_wants_to_see_some_records_need_not_wait_for_a_job()
    {
        Vendor.Fill("opportunities", 250);
        var source = (ISource)await Bench.OpenAsync();
        await foreach (var message in source.ReadAsync(new ReadRequest("opportunities", null), CancellationToken.None))
        {
            if (message is SourceRecord)
            {
                break;
            }
        }
        Assert.Equal(0, Org.Jobs);
    }

    [Fact]
    public async Task A_backfill_that_is_cut_off_goes_on_in_its_job_at_its_page()
    {
        Vendor.Fill("opportunities", 250);
        var (messages, _) = await Bench.ReadAsync("opportunities", null);
        var checkpoints = messages.OfType<Checkpoint>().Where(c => c.Read<Position>().Job is not null).ToList();
        // When the job was made, with what is to be expected, and after each page but the last.
        Assert.Equal([null, null, "100", "200"], checkpoints.Select(c => c.Read<Position>().Locator));
        Assert.Equal(250, messages.OfType<Expected>().Single().Records);

        var rest = (await Bench.ReadAsync("opportunities", checkpoints[^1])).Messages.OfType<SourceRecord>();
        Assert.Equal(50, rest.Count());
        Assert.Equal(1, Org.Jobs);
    }

    [Fact]
    public async Task A_job_that_nobody_knows_any_more_begins_again()
    {
        Vendor.Fill("accounts", 250);
        var outcome = (await Bench.SyncAsync(Store, Bench.Manifest.Stream("accounts")!, At(new Position { Job = "750gone", Locator = "100" }))).Streams[0];
        Assert.Equal((StreamStatus.Complete, 250), (outcome.Status, Store.Records("accounts").Count));
    }

    [Fact]
    public async Task A_job_that_was_made_for_other_fields_begins_again()
    {
        Vendor.Fill("opportunities", 250);
        var (messages, _) = await Bench.ReadAsync("opportunities", null);
        Org["Opportunity"].Fields.Remove("CurrencyIsoCode");
        var (_, error) = await Bench.ReadAsync("opportunities", messages.OfType<Checkpoint>().First(c => c.Read<Position>().Job is not null));
        Assert.Equal(ErrorKind.CursorExpired, error!.Kind);
    }

    [Fact]
    public async Task A_page_of_a_job_that_ends_too_early_is_not_taken()
    {
        Vendor.Fill("accounts", 250);
        Org.CutOff = true;
        var (messages, error) = await Bench.ReadAsync("accounts", null);
        Assert.Equal(ErrorKind.RemoteBug, error!.Kind);
        Assert.Null(messages.OfType<Checkpoint>().Last().Read<Position>().Locator);
    }

    [Theory]
    [InlineData("INVALID_FIELD: No such column 'Region__c'", ErrorKind.SchemaChanged)]
    [InlineData("QUERY_TIMEOUT: Your query request was running for too long.", ErrorKind.CursorExpired)]
    [InlineData(null, ErrorKind.CursorExpired)]
    public async Task A_job_that_failed_says_why(string? said, ErrorKind kind)
    {
        Vendor.Fill("opportunities", 250);
        Org.JobError = said ?? "";
        Assert.Equal(kind, (await Bench.ReadAsync("opportunities", null)).Error!.Kind);
    }

    [Fact]
    public async Task A_job_is_waited_for()
    {
        Vendor.Fill("accounts", 250);
        Org.Polls = 1;
        Assert.Equal(StreamStatus.Complete, (await SyncAsync("accounts")).Status);
        Assert.Equal(2, Vendor.Server.Requests.Count(r => r.Path.EndsWith("/jobs/query/7500", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_job_that_takes_longer_than_a_run_is_left_to_run_and_found_by_the_next_one()
    {
        Vendor.Fill("accounts", 250);
        Org.Polls = 1000;
        var address = Vendor.Server.Address;
        using var http = ConnectorHttp.Create(Bench.Manifest, address, TimeProvider.System, Bench.Log, new ConnectorHttpOptions { AllowPrivateAddresses = true });
        var context = new ConnectorContext
        {
            Config = Bench.Config,
            Secrets = new Secrets(Bench.Secrets),
            Http = http,
            Clock = new HastyClock(),
            Log = Bench.Log,
            BaseAddress = address,
        };
        await using var connection = await new SalesforceConnector().OpenAsync(context, CancellationToken.None);
        var engine = new SyncEngine(connection, Store, TimeProvider.System, Bench.Log);
        var outcome = (await engine.RunAsync([new StreamPlan(Bench.Manifest.Stream("accounts")!, SyncMode.Incremental, StreamState.New)], CancellationToken.None)).Streams[0];
        Assert.Equal((StreamStatus.Waiting, TimeSpan.FromMinutes(10)), (outcome.Status, outcome.Error!.RetryAfter));
        // Asked ever more seldom: a job must not use up the calls that its results need.
        Assert.InRange(Vendor.Server.Requests.Count(r => r.Path.EndsWith("/jobs/query/7500", StringComparison.Ordinal)), 10, 30);

        Org.Finish();
        Assert.Equal((StreamStatus.Complete, 1), ((await SyncAsync("accounts")).Status, Org.Jobs));
    }

    [Fact]
    public async Task Users_who_share_one_second_are_read_by_id_and_none_is_lost()
    {
        Vendor.Step = 0;
        Vendor.Fill("users", 450);
        var (messages, _) = await Bench.ReadAsync("users", null);
        var middle = messages.OfType<Checkpoint>().ElementAt(1);
        var rest = (await Bench.ReadAsync("users", middle)).Messages.OfType<SourceRecord>();
        Assert.Equal(450, messages.OfType<SourceRecord>().DistinctBy(r => r.Key).Count());
        // Exactly what two pages of a hundred have left.
        Assert.Equal(250, rest.Count());
    }

    [Fact]
    public async Task Customers_of_a_portal_are_not_people()
    {
        Vendor.Fill("users", 3);
        await SyncAsync("users");
        Assert.Equal(3, Store.Records("users").Count);
        var person = (Person)Store.Records("users")[SalesforceVendor.Id("005", 1)].Entity!;
        Assert.Equal(("1@acme.example", SalesforceVendor.Id("005", 0), true, "1"), (person.Email, person.Manager, person.Active, person.EmployeeNumber));
        Assert.False(((Person)Store.Records("users")[SalesforceVendor.Id("005", 0)].Entity!).Active);
    }

    [Fact]
    public async Task A_change_that_is_shown_late_is_seen_because_runs_look_back()
    {
        Vendor.Fill("users", 5);
        await SyncAsync("users");
        // Its transaction ended after the run, and began before the last change that the run has seen.
        var late = SalesforceTable.At(Org["User"][SalesforceVendor.Id("005", 4)]).AddMinutes(-9);
        Org["User"].Put(SalesforceVendor.Id("005", 99), late, ("Name", "Late"), ("IsActive", true), ("UserType", "Standard"));
        await SyncAsync("users");
        Assert.Equal(6, Store.Records("users").Count);
    }

    [Fact]
    public async Task A_locator_that_is_lost_costs_no_more_than_its_page()
    {
        Vendor.Fill("users", 450);
        Store.Before = c =>
        {
            if (Store.Commits == 1)
            {
                Org.ForgetLocators();
            }
        };
        var outcome = await SyncAsync("users");
        Assert.Equal((StreamStatus.Complete, 450), (outcome.Status, outcome.Records));
    }

    [Fact]
    public async Task Deletions_are_asked_for_from_where_the_last_answer_ended()
    {
        Vendor.Fill("opportunity_lines", 10);
        await SyncAsync("opportunity_lines");
        var key = Org["OpportunityLineItem"].Delete(SalesforceVendor.Id("00k", 3), DateTimeOffset.UtcNow.AddHours(-5));
        await Bench.SyncAsync(Store, Bench.Manifest.Stream("opportunity_lines")!, At(Position.From(DateTimeOffset.UtcNow.AddHours(-6))));
        Assert.DoesNotContain(key, Store.Records("opportunity_lines").Keys);
        Assert.InRange(Store.State("opportunity_lines").Checkpoint!.Read<Position>().DeletedFrom!.Value, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task A_deletion_is_told_and_nothing_else_is_read_again()
    {
        Vendor.Fill("opportunity_lines", 10);
        await SyncAsync("opportunity_lines");
        var key = Vendor.Remove("opportunity_lines")!;
        Assert.Equal(1, (await SyncAsync("opportunity_lines")).Records);
        Assert.DoesNotContain(key, Store.Records("opportunity_lines").Keys);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(40)]
    public async Task A_run_after_deletions_were_forgotten_reads_everything_again(int days)
    {
        Vendor.Fill("accounts", 5);
        var ago = DateTimeOffset.UtcNow.AddDays(-days);
        var old = new Position { DeletedFrom = ago, Changes = new Mark(ago, "", Over: true), Shares = new Mark(ago, "", Over: true) };
        Assert.Equal(ErrorKind.CursorExpired, (await Bench.ReadAsync("accounts", Checkpoint.Of(old))).Error!.Kind);

        await Bench.SyncAsync(Store, Bench.Manifest.Stream("accounts")!, At(old));
        Assert.Equal(5, Store.Records("accounts").Count);
    }

    [Fact]
    public async Task Shares_of_the_main_type_divide_overlay_stands_beside_and_others_are_left_out()
    {
        Vendor.Fill("opportunities", 6);
        await SyncAsync("opportunities");
        Assert.Equal(
            [new(SalesforceVendor.Id("005", 1), 60), new(SalesforceVendor.Id("005", 2), 40), new OpportunitySplit(SalesforceVendor.Id("005", 3), 100, Overlay: true)], Deal(5).Splits);
        Assert.Empty(Deal(4).Splits);
    }

    [Fact]
    public async Task A_share_that_changes_or_goes_changes_its_opportunity()
    {
        Vendor.Fill("opportunities", 11);
        await SyncAsync("opportunities");
        DateTimeOffset?[] Changed() => [.. ((int[])[5, 10]).Select(i => Store.Records("opportunities")[SalesforceVendor.Id("006", i)].UpdatedAt)];
        var before = Changed();

        Vendor.Share(5, 2, SalesforceVendor.Revenue, 30);
        Vendor.Share(5, 9, SalesforceVendor.Revenue, 10);
        Org["OpportunitySplit"].Delete(SalesforceVendor.Id("0GS", 103), DateTimeOffset.UtcNow);
        Assert.Equal(2, (await SyncAsync("opportunities")).Records);

        Assert.Equal([60m, 30m, 100m, 10m], Deal(5).Splits.Select(s => s.Percent));
        // Later also where a share has gone: otherwise the platform would take it for what it has already.
        Assert.All(Changed().Zip(before), c => Assert.True(c.First > c.Second));
        Assert.DoesNotContain(Deal(10).Splits, s => s.Overlay);
    }

    [Fact]
    public async Task An_org_without_splits_and_territories_is_not_asked_for_them()
    {
        Vendor.Fill("opportunities", 6);
        foreach (var type in (string[])["OpportunitySplit", "OpportunitySplitType", "Territory2", "UserTerritory2Association"])
        {
            Org.SwitchOff(type);
        }
        foreach (var field in (string[])["Territory2Id", "RecordTypeId", "CurrencyIsoCode"])
        {
            Org["Opportunity"].Fields.Remove(field);
        }
        var streams = await (await Bench.OpenAsync()).DiscoverAsync(CancellationToken.None);
        Assert.Equal(["opportunities", "opportunity_lines", "users", "accounts", "stages"], streams.Select(s => s.Name));

        Assert.Equal(StreamStatus.Complete, (await SyncAsync("opportunities")).Status);
        Assert.Empty(Deal(5).Splits);
        Assert.Equal("EUR", Deal(5).Amount!.Value.Currency);
        Assert.DoesNotContain(Queries(), q => q.Contains("Split", StringComparison.Ordinal) || q.Contains("Territory2Id", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Revenue")]
    [InlineData("RevenueSplit")]
    public async Task A_split_type_is_known_by_its_label_and_by_its_name(string name)
    {
        await using var bench = await Bench.StartAsync(new SalesforceSubject(("split_type", name)));
        bench.Vendor.Fill("opportunities", 1);
        Assert.Null((await bench.ReadAsync("opportunities", null)).Error);
    }

    [Fact]
    public async Task A_split_type_that_the_org_has_not_is_a_mistake_of_the_configuration()
    {
        await using var bench = await Bench.StartAsync(new SalesforceSubject(("split_type", "Umsatz")));
        bench.Vendor.Fill("opportunities", 1);
        var error = (await bench.ReadAsync("opportunities", null)).Error!;
        Assert.Equal((ErrorKind.Config, "/split_type"), (error.Kind, error.Field));
        Assert.Contains("only Revenue, Overlay, Margin", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_that_people_have_added_are_discovered_and_read_where_they_are_asked_for()
    {
        Vendor.Fill("opportunities", 1);
        var streams = (await (await Bench.OpenAsync()).DiscoverAsync(CancellationToken.None)).ToDictionary(s => s.Name, s => s.Fields);
        Assert.True(streams["opportunities"].Single(f => f.Name == "Region__c").Custom);
        Assert.DoesNotContain(streams["users"], f => f.Name == "Address");
        await SyncAsync("opportunities");
        Assert.Equal("emea", Store.Records("opportunities").Values.Single().Fields["Region__c"]);
    }

    [Fact]
    public async Task A_field_that_is_gone_pauses_its_stream_and_reads_nothing_in_its_place()
    {
        Vendor.Fill("users", 5);
        Org["User"].Fields.Remove("Email");
        var outcome = await SyncAsync("users");
        Assert.Equal((StreamStatus.Paused, ErrorKind.SchemaChanged, 0), (outcome.Status, outcome.Error!.Kind, (int)outcome.Records));
        Assert.Contains("Email", outcome.Error.Message, StringComparison.Ordinal);
    }

    private sealed class Secrets(IReadOnlyDictionary<string, string> known) : ISecrets
    {
        public string Get(string name) => known[name];

        public bool Has(string name) => known.ContainsKey(name);
    }

    /// <summary>Whoever waits by it has waited at once.</summary>
    private sealed class HastyClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
