using System.Text.Json;
using System.Text.Json.Nodes;
using Spm.Connectors.BambooHr;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Conformance.Support;
using Spm.Connectors.Conformance.Xunit;
using Spm.Connectors.Hosting.Sync;

namespace Spm.Connectors.Tests.BambooHr;

public sealed class BambooHrConformance() : ConnectorConformance(new BambooHrSubject());

/// <summary>The connector with its own manifest, as it is built.</summary>
/// <param name="keepsToItsFile">Of the vendor: <see cref="BambooHrVendor.KeepsToItsFile"/>.</param>
public sealed class BambooHrSubject(bool keepsToItsFile = false) : Subject
{
    public override ConnectorManifest Manifest { get; } = ManifestReader.ReadFile(Path.Combine(AppContext.BaseDirectory, "BambooHr", ManifestReader.FileName));

    public override JsonElement Configuration { get; } = JsonSerializer.SerializeToElement(new { api_key = BambooHrVendor.Key });

    /// <summary>Each is a call of its own.</summary>
    public override int ManyRecords => 3_000;

    public override IConnector Create() => new BambooHrConnector();

    public override async Task<IVendor> StartVendorAsync() => new BambooHrVendor(await StubServer.StartAsync()) { KeepsToItsFile = keepsToItsFile };
}

