using Spm.Platform.Tests.Support;
using static Spm.Platform.Tests.Imports.ImportSteps;

namespace Spm.Platform.Tests.Imports;

public sealed class CorrectionTests(ImportCompany company) : IClassFixture<ImportCompany>
{
    private static int s_next;
    private readonly TestPlatform _platform = company.Platform;
    private readonly string _id = $"K{Interlocked.Increment(ref s_next)}-";

    [Theory]
    [InlineData(Ndjson)]
    [InlineData(Csv)]
    public async Task Rejected_rows_go_in_as_they_stand_once_what_they_name_is_there(string type)
    {
        var late = _id + "late";
        string Row(int n, string rep) => type == Csv ? $"{_id}{n},order,2025-01-05,100,USD,{rep}" : Order(_id + n, rep: rep);
        var job = await _platform.ImportAsync("transactions", (type == Csv ? "external_id,kind,date,amount,currency,rep\n" : "") + $"{Row(1, late)}\n{Row(2, "E1")}\n{Row(3, "NOBODY")}\n", type);
        Assert.Equal("read 3 = created 1 + corrected 0 + unchanged 0 + rejected 2", job.Counts());

        (await _platform.PutAsync($"/v1/reps/hris/{late}", """{"name":"Late","plan":"ae","manager":"M1"}""")).Expect(201);
        job = await _platform.RetryAsync(job);

        Assert.Equal("succeeded", job.Field("status"));
        Assert.Equal(1, job.GetProperty("progress").GetDouble());
        Assert.Equal("read 3 = created 2 + corrected 0 + unchanged 0 + rejected 1", job.Counts());
        Assert.Equal(["1 created", "2 created", "3 rejected"], await _platform.ResultsAsync(job));
        Assert.Equal(Row(3, "NOBODY"), Assert.Single(await _platform.RejectedRowsAsync(job)).Field("raw"));
    }

    [Theory]
    [InlineData(Ndjson)]
    [InlineData(Csv)]
    public async Task A_corrected_row_goes_in_or_is_the_one_that_is_tried_again(string type)
    {
        var late = _id + "late";
        var file = type == Csv ? $"external_id,kind,date,amount,currency\n{_id},order,2025-01-05,\"1,5\",USD" : Order(_id, amount: "1,5");
        var job = await _platform.ImportAsync("transactions", file, type);
        var row = $"/v1/imports/{job.Field("id")}/rows/1";

        var still = (await _platform.PutAsync(row, Order(_id, rep: late, amount: "1.5"))).Expect(200).Json;
        Assert.Equal("rejected", still.Field("status"));
        Assert.Equal("rep_unknown", still.GetProperty("errors")[0].Field("code"));
        Assert.Equal(Order(_id, rep: late, amount: "1.5"), Assert.Single(await _platform.RejectedRowsAsync(job)).Field("raw"));
        Assert.Equal("rejected", (await _platform.PutAsync(row, """{"external_id":"x","colour":"red"}""")).Expect(200).Json.Field("status"));
        Assert.Equal("rejected", (await _platform.PutAsync(row, Order(_id, rep: late, amount: "1.5"))).Expect(200).Json.Field("status"));

        (await _platform.PutAsync($"/v1/reps/hris/{late}", """{"name":"Late"}""")).Expect(201);
        job = await _platform.RetryAsync(job);

        Assert.Equal("read 1 = created 1 + corrected 0 + unchanged 0 + rejected 0", job.Counts());
        Assert.Equal("1.50", (await _platform.TransactionAsync(_id)).GetProperty("amount").Field("amount"));
    }

    [Fact]
    public async Task A_stale_row_is_corrected_by_a_newer_version()
    {
        await _platform.ImportAsync("transactions", Order(_id, ""","version":5"""));
        var job = await _platform.ImportAsync("transactions", Order(_id, ""","version":4""", amount: "7"));

        Assert.Equal("corrected", (await _platform.PutAsync($"/v1/imports/{job.Field("id")}/rows/1", Order(_id, ""","version":6""", amount: "7"))).Expect(200).Json.Field("status"));
        Assert.Equal("read 1 = created 0 + corrected 1 + unchanged 0 + rejected 0", (await _platform.FinishedAsync(job.Field("id"))).Counts());
    }

    [Fact]
    public async Task Only_rejected_rows_are_corrected_and_each_once_however_many_ask_at_once()
    {
        var job = await _platform.ImportAsync("transactions", $"{Order(_id + 1)}\n{Order(_id + 2, rep: "NOBODY")}");
        var rows = $"/v1/imports/{job.Field("id")}/rows";

        Assert.Equal("import_row_unknown", (await _platform.PutAsync($"{rows}/1", Order(_id + 1))).Expect(404).Code);
        Assert.Equal("import_row_unknown", (await _platform.PutAsync($"{rows}/3", Order(_id + 3))).Expect(404).Code);
        Assert.Equal("body_malformed", (await _platform.PutAsync($"{rows}/2", "[]")).Expect(400).Code);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _platform.PutAsync($"{rows}/2", Order(_id + 2))));

        Assert.Single(answers, a => a.Status == 200);
        Assert.Equal(7, answers.Count(a => a.Status == 404));
        Assert.Equal("read 2 = created 2 + corrected 0 + unchanged 0 + rejected 0", (await _platform.FinishedAsync(job.Field("id"))).Counts());
    }

    [Fact]
    public async Task A_retry_of_nothing_changes_nothing()
    {
        var job = await _platform.ImportAsync("transactions", Order(_id));

        Assert.Equal(job.Counts(), (await _platform.RetryAsync(job)).Counts());
    }

    [Fact]
    public async Task Rows_longer_than_are_kept_stay_rejected_for_what_they_were()
    {
        var job = await _platform.ImportAsync("transactions", Order(_id, $$""","product":"{{new string('x', 100_000)}}" """));
        Assert.Equal(["1 product field_too_long"], await _platform.RejectedAsync(job));

        Assert.Equal(["1 product field_too_long"], await _platform.RejectedAsync(await _platform.RetryAsync(job)));
    }
}
