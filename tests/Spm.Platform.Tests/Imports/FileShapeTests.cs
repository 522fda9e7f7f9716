using System.Text;
using Spm.Platform.Tests.Support;
using static Spm.Platform.Tests.Imports.ImportSteps;

namespace Spm.Platform.Tests.Imports;

/// <summary>Files as other systems write them: byte order marks, line ends, encodings and lines without end.</summary>
public sealed class FileShapeTests(ImportCompany company) : IClassFixture<ImportCompany>
{
    private const string Header = "external_id,kind,date,amount,currency,rep,product";

    private static int s_next;
    private readonly TestPlatform _platform = company.Platform;
    private readonly string _id = $"F{Interlocked.Increment(ref s_next)}-";

    [Theory]
    [InlineData("{0}\n{1}\n")]
    [InlineData("{0}\n{1}")]
    [InlineData("{0}\r\n{1}\r\n")]
    [InlineData("\uFEFF{0}\n{1}\n")]
    [InlineData("\n\n{0}\n\n  \n\r\n{1}\n\n")]
    public async Task Line_ends_blank_lines_and_byte_order_marks_are_no_rows(string shape)
    {
        var json = string.Format(null, shape, Order(_id + 1), Order(_id + 2, rep: "NOBODY"));
        var csv = string.Format(null, shape, Header + "\n" + Cells(_id + 3), Cells(_id + 4, rep: "NOBODY"));

        var ndjson = await _platform.ImportAsync("transactions", json);
        var table = await _platform.ImportAsync("transactions", csv, Csv);

        Assert.Equal(["1 created", "2 rejected"], await _platform.ResultsAsync(ndjson));
        Assert.Equal(["1 created", "2 rejected"], await _platform.ResultsAsync(table));
        Assert.Equal(Order(_id + 2, rep: "NOBODY"), Assert.Single(await _platform.RejectedRowsAsync(ndjson)).Field("raw"));
        Assert.Equal(Cells(_id + 4, rep: "NOBODY"), Assert.Single(await _platform.RejectedRowsAsync(table)).Field("raw"));
    }

    [Theory]
    [InlineData("", Ndjson, "file_empty")]
    [InlineData("\n\r\n  \n", Ndjson, "file_empty")]
    [InlineData("\uFEFF", Ndjson, "file_empty")]
    [InlineData("", Csv, "file_empty")]
    [InlineData("\uFEFF\n", Csv, "file_empty")]
    [InlineData(Header, Csv, "file_empty")]
    [InlineData(Header + "\r\n\r\n", Csv, "file_empty")]
    [InlineData("external_id;kind;date;amount;currency\nX;order;2025-01-05;1;USD", Csv, "header_invalid")]
    [InlineData("external_id,kind,date,amount\nX,order,2025-01-05,1", Csv, "header_invalid")]
    [InlineData("external_id,kind,date,amount,currency,colour\nX,order,2025-01-05,1,USD,red", Csv, "header_invalid")]
    [InlineData("external_id,kind,date,amount,currency,amount\nX,order,2025-01-05,1,USD,2", Csv, "header_invalid")]
    [InlineData("External_ID,Kind,Date,Amount,Currency\nX,order,2025-01-05,1,USD", Csv, "header_invalid")]
    [InlineData("external_id,\"kind,date,amount,currency\nX,order,2025-01-05,1,USD", Csv, "header_invalid")]
    [InlineData("external_id,kind,date,amount,currency\rX,order,2025-01-05,1,USD\rY,order,2025-01-05,1,USD\r", Csv, "header_invalid")]
    public async Task A_file_that_cannot_be_read_at_all_fails_with_the_rule_and_cannot_be_retried(string file, string type, string code)
    {
        var job = await _platform.ImportAsync("transactions", file, type);

        Assert.Equal("failed", job.Field("status"));
        Assert.Equal(code, job.GetProperty("error").Field("code"));
        Assert.Equal("read 0 = created 0 + corrected 0 + unchanged 0 + rejected 0", job.Counts());
        Assert.Equal("import_failed", (await _platform.PostAsync($"/v1/imports/{job.Field("id")}/retry")).Expect(409).Code);
    }

    [Theory]
    [InlineData(Ndjson, false)]
    [InlineData(Csv, false)]
    [InlineData(Ndjson, true)]
    public async Task A_UTF_16_file_is_refused_as_such(string type, bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        var job = await _platform.ImportAsync("transactions", [.. encoding.Preamble, .. encoding.GetBytes(type == Csv ? $"{Header}\n{Cells(_id)}" : Order(_id))], type);

        Assert.Equal("failed", job.Field("status"));
        Assert.Equal("not_utf8", job.GetProperty("error").Field("code"));
    }

