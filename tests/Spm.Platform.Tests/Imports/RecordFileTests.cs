using Spm.Platform.Tests.Support;
using static Spm.Platform.Tests.Imports.ImportSteps;

namespace Spm.Platform.Tests.Imports;

/// <summary>Reference records from files: the same rules as by PUT, in any order, and again without effect.</summary>
public sealed class RecordFileTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(_platform);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [InlineData("reps", Ndjson, "{\"external_id\":\"N1\",\"name\":\"Nina\",\"manager\":\"N2\",\"plan\":\"ae\"}\n{\"external_id\":\"N2\",\"name\":\"Nora\",\"manager\":\"N3\"}\n{\"external_id\":\"N3\",\"name\":\"Nick\"}")]
    [InlineData("reps", Csv, "external_id,name,manager,plan,hired_on\nN1,Nina,N2,ae,2024-01-01\nN2,Nora,N3,,\nN3,\"Nick, Jr.\",,,\n")]
    [InlineData("territories", Ndjson, "{\"external_id\":\"W1\",\"name\":\"West\",\"parent\":\"A\"}\n{\"external_id\":\"A\",\"name\":\"All\"}\n{\"external_id\":\"W2\",\"name\":\"South\",\"reps\":[{\"rep\":\"E1\",\"percent\":\"60\"},{\"rep\":\"E2\",\"percent\":40}]}")]
    [InlineData("territories", Csv, "external_id,name,parent\nW1,West,A\nA,All,\nW2,South,W1")]
    [InlineData("accounts", Ndjson, "{\"external_id\":\"G1\",\"name\":\"Globex\"}\n{\"external_id\":\"G2\",\"name\":\"Initech\"}\n{\"source\":\"erp\",\"external_id\":\"G1\",\"name\":\"Globex\"}")]
    [InlineData("accounts", Csv, "source,external_id,name,territory\n,G1,Globex,\n,G2,Initech,\nerp,G1,Globex,")]
    [InlineData("measures", Ndjson, "{\"external_id\":\"m1\",\"name\":\"Cash\",\"value\":\"amount\",\"kinds\":[\"payment\"]}\n{\"external_id\":\"m2\",\"name\":\"Deals\",\"value\":\"count\",\"kinds\":[\"order\"],\"products\":[\"P1\"]}\n{\"external_id\":\"m3\",\"name\":\"Margin\",\"value\":\"margin\",\"kinds\":[\"invoice\"]}")]
    [InlineData("measures", Csv, "external_id,name,value,kinds,products\nm1,Cash,amount,payment,\nm2,Deals,count,order,P1;P2\nm3,Margin,margin,invoice;refund,\n")]
    [InlineData("quotas", Ndjson, "{\"rep\":\"E1\",\"measure\":\"bookings\",\"period\":\"2025\",\"amount\":\"12000\"}\n{\"rep\":\"E2\",\"measure\":\"bookings\",\"period\":\"2025\",\"amount\":12000.5}\n{\"rep\":\"M1\",\"measure\":\"bookings\",\"period\":\"2025-Q1\",\"amount\":\"1\"}")]
    [InlineData("quotas", Csv, "rep,measure,period,amount\nE1,bookings,2025,12000\nE2,bookings,2025,12000.5\nM1,bookings,2025-Q1,1")]
    [InlineData("fx_rates", Ndjson, "{\"from\":\"EUR\",\"day\":\"2025-01-01\",\"rate\":\"1.08\"}\n{\"from\":\"EUR\",\"day\":\"2024-12-31\",\"rate\":1.0411}\n{\"from\":\"JPY\",\"day\":\"2025-01-01\",\"rate\":\"0.0063\"}")]
    [InlineData("fx_rates", Csv, "day,from,rate\n2025-01-01,EUR,1.08\n2024-12-31,EUR,1.0411\n2025-01-01,JPY,0.0063")]
    [InlineData("plans", Ndjson, "{\"external_id\":\"p1\",\"plan\":\"One\",\"currency\":\"USD\",\"versions\":[VERSION]}\n{\"external_id\":\"p2\",\"plan\":\"Two\",\"currency\":\"USD\",\"versions\":[VERSION]}\n{\"external_id\":\"p3\",\"plan\":\"Three\",\"currency\":\"USD\",\"versions\":[VERSION]}")]
    public async Task Every_kind_of_record_is_imported_in_any_order_and_again_without_effect(string entity, string type, string file)
    {
        const string version = """{"effective_from":"2025-01-01","measures":[{"id":"bookings","value":"amount","kinds":["order","refund"]}],"components":[{"id":"b","measure":"bookings","rate":5}]}""";
        file = file.Replace("VERSION", version);
        var before = Revisions();

        var first = await _platform.ImportAsync(entity, file, type);
        Assert.Equal("read 3 = created 3 + corrected 0 + unchanged 0 + rejected 0", first.Counts());
        Assert.Equal(["1 created", "2 created", "3 created"], await _platform.ResultsAsync(first));
        Assert.Equal(before + 3, Revisions());

        Assert.Equal("read 3 = created 0 + corrected 0 + unchanged 3 + rejected 0", (await _platform.ImportAsync(entity, file, type)).Counts());
        Assert.Equal(before + 3, Revisions());
    }

    [Theory]
    [InlineData("quotas", "quota", """{"rep":"E1","measure":"bookings","period":"2025","amount":"AMOUNT"}""")]
    [InlineData("reps", "rep", """{"external_id":"N1","name":"AMOUNT"}""")]
    public async Task A_record_that_stands_several_times_in_a_file_keeps_every_revision_and_each_ends_where_the_next_begins(string entity, string kind, string row)
    {
        var job = await _platform.ImportAsync(entity, string.Join('\n', Enumerable.Range(1, 3).Select(i => row.Replace("AMOUNT", $"{i}000", StringComparison.Ordinal))), Ndjson);
        var again = await _platform.ImportAsync(entity, row.Replace("AMOUNT", "4000", StringComparison.Ordinal), Ndjson);

        Assert.Equal("read 3 = created 1 + corrected 2 + unchanged 0 + rejected 0", job.Counts());
        Assert.Equal("read 1 = created 0 + corrected 1 + unchanged 0 + rejected 0", again.Counts());
        var revisions = _platform.Service<Storage.SpmStore>().Read(s => s.Query(
            "select version, body, ended_at, id from record where kind = $1 and (body like '%000%') order by seq desc limit 4",
            r => (Version: r.GetInt32(0), Body: r.GetString(1), HasEnded: !r.IsDBNull(2), Id: r.GetString(3)), kind));
        Assert.Single(revisions.Select(r => r.Id).Distinct());
        Assert.Equal([(4, false), (3, true), (2, true), (1, true)], revisions.Select(r => (r.Version, r.HasEnded)));
        Assert.All(revisions, r => Assert.Contains($"{r.Version}000", r.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bad_rows_are_named_by_field_and_rule_and_the_others_go_in()
    {
        var job = await _platform.ImportAsync("reps", string.Join('\n',
            """{"external_id":"X1","name":"Good"}""",
            """{"external_id":"X2","name":"Orphan","manager":"NOBODY"}""",
            """{"external_id":"X3","name":"Self","manager":"X3"}""",
            """{"external_id":"X4","name":"Overlap","managers":[{"manager":"E1","from":"2025-01-01","to":"2025-03-01"},{"manager":"E2","from":"2025-02-01"}]}""",
            """{"external_id":"X5","name":"Planless","plan":"nope"}""",
            """{"external_id":"X6","name":"Backwards","hired_on":"2025-02-01","left_on":"2025-01-01"}""",
            """{"external_id":"X7","name":"Unknown field","colour":"red"}""",
            """{"external_id":"X8","name":"Malformed","hired_on":"01.02.2025"}""",
            """{"external_id":"X9","name":"Twice","name":"Again"}""",
            """{"name":"Nameless"}""",
            """{"external_id":"X11"}""",
            """{"external_id":"X12","name":"Null manager","managers":[null]}""",
            """[]""",
            """{"external_id":"X14","name":"Deep","managers":""" + new string('[', 200) + new string(']', 200) + "}",
            """{"external_id":"X15","name":"nul\u0000l"}""",
            """{"external_id":"X16","name":"Good too","manager":"X1"}"""));

        Assert.Equal("read 16 = created 2 + corrected 0 + unchanged 0 + rejected 14", job.Counts());
        Assert.Equal(
            [
                "2 manager rep_unknown", "3 manager hierarchy_cycle", "4 managers/1 assignment_overlaps", "5 plan plan_unknown", "6 left_on range_empty", "7 colour field_unknown",
                "8 hired_on field_malformed", "9 name field_malformed", "10 external_id field_required", "11 name field_required", "12 managers/0 field_malformed", "13 row_malformed",
                "14 row_malformed", "15 name field_malformed",
            ],
            await _platform.RejectedAsync(job));
    }

    [Fact]
    public async Task Rules_of_the_other_kinds_are_named_too()
    {
        Assert.Equal(
            ["1 rep rep_unknown", "1 measure measure_unknown", "2 period period_unknown", "3 amount quota_not_positive", "4 external_id field_unknown"],
            await _platform.RejectedAsync(await _platform.ImportAsync("quotas", string.Join('\n',
                """{"rep":"NO","measure":"NO","period":"2025","amount":"1"}""",
                """{"rep":"E1","measure":"bookings","period":"2031","amount":"1"}""",
                """{"rep":"E1","measure":"bookings","period":"2025","amount":"0"}""",
                """{"external_id":"q","rep":"E1","measure":"bookings","period":"2025","amount":"1"}"""))));
        Assert.Equal(
            ["1 reps owners_not_100", "2 reps/1 assignment_overlaps", "3 parent territory_unknown", "4 reps/0 field_malformed"],
            (await _platform.RejectedAsync(await _platform.ImportAsync("territories", string.Join('\n',
                """{"external_id":"T1","name":"T","reps":[{"rep":"E1","percent":"50"}]}""",
                """{"external_id":"T2","name":"T","reps":[{"rep":"E1","percent":"50"},{"rep":"E1","percent":"50"}]}""",
                """{"external_id":"T3","name":"T","parent":"NO"}""",
                """{"external_id":"T4","name":"T","reps":[null]}""")))).Distinct());
        Assert.Equal(["1 versions/0 field_malformed"], await _platform.RejectedAsync(await _platform.ImportAsync("plans", """{"external_id":"p","name":"P","versions":[null]}""")));
    }

    [Fact]
    public async Task A_later_row_of_the_same_record_corrects_the_earlier()
    {
        var job = await _platform.ImportAsync("accounts", "external_id,name\nG1,Globex\nG1,Globex Inc.\nG1,Globex Inc.\n", Csv);

        Assert.Equal(["1 created", "2 corrected", "3 unchanged"], await _platform.ResultsAsync(job));
    }

    [Theory]
    [InlineData("reps", "name\nNina", "external_id")]
    [InlineData("reps", "external_id,name,salary\nN1,Nina,1", "salary")]
    [InlineData("quotas", "external_id,rep\nq,E1", "external_id")]
    [InlineData("accounts", "external_id,name,name\nG1,A,B", "name")]
    public async Task A_header_that_does_not_fit_the_records_names_the_column(string entity, string file, string column)
    {
        var job = await _platform.ImportAsync(entity, file, Csv);

        Assert.Equal("header_invalid", job.GetProperty("error").Field("code"));
        Assert.Contains($"'{column}'", job.GetProperty("error").Field("detail"));
    }

    [Fact]
    public async Task Managers_may_stand_thousands_of_rows_after_their_reports()
    {
        const int reps = 5_000;
        var file = string.Join('\n', Enumerable.Range(1, reps).Select(n => $$"""{"external_id":"L{{n}}","name":"L{{n}}","manager":"{{(n <= reps - 20 ? "L" + (reps - 19 + (n % 20)) : "M1")}}"}"""));
        var job = await _platform.ImportAsync("reps", file);

        Assert.Equal($"read {reps} = created {reps} + corrected 0 + unchanged 0 + rejected 0", job.Counts());
    }

    [Fact]
    public async Task A_corrected_record_row_moves_from_rejected_to_created()
    {
        var job = await _platform.ImportAsync("reps", "external_id,name,manager\nX1,Ann,NOBODY\nX2,Bob,NOBODY", Csv);

        var fixedRow = (await _platform.PutAsync($"/v1/imports/{job.Field("id")}/rows/1", """{"external_id":"X1","name":"Ann","manager":"M1"}""")).Expect(200).Json;
        Assert.Equal("created", fixedRow.Field("status"));
        (await _platform.PutAsync("/v1/reps/crm/NOBODY", """{"name":"Now here"}""")).Expect(201);
        job = await _platform.RetryAsync(job);

        Assert.Equal("read 2 = created 2 + corrected 0 + unchanged 0 + rejected 0", job.Counts());
    }

    private long Revisions() => _platform.Service<Storage.SpmStore>().Read(s => s.Long("select count(*) from record"));
}
