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

    private static string Said(SourceMessage message) => message switch
    {
        SourceRecord { Entity: Person person } record => $"{record.Key}={person.Name}",
        InvalidRow row => $"{row.Key}!{row.Errors[0].Pointer}",
        _ => "",
    };

    private static string Said(IEnumerable<SourceMessage> messages) => string.Join(' ', messages.Select(Said).Where(s => s.Length > 0));

    private static Checkpoint Last(List<SourceMessage> messages) => messages.OfType<Checkpoint>().Last();

    [Theory]
    [InlineData("id,name\nA,a\nB,\"b\nC,c\nD,d\n")]
    [InlineData("id,name\nA,a\nB,\"b\nC,c\nD,d")]
    [InlineData("id,name\nA,a\nB,\"b\nC,\"c\"\n")]
    public async Task A_quoted_text_that_does_not_end_does_not_swallow_the_rows_behind_it_in_silence(string text)
    {
        Drop("people.csv", text);
        var messages = await ReadAsync("people");
        Assert.Equal("A", Keys(messages));
        Assert.Equal("row_unreadable", Assert.Single(messages.OfType<InvalidRow>()).Errors[0].Code);
    }

    [Theory]
    [InlineData("id,name\nA,\"two\nlines\"\nB,b\n", "A=two\nlines B=b")]
    [InlineData("id,name\r\nA,\"two\r\nlines\"\r\nB,b\r\n", "A=two\r\nlines B=b")]
    [InlineData("id,name\nA,\"a \"\"word\"\"\"\nB,b", "A=a \"word\" B=b")]
    [InlineData("id,name\nA,\"\"\"\"\nB,b", "A=\" B=b")]
    [InlineData("id,name\n\nA,a\n\n\nB,b\n\n", "A=a B=b")]
    [InlineData("id,name\nA,5\" pipe\nB,b\n", "A=5\" pipe B=b")]
    [InlineData("\uFEFFid,name\nA,a\n", "A=a")]
    [InlineData("id,name\n", "")]
    [InlineData("", "")]
    public async Task Rows_are_read_as_they_are_quoted(string text, string rows)
    {
        Drop("people.csv", text);
        Assert.Equal(rows, Said(await ReadAsync("people")));
    }

    [Theory]
    [InlineData("1,234.56")]
    [InlineData("1.234,56")]
    [InlineData("1234,56")]
    [InlineData("1 234.56")]
    [InlineData("$100")]
    [InlineData("100 ")]
    [InlineData("(100)")]
    [InlineData("1'000")]
    public async Task An_amount_of_which_nobody_knows_how_much_it_is_waits_in_quarantine(string amount)
    {
        Drop("payments.csv", $"id,amount,currency,received_on\nP1,\"{amount}\",USD,2025-03-31\n");
        Assert.Equal("/amount", Assert.Single(Assert.IsType<InvalidRow>((await ReadAsync("payments"))[0]).Errors).Pointer);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public async Task A_file_may_say_by_its_mark_that_it_is_of_another_Unicode(string encoding)
    {
        File.WriteAllText(Path.Combine(_root, "people.csv"), "id,name\nA,Zoë\n", System.Text.Encoding.GetEncoding(encoding));
        Assert.Equal("A=Zoë", Said(await ReadAsync("people")));
    }

    /// <summary>Spreadsheets save Windows-1252: the letters it has apart would become one, and two keys with it.</summary>
    [Theory]
    [InlineData("people.csv", "id,name\nMüller,a\nMöller,b\nC,c\n")]
    [InlineData("people.ndjson", "{\"id\":\"Müller\",\"name\":\"a\"}\n{\"id\":\"Möller\",\"name\":\"b\"}\n{\"id\":\"C\",\"name\":\"c\"}\n")]
    public async Task Letters_that_are_not_of_UTF_8_do_not_become_one(string name, string text)
    {
        File.WriteAllText(Path.Combine(_root, name), text, System.Text.Encoding.Latin1);
        var messages = await ReadAsync("people");
        Assert.Equal("C", Keys(messages));
        Assert.All(messages.OfType<InvalidRow>(), row => Assert.Equal(("/id", "not_utf8"), (row.Errors[0].Pointer, row.Errors[0].Code)));
        Assert.Equal(2, messages.OfType<InvalidRow>().Count());
    }

    [Fact]
    public async Task A_deal_of_which_nobody_says_whether_it_is_won_is_not_taken_for_an_open_one()
    {
        Drop("opportunities-1.csv", "id,name,amount,currency\nD1,a,100,USD\n");
        Drop("opportunities-2.csv", "id,name,amount,currency,status\nD2,a,100,USD,\nD3,a,100,USD,won\n");
        Drop("opportunities-3.csv", "id,deleted\nD4,true\n");
        var messages = await ReadAsync("opportunities");
        Assert.Equal("D3 D4", Keys(messages));
        Assert.All(messages.OfType<InvalidRow>(), row => Assert.Equal(("/status", "field_missing"), (row.Errors[0].Pointer, row.Errors[0].Code)));
    }

    [Theory]
    [InlineData("id,name\nA,a\nB,b\n", "id,name\nA,x\nB,y\n", "A=x B=y")]
    [InlineData("id,name\nA,a\nB,b", "id,name\nA,a\nB,better\nC,c\n", "A=a B=better C=c")]
    [InlineData("id,name\nA,a\nB,b\n", "id,name\nA,x\n", "A=x")]
    public async Task A_file_that_was_not_finished_or_is_replaced_by_another_is_read_again(string before, string after, string rows)
    {
        Drop("people-1.csv", "id,name\nZ,z\n");
        Drop("people-2.csv", before);
        File.SetLastWriteTimeUtc(Path.Combine(_root, "people-2.csv"), new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var read = Last(await ReadAsync("people"));
        Assert.Equal("", Said(await ReadAsync("people", from: read)));

        Drop("people-2.csv", after);
        var again = await ReadAsync("people", from: read);

        Assert.Equal(rows, Said(again));
        Assert.Equal("", Said(await ReadAsync("people", from: Last(again))));
    }

    [Fact]
    public async Task A_file_that_is_taken_away_before_it_was_read_whole_is_told()
    {
        Drop("people-1.csv", "id,name\n" + string.Concat(Enumerable.Range(0, 700).Select(i => $"{i},a\n")));
        var messages = await ReadAsync("people");
        var (middle, end) = (messages.OfType<Checkpoint>().First(), Last(messages));
        Drop("people-2.csv", "id,name\nB,b\n");
        File.Delete(Path.Combine(_root, "people-1.csv"));

        Assert.Equal("B=b", Said(await ReadAsync("people", from: end)));
        var error = await Assert.ThrowsAsync<ConnectorException>(() => ReadAsync("people", from: middle));

        Assert.Equal(ErrorKind.Config, error.Kind);
        Assert.Contains("people-1.csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_whose_name_ends_in_capitals_is_read()
    {
        Drop("people-1.CSV", "id,name\nA,a\n");
        Drop("people-2.NDJSON", """{"id":"B","name":"b"}""");
        Assert.Equal("A=a B=b", Said(await ReadAsync("people")));
    }

    [Fact]
    public async Task A_link_among_the_files_is_not_followed()
    {
        Drop("secret.txt", "id,name\nA,a\n");
        File.CreateSymbolicLink(Path.Combine(_root, "people.csv"), Path.Combine(_root, "secret.txt"));
        Assert.Equal("", Said(await ReadAsync("people")));
    }

    /// <summary>Files that were read are put away, and one of a lesser name comes: there are no more than there were.</summary>
    [Fact]
    public async Task A_file_of_a_lesser_name_is_told_also_where_others_were_taken_away()
    {
        foreach (var name in (string[])["1", "2", "4"])
        {
            Drop($"people-{name}.csv", $"id,name\n{name},a\n");
        }
        var read = Last(await ReadAsync("people"));
        File.Delete(Path.Combine(_root, "people-1.csv"));
        File.Delete(Path.Combine(_root, "people-2.csv"));
        Assert.Equal("", Said(await ReadAsync("people", from: read)));
        Drop("people-3.csv", "id,name\n3,a\n");

        var error = await Assert.ThrowsAsync<ConnectorException>(() => ReadAsync("people", from: read));

        Assert.Equal(ErrorKind.Config, error.Kind);
        Assert.Contains("people-3.csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_many_files_as_a_checkpoint_cannot_name_are_read_all_the_same()
    {
        for (var i = 0; i < 1500; i++)
        {
            Drop($"people-{i:0000}.csv", $"id,name\n{i},a\n");
        }
        var read = Last(await ReadAsync("people"));
        Drop("people-2000.csv", "id,name\nB,b\n");
        Assert.Equal("B=b", Said(await ReadAsync("people", from: read)));
        Drop("people-0000a.csv", "id,name\nC,c\n");
        Assert.Equal(ErrorKind.Config, (await Assert.ThrowsAsync<ConnectorException>(() => ReadAsync("people", from: read))).Kind);
    }

    /// <summary>In one part of a stream a row that cannot be read stands after the records: of one that is corrected further down it would be said for good.</summary>
    [Fact]
    public async Task A_row_that_is_corrected_further_down_is_of_a_part_before_it()
    {
        Drop("payments.csv", "id,amount,currency,received_on\nP1,ten,USD,2025-03-31\nP2,5,USD,2025-03-31\nP1,10,USD,2025-03-31\nP3,x,USD,2025-03-31\n");
        var messages = await ReadAsync("payments");
        Assert.Equal("P1! P2 . P1 P3! .", string.Join(' ', messages.Select(m => m switch { SourceRecord r => r.Key, InvalidRow r => r.Key + "!", _ => "." })));
        Assert.Equal("P1 P3", string.Join(' ', (await ReadAsync("payments", from: messages.OfType<Checkpoint>().First())).Select(m => m switch { SourceRecord r => r.Key, InvalidRow r => r.Key, _ => null }).OfType<string>()));
    }
}