public sealed class BambooHrTests
{
    [Fact]
    public void The_last_day_of_work_is_not_the_first_day_gone()
    {
        var employee = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "BambooHr", "payloads", "employee.json")))!;

        var person = (Person)((SourceRecord)Mapping.Person("1003", DateTimeOffset.UnixEpoch, employee)).Entity!;

        Assert.Equal(("Zoë O’Neil", "1001", "77", false), (person.Name, person.Manager, person.EmployeeNumber, person.Active));
        Assert.Equal((new DateOnly(2021, 3, 1), new DateOnly(2025, 4, 1)), (person.HiredOn, person.LeftOn));
    }

    [Fact]
    public void A_day_of_zeros_is_not_known()
    {
        var zero = JsonDocument.Parse("""{"displayName":"A","hireDate":"0000-00-00","terminationDate":"0000-00-00"}""").RootElement.Deserialize<Dictionary<string, JsonElement>>()!;

        var person = (Person)((SourceRecord)Mapping.Person("1", DateTimeOffset.UnixEpoch, zero)).Entity!;

        Assert.Equal(((DateOnly?)null, (DateOnly?)null), (person.HiredOn, person.LeftOn));
        Assert.IsType<InvalidRow>(Mapping.Job("1", DateTimeOffset.UnixEpoch, zero));
    }

    [Fact]
    public void A_row_of_a_job_without_its_day_names_the_field()
    {
        var row = Assert.IsType<InvalidRow>(Mapping.Job("1", DateTimeOffset.UnixEpoch, new Dictionary<string, JsonElement>()));
        Assert.Equal("/date", Assert.Single(row.Errors).Pointer);
    }

    private static Dictionary<string, JsonElement> Row(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;

    [Theory]
    [InlineData("people", "\"0000-00-00T00:00:00+00:00\"")]
    [InlineData("people", "\"soon\"")]
    [InlineData("people", "1e20")]
    [InlineData("people", "null")]
    [InlineData("people", "[]")]
    [InlineData("jobs", "\"9999-99-99T00:00:00+00:00\"")]
    [InlineData("jobs", "null")]
    public async Task Somebody_whose_change_has_no_instant_is_told_and_everybody_else_is_read(string name, string value)
    {
        await using var bench = await Bench.StartAsync(new BambooHrSubject());
        var (store, stream, vendor) = (new MemoryStore(), bench.Manifest.Stream(name)!, (BambooHrVendor)bench.Vendor);
        vendor.Fill(name, 10);
        vendor.Says["1002"] = said => said["lastChanged"] = JsonNode.Parse(value);

        var outcome = (await bench.SyncAsync(store, stream, StreamState.New)).Streams[0];

        Assert.Equal((StreamStatus.Complete, null), (outcome.Status, outcome.Error?.Message));
        Assert.Equal(("1002", "/lastChanged"), Assert.Single(store.Quarantined) is var row ? (row.Key, row.Errors[0].Pointer) : default);
        Assert.Equal(9, store.Records(name).Count);
        var changed = vendor.Change(name)!;
        await bench.SyncAsync(store, stream, store.State(name));
        Assert.Contains("new", store.Records(name)[changed].Entity!.ToString()!.ToLowerInvariant(), StringComparison.Ordinal);
    }

    /// <summary>A read goes on after the last change: one that is dated years ahead would hide all that come before it.</summary>
    [Theory]
    [InlineData("people")]
    [InlineData("jobs")]
    public async Task A_change_that_is_dated_years_ahead_hides_no_later_one(string name)
    {
        await using var bench = await Bench.StartAsync(new BambooHrSubject());
        var (store, stream, vendor) = (new MemoryStore(), bench.Manifest.Stream(name)!, (BambooHrVendor)bench.Vendor);
        vendor.Fill(name, 10);
        vendor.Says["1002"] = said => said["lastChanged"] = "2999-01-01T00:00:00+00:00";
        await bench.SyncAsync(store, stream, StreamState.New);
        Assert.Equal(10, store.Records(name).Count);

        var changed = vendor.Change(name)!;
        await bench.SyncAsync(store, stream, store.State(name));

        Assert.Contains("new", store.Records(name)[changed].Entity!.ToString()!.ToLowerInvariant(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_is_not_shown_keeps_nobody_else_from_being_read()
    {
        await using var bench = await Bench.StartAsync(new BambooHrSubject());
        var (store, stream, vendor) = (new MemoryStore(), bench.Manifest.Stream("people")!, (BambooHrVendor)bench.Vendor);
        vendor.Fill("people", 10);
        vendor.Hidden = "1002";

        var outcome = (await bench.SyncAsync(store, stream, StreamState.New)).Streams[0];

        Assert.Equal((StreamStatus.Complete, null), (outcome.Status, outcome.Error?.Message));
        Assert.Equal(("1002", "not_shown"), Assert.Single(store.Quarantined) is var row ? (row.Key, row.Errors[0].Code) : default);
        Assert.Equal(9, store.Records("people").Count);
    }

    [Theory]
    [InlineData("""{"date":"2024-01-01","rows":null}""")]
    [InlineData("""{"rows":"none"}""")]
    [InlineData("""{"rows":[7]}""")]
    public async Task Rows_that_are_none_are_told_and_those_of_others_are_read(string said)
    {
        await using var bench = await Bench.StartAsync(new BambooHrSubject());
        var (store, stream, vendor) = (new MemoryStore(), bench.Manifest.Stream("jobs")!, (BambooHrVendor)bench.Vendor);
        vendor.Fill("jobs", 10);
        vendor.Says["1002"] = row => row["rows"] = JsonNode.Parse(said)!["rows"]?.DeepClone();

        var outcome = (await bench.SyncAsync(store, stream, StreamState.New)).Streams[0];

        Assert.Equal((StreamStatus.Complete, null), (outcome.Status, outcome.Error?.Message));
        Assert.Equal(("1002", "/rows"), Assert.Single(store.Quarantined) is var row ? (row.Key, row.Errors[0].Pointer) : default);
        Assert.Equal(9, store.Records("jobs").Count);
    }

    [Theory]
    [InlineData("""{"displayName":"A","status":"Active","terminationDate":"9999-12-31"}""", "/terminationDate")]
    [InlineData("""{"displayName":"A","status":"Active","terminationDate":"2025-02-30"}""", "/terminationDate")]
    [InlineData("""{"displayName":"A","status":"Active","hireDate":"31.3.2025"}""", "/hireDate")]
    [InlineData("""{"displayName":"A","status":"Aktiv"}""", "/status")]
    public void What_cannot_be_read_of_somebody_is_named_and_not_replaced(string employee, string pointer) =>
        Assert.Equal(pointer, Assert.Single(Assert.IsType<InvalidRow>(Mapping.Person("1", DateTimeOffset.UnixEpoch, Row(employee))).Errors).Pointer);

    [Theory]
    [InlineData("Active", "2024-01-01", "2023-05-31", null)]
    [InlineData("Active", "2020-01-01", "2030-05-31", "2030-06-01")]
    [InlineData("Inactive", "2020-01-01", "2023-05-31", "2023-06-01")]
    public void Who_was_hired_again_has_not_left(string status, string hired, string terminated, string? left)
    {
        var person = (Person)((SourceRecord)Mapping.Person("1", DateTimeOffset.UnixEpoch, Row($$"""{"status":"{{status}}","hireDate":"{{hired}}","terminationDate":"{{terminated}}"}"""))).Entity!;
        Assert.Equal(left is null ? null : DateOnly.Parse(left, System.Globalization.CultureInfo.InvariantCulture), person.LeftOn);
    }

    [Fact]
    public void A_row_of_a_job_whose_day_cannot_be_read_has_the_key_that_it_has_once_it_can()
    {
        string? Key(string date) => Mapping.Job("1", DateTimeOffset.UnixEpoch, Row($$"""{"id":"5","date":"{{date}}"}""")) switch { SourceRecord r => r.Key, InvalidRow r => r.Key, _ => "" };
        Assert.Equal(Key("2025-01-01"), Key("0000-00-00"));
    }
}
