using System.Text.Json;
using Spm.Connectors.BambooHr;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Conformance.Xunit;

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
}
