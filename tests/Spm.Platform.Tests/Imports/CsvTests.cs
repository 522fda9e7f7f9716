using Spm.Platform.Tests.Support;
using static Spm.Platform.Tests.Imports.ImportSteps;

namespace Spm.Platform.Tests.Imports;

/// <summary>RFC 4180, and what spreadsheets and scripts make of it.</summary>
public sealed class CsvTests(ImportCompany company) : IClassFixture<ImportCompany>
{
    private const string Header = "external_id,product,kind,date,amount,currency,rep";

    private static int s_next;
    private readonly TestPlatform _platform = company.Platform;
    private readonly string _id = $"C{Interlocked.Increment(ref s_next)}-";

    [Theory]
    [InlineData("\"plain\"", "plain")]
    [InlineData("\"with, comma\"", "with, comma")]
    [InlineData("\"say \"\"hi\"\"\"", "say \"hi\"")]
    [InlineData("\"two\nlines\"", "two\nlines")]
    [InlineData("\"two\r\nlines\n\n\"", "two\nlines\n\n")]
    [InlineData("\"\"", null)]
    [InlineData("=1+1", "=1+1")]
    [InlineData("@cmd", "@cmd")]
    public async Task A_cell_is_stored_as_it_is(string cell, string? product)
    {
        var job = await _platform.ImportAsync("transactions", $"{Header}\r\n{Row(1, cell)}\r\n{Row(2)}\r\n", Csv);

        Assert.Equal(["1 created", "2 created"], await _platform.ResultsAsync(job));
        Assert.Equal(product, (await _platform.TransactionAsync(_id + 1)).GetProperty("product").GetString());
    }

    [Theory]
    [InlineData("5\" pipe")]
    [InlineData("\"abc\"def")]
    [InlineData("a\"b\"c")]
    [InlineData("\"never closed")]
    [InlineData("x,y")]
    [InlineData("\"")]
    public async Task A_row_whose_quotes_or_cells_do_not_fit_costs_itself_alone(string cell)
    {
        var file = string.Join('\n', [Header, Row(1), Row(2, cell), .. Enumerable.Range(3, 150).Select(n => Row(n)), Row(153, cell), Row(154)]);
        var job = await _platform.ImportAsync("transactions", file, Csv);

        Assert.Equal("read 154 = created 152 + corrected 0 + unchanged 0 + rejected 2", job.Counts());
        Assert.Equal(["2 row_malformed", "153 row_malformed"], await _platform.RejectedAsync(job));
        Assert.Equal([Row(2, cell), Row(153, cell)], (await _platform.RejectedRowsAsync(job)).Select(r => r.Field("raw")));
    }

    [Fact]
    public async Task Rows_with_stray_quotes_next_to_each_other_are_each_refused_by_themselves()
    {
        var file = $"{Header}\n{Row(1, "6\" board")}\n{Row(2)}\n{Row(3, "7\" board")}\n{Row(4, "\"open")}\n{Row(5, "\"cell, ok\"")}\n{Row(6, rep: "NOBODY")}";
        var job = await _platform.ImportAsync("transactions", file, Csv);

        Assert.Equal(["1 rejected", "2 created", "3 rejected", "4 rejected", "5 created", "6 rejected"], await _platform.ResultsAsync(job));
        Assert.Equal(Row(6, rep: "NOBODY"), (await _platform.RejectedRowsAsync(job))[^1].Field("raw"));
    }

    [Theory]
    [InlineData("only,three,cells")]
    [InlineData("a,b,order,2025-01-05,1,USD,E1,too,many")]
    public async Task Too_few_or_too_many_cells_are_named(string row)
    {
        var job = await _platform.ImportAsync("transactions", $"{Header}\n{row}\n{Row(1)}", Csv);

        Assert.Equal(["1 row_malformed"], await _platform.RejectedAsync(job));
        Assert.Contains("under a header of 7", (await _platform.RejectedRowsAsync(job))[0].GetProperty("errors")[0].Field("detail"));
    }

    [Theory]
    [InlineData(";", "%3B")]
    [InlineData("|", "%7C")]
    [InlineData("\t", "%09")]
    public async Task Other_delimiters_are_named_in_the_query(string delimiter, string encoded)
    {
        var file = $"{Header}\n{Row(1, "\"a")}".Replace("\"a", "a,b").Replace(",", delimiter).Replace("a" + delimiter + "b", "a,b");
        var job = await _platform.ImportAsync("transactions", file, Csv, "&delimiter=" + encoded);

        Assert.Equal("read 1 = created 1 + corrected 0 + unchanged 0 + rejected 0", job.Counts());
        Assert.Equal("a,b", (await _platform.TransactionAsync(_id + 1)).Field("product"));
    }

    [Fact]
    public async Task A_delimiter_that_is_none_is_refused_at_once() =>
        Assert.Equal("parameter_invalid", (await _platform.StartImportAsync("transactions", "x"u8.ToArray(), Csv, "&delimiter=x")).Expect(400).Code);

    [Fact]
    public async Task Splits_are_reps_and_percents()
    {
        const string header = "external_id,kind,date,amount,currency,splits";
        var job = await _platform.ImportAsync(
            "transactions",
            $"{header}\n{_id}1,order,2025-01-05,100,USD,E1:60;E2:40\n{_id}2,order,2025-01-05,100,USD,E1:60;E2:30\n{_id}3,order,2025-01-05,100,USD,E1:50;E1:50\n{_id}4,order,2025-01-05,100,USD,E1\n",
            Csv);

        Assert.Equal(["2 splits splits_not_100", "3 splits/1/rep split_rep_twice", "4 splits field_malformed"], await _platform.RejectedAsync(job));
        Assert.Equal(["60", "40"], (await _platform.TransactionAsync(_id + 1)).GetProperty("splits").EnumerateArray().Select(s => s.Field("percent")));
    }

    [Fact]
    public async Task A_quoted_header_is_read_like_any_record()
    {
        var job = await _platform.ImportAsync("transactions", $"\"external_id\", kind ,\"date\",amount,currency\n{_id},order,2025-01-05,1,USD", Csv);

        Assert.Equal("read 1 = created 1 + corrected 0 + unchanged 0 + rejected 0", job.Counts());
    }

    private string Row(int n, string product = "P1", string rep = "E1") => $"{_id}{n},{product},order,2025-01-05,100,USD,{rep}";
}