    [Theory]
    [InlineData(Ndjson)]
    [InlineData(Csv)]
    public async Task Bytes_that_are_not_UTF_8_cost_their_row_and_two_ids_never_become_one(string type)
    {
        byte[] Row(string text, byte odd) => [.. Encoding.Latin1.GetBytes(text.Replace('?', (char)odd)), (byte)'\n'];
        var row = type == Csv ? Cells("caf?") : Order("caf?");
        byte[] file = [.. type == Csv ? Encoding.UTF8.GetBytes(Header + "\n") : [], .. Row(row, 0xE9), .. Row(row, 0xE8), .. Row(type == Csv ? Cells(_id) : Order(_id), 0)];

        var job = await _platform.ImportAsync("transactions", file, type);
        Assert.Equal(["1 not_utf8", "2 not_utf8"], await _platform.RejectedAsync(job));
        Assert.True(await _platform.HasTransactionAsync(_id));

        // The bytes are lost, so a retry cannot make something else of them.
        Assert.Equal(["1 not_utf8", "2 not_utf8"], await _platform.RejectedAsync(await _platform.RetryAsync(job)));
    }

    [Fact]
    public async Task Umlauts_and_emoji_are_kept()
    {
        await _platform.ImportAsync("transactions", $"{Header}\n{Cells(_id, product: "Tür 🚪")}", Csv);

        Assert.Equal("Tür 🚪", (await _platform.TransactionAsync(_id)).Field("product"));
    }

    [Theory]
    [InlineData(Ndjson)]
    [InlineData(Csv)]
    public async Task A_NUL_byte_costs_its_row(string type)
    {
        var rows = type == Csv ? $"{Header}\n{Cells(_id + "\0")}\n{Cells(_id)}" : $"{Order(_id + "\0")}\n{Order(_id)}";

        var job = await _platform.ImportAsync("transactions", rows, type);

        Assert.Equal(["1 nul_character"], await _platform.RejectedAsync(job));
        Assert.True(await _platform.HasTransactionAsync(_id));
        Assert.Equal(["1 nul_character"], await _platform.RejectedAsync(await _platform.RetryAsync(job)));
    }

    [Fact]
    public async Task A_NUL_that_is_written_as_an_escape_costs_its_row_and_a_backslash_before_it_does_not()
    {
        var rows = $$"""
            {{Order(_id + 1, ",\"product\":\"a\\u0000\"")}}
            {{Order(_id + 2, ",\"facts\":{\"a\":\"\\u0000\"}")}}
            {{Order(_id + 3, ",\"product\":\"a\\\\u0000\"")}}
            """;

        Assert.Equal(["1 product field_malformed", "2 facts nul_character"], await _platform.RejectedAsync(await _platform.ImportAsync("transactions", rows, Ndjson)));
        Assert.Equal("a\\u0000", (await _platform.TransactionAsync(_id + 3)).Field("product"));
    }

    [Theory]
    [InlineData(Ndjson, "\n")]
    [InlineData(Csv, "\n")]
    [InlineData(Ndjson, "")]
    [InlineData(Csv, "")]
    public async Task A_line_of_two_megabytes_costs_itself_alone(string type, string end)
    {
        var long1 = type == Csv ? Cells("LONG", product: new string('x', 2_000_000)) : Order("LONG", $$""","product":"{{new string('x', 2_000_000)}}" """);
        var rows = type == Csv ? $"{Header}\n{Cells(_id + 1)}\n{long1}\n{Cells(_id + 2)}\n{long1}{end}" : $"{Order(_id + 1)}\n{long1}\n{Order(_id + 2)}\n{long1}{end}";

        var job = await _platform.ImportAsync("transactions", rows, type);

        Assert.Equal(["1 created", "2 rejected", "3 created", "4 rejected"], await _platform.ResultsAsync(job));
        Assert.Equal(["2 row_too_long", "4 row_too_long"], await _platform.RejectedAsync(job));
        Assert.All(await _platform.RejectedRowsAsync(job), r => Assert.StartsWith(r.Field("raw"), long1));
        Assert.Equal(["2 row_too_long", "4 row_too_long"], await _platform.RejectedAsync(await _platform.RetryAsync(job)));
    }

    private static string Cells(string id, string rep = "E1", string product = "") => $"{id},order,2025-01-05,100,USD,{rep},{product}";
}
