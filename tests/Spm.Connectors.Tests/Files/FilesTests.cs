using System.Text.Json;
using Spm.Connectors.Conformance.Support;
using Spm.Connectors.Files;

namespace Spm.Connectors.Tests.Files;

public sealed class FilesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("spm-files-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private async Task<IConnection> OpenAsync(object? config = null) => await new FilesConnector().OpenAsync(
        new ConnectorContext
        {
            Config = new ConnectorConfig(JsonSerializer.SerializeToElement(config ?? new { })),
            Secrets = null!,
            Http = null!,
            Clock = TimeProvider.System,
            Log = new CapturedLog(),
            BaseAddress = new Uri("https://nobody.invalid"),
            DropFolder = _root,
        },
        CancellationToken.None);

    private async Task<List<SourceMessage>> ReadAsync(string stream, object? config = null, Checkpoint? from = null)
    {
        List<SourceMessage> messages = [];
        await foreach (var message in ((ISource)await OpenAsync(config)).ReadAsync(new ReadRequest(stream, from), CancellationToken.None))
        {
            messages.Add(message);
        }
        return messages;
    }

    private void Drop(string name, string text) => File.WriteAllText(Path.Combine(_root, name), text);

    [Fact]
    public async Task Rows_that_cannot_be_read_name_each_field_and_the_rest_is_read()
    {
        Drop("payments.csv", "id,amount,currency,received_on\nP1,10.50,USD,2025-03-31\nP2,ten,usd,31.3.2025\nP3,1\n,1,USD,2025-03-31\n");
        var messages = await ReadAsync("payments");
        var payment = (Payment)Assert.Single(messages.OfType<SourceRecord>()).Entity!;
        Assert.Equal((new Money(10.50m, "USD"), new DateOnly(2025, 3, 31)), (payment.Amount, payment.ReceivedOn));
        var invalid = messages.OfType<InvalidRow>().ToList();
        Assert.Equal(["/amount", "/received_on"], invalid[0].Errors.Select(e => e.Pointer));
        Assert.Equal("row_unreadable", invalid[1].Errors[0].Code);
        Assert.Equal("key_invalid", invalid[2].Errors[0].Code);
    }

    private static string Keys(List<SourceMessage> messages) => string.Join(' ', messages.OfType<SourceRecord>().Select(r => r.Key));

    [Fact]
    public async Task A_file_without_a_date_in_its_name_comes_before_those_that_have_one()
    {
        Drop("people.csv", "id,name\nA,a\n");
        var first = await ReadAsync("people");
        Drop("people-2025-03-31.csv", "id,name\nB,b\n");

        Assert.Equal("B", Keys(await ReadAsync("people", from: (Checkpoint)first[^1])));
        Assert.Equal("A B", Keys(await ReadAsync("people")));
    }

    [Fact]
    public async Task A_file_of_a_lesser_name_that_comes_later_is_told_and_not_passed_over()
    {
        Drop("people-1.csv", "id,name\nA,a\n");
        Drop("people-3.csv", "id,name\nC,c\n");
        var read = (Checkpoint)(await ReadAsync("people"))[^1];
        Drop("people-2.csv", "id,name\nB,b\n");

        Assert.Equal(ErrorKind.Config, (await Assert.ThrowsAsync<ConnectorException>(() => ReadAsync("people", from: read))).Kind);
        File.Move(Path.Combine(_root, "people-2.csv"), Path.Combine(_root, "people-4.csv"));
        Assert.Equal("B", Keys(await ReadAsync("people", from: read)));
        File.Delete(Path.Combine(_root, "people-1.csv"));
        Assert.Equal("B", Keys(await ReadAsync("people", from: read)));
    }

    [Theory]
    [InlineData("people.csv", "id,name\nA,\"")]
    [InlineData("people.ndjson", "{\"id\":\"A\",\"name\":\"")]
    public async Task A_row_that_has_no_end_is_not_read_as_a_whole(string name, string begins)
    {
        Drop(name, begins + new string('x', 20 * 1024 * 1024));
        Assert.Equal(ErrorKind.RemoteBug, (await Assert.ThrowsAsync<ConnectorException>(() => ReadAsync("people"))).Kind);
    }

    [Fact]
    public async Task A_file_may_be_longer_than_a_row()
    {
        Drop("people.csv", "id,name\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},{new string('x', 1024 * 1024)}\n")));
        Assert.Equal(20, (await ReadAsync("people")).OfType<SourceRecord>().Count());
    }

    [Fact]
    public async Task Files_are_read_in_the_order_of_their_names_and_unfinished_ones_are_left_alone()
    {
        Drop("people-2.csv", "id,name\nB,b\n");
        Drop("people-1.ndjson", """{"id":"A","name":"a","active":false}""");
        Drop("people-3.csv.part", "id,name\nC,c\n");
        Drop(".people-4.csv", "id,name\nD,d\n");
        Assert.Equal(["A", "B"], (await ReadAsync("people")).OfType<SourceRecord>().Select(r => r.Key));
    }

    [Fact]
    public async Task Other_delimiters_are_read()
    {
        Drop("people.csv", "id;name\nA;\"Doe; Jane\"\n");
        Assert.Equal("Doe; Jane", ((Person)(await ReadAsync("people", new { delimiter = ";" })).OfType<SourceRecord>().Single().Entity!).Name);
    }

    [Fact]
    public async Task A_file_without_ids_pauses_its_stream()
    {
        Drop("people.csv", "key,name\nA,a\n");
        Assert.Equal(ErrorKind.SchemaChanged, (await Assert.ThrowsAsync<ConnectorException>(() => ReadAsync("people"))).Kind);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("/etc")]
    [InlineData("a/../../b")]
    public async Task A_folder_outside_of_the_hosts_is_refused(string folder) =>
        Assert.Equal(ErrorKind.Config, (await Assert.ThrowsAsync<ConnectorException>(() => OpenAsync(new { folder }))).Kind);

    [Fact]
    public async Task A_link_that_leads_outside_is_refused()
    {
        Directory.CreateSymbolicLink(Path.Combine(_root, "link"), Path.GetTempPath());
        await Assert.ThrowsAsync<ConnectorException>(() => OpenAsync(new { folder = "link" }));
        await Assert.ThrowsAsync<ConnectorException>(() => OpenAsync(new { folder = Path.Combine("link", Path.GetFileName(_root)) }));
    }
}
