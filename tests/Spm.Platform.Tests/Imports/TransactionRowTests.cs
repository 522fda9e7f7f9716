using Spm.Platform.Tests.Support;
using static Spm.Platform.Tests.Imports.ImportSteps;

namespace Spm.Platform.Tests.Imports;

/// <summary>What becomes of a row: what is wrong with it is said by row, field and rule, and rows around it go in.</summary>
public sealed class TransactionRowTests(ImportCompany company) : IClassFixture<ImportCompany>
{
    private static int s_next;
    private readonly TestPlatform _platform = company.Platform;
    private readonly string _prefix = $"R{Interlocked.Increment(ref s_next)}-";

    public static TheoryData<string, string> BadRows => new()
    {
        { Order("ID", rep: "NOBODY"), "rep rep_unknown" },
        { Order("ID", ""","account":"A9" """), "account account_unknown" },
        { Order("ID", ""","territory":"T9" """), "territory territory_unknown" },
        { Order("ID").Replace("USD", "XXQ"), "currency currency_unknown" },
        { Order("ID").Replace("USD", "usd"), "currency currency_unknown" },
        { Order("ID").Replace("order", "gift"), "kind kind_unknown" },
        { Order("ID", amount: "-5"), "amount amount_negative" },
        { Order("ID", amount: "-5").Replace("order", "refund"), "amount amount_negative" },
        { Order("ID", amount: "1500,50"), "amount amount_malformed" },
        { Order("ID", amount: "1,500.50"), "amount amount_malformed" },
        { Order("ID", amount: "1e3"), "amount amount_malformed" },
        { Order("ID", amount: "NaN"), "amount amount_malformed" },
        { Order("ID", amount: "1.23456"), "amount amount_too_precise" },
        { Order("ID", amount: "10000000000000.01"), "amount amount_too_large" },
        { Order("ID", amount: new string('9', 400)), "amount amount_too_precise" },
        { Order("ID", amount: "1.00000000000000000000000000000000001"), "amount amount_too_precise" },
        { Order("ID", amount: "0.00000000000000000000000000000000009"), "amount amount_too_precise" },
        { Order("ID", amount: "10000000000000.00000000000000000000000001"), "amount amount_too_precise" },
        { Order("ID", amount: "1\\u0000"), "amount amount_malformed" },
        { Order("ID", amount: "+5"), "amount amount_malformed" },
        { Order("ID", amount: "5."), "amount amount_malformed" },
        { Order("ID", ""","splits":[{"rep":"E1","percent":"100.0000000000000000000000000000001"}]"""), "splits/0/percent percent_invalid" },
        { Order("ID", ""","quantity":"-1" """), "quantity amount_negative" },
        { Order("ID", date: "2030-01-01"), "date date_outside_calendar" },
        { Order("ID", date: "2025-02-30"), "date date_malformed" },
        { Order("ID", date: "05.01.2025"), "date date_malformed" },
        { Order("ID", date: "2025-01-05T00:00:00Z"), "date date_malformed" },
        { Order("ID", ""","version":0"""), "version version_malformed" },
        { Order("ID", ""","version":1.5"""), "version version_malformed" },
        { Order("ID", ""","house":"maybe" """), "house field_malformed" },
        { Order("ID", ""","house":true"""), "house house_excludes_rep" },
        { Order("ID", ""","splits":[{"rep":"E1","percent":"60"},{"rep":"E2","percent":"30"}]"""), "splits splits_not_100" },
        { Order("ID", ""","splits":[{"rep":"E1","percent":"60"},{"rep":"E1","percent":"40"}]"""), "splits/1/rep split_rep_twice" },
        { Order("ID", ""","splits":[{"rep":"E9","percent":"100"}]"""), "splits/0/rep rep_unknown" },
        { Order("ID", ""","splits":[{"rep":"E1","percent":"0"},{"rep":"E2","percent":"100"}]"""), "splits/0/percent percent_invalid" },
        { Order("ID", ""","splits":[null]"""), "splits/0 field_malformed" },
        { Order("ID", ""","plan":"ae" """), "plan field_unknown" },
        { Order("ID", ""","amount":"7" """), "amount field_malformed" },
        { Order("ID", ""","product":{"name":"P1"}"""), "product field_malformed" },
        { Order("ID", ""","product":"a\u0000b" """), "product field_malformed" },
        { Order("a\\u0000b"), "external_id field_malformed" },
        { Order(" ID"), "external_id field_malformed" },
        { Order(new string('x', 201)), "external_id field_too_long" },
        { Order("ID", $$""","source":"{{new string('s', 201)}}" """), "source field_too_long" },
        { """{"external_id":"ID"}""", "kind field_required, date field_required, currency field_required, amount field_required" },
        { "{}", "external_id field_required, kind field_required, date field_required, currency field_required, amount field_required" },
        { """[1,2]""", "row_malformed" },
        { "7", "row_malformed" },
        { "null", "row_malformed" },
        { "\"text\"", "row_malformed" },
        { """{"external_id":"ID","amount":""", "row_malformed" },
        { """{"external_id":"ID","amount":12""", "row_malformed" },
        { Order("ID") + Order("ID2"), "row_malformed" },
        { "not json", "row_malformed" },
        { Order("ID", $$""","product":{{new string('[', 500)}}{{new string(']', 500)}}"""), "product field_malformed" },
        { new string('{', 100_000), "row_malformed" },
    };

    [Theory]
    [MemberData(nameof(BadRows))]
    public async Task A_bad_row_is_refused_by_field_and_rule_and_its_neighbours_go_in(string row, string refusal)
    {
        var bad = row.Replace("ID", _prefix);
        var job = await _platform.ImportAsync("transactions", $"{Order(_prefix + "before")}\n{bad}\n{Order(_prefix + "after")}\n");

        Assert.Equal("succeeded", job.Field("status"));
        Assert.Equal("read 3 = created 2 + corrected 0 + unchanged 0 + rejected 1", job.Counts());
        Assert.Equal(refusal.Split(", ").Select(r => $"2 {r}"), await _platform.RejectedAsync(job));
        var rejected = Assert.Single(await _platform.RejectedRowsAsync(job));
        Assert.StartsWith(rejected.Field("raw"), bad);
        Assert.Equal(Math.Min(bad.Length, 64 * 1024), rejected.Field("raw").Length);
        Assert.True(await _platform.HasTransactionAsync(_prefix + "before"));
        Assert.True(await _platform.HasTransactionAsync(_prefix + "after"));
        Assert.False(await _platform.HasTransactionAsync(_prefix));
    }

    [Fact]
    public async Task The_same_row_twice_is_unchanged_the_second_time_in_one_file_and_across_files()
    {
        var file = $"{Order(_prefix)}\n{Order(_prefix)}\n";

        Assert.Equal("read 2 = created 1 + corrected 0 + unchanged 1 + rejected 0", (await _platform.ImportAsync("transactions", file)).Counts());
        Assert.Equal("read 2 = created 0 + corrected 0 + unchanged 2 + rejected 0", (await _platform.ImportAsync("transactions", file)).Counts());
    }

    [Fact]
    public async Task Versions_correct_are_stale_or_conflict_and_a_rejected_row_shows_its_own_text()
    {
        var rows = new[]
        {
            Order(_prefix, ""","version":2""", amount: "20"),
            Order(_prefix, ""","version":3""", amount: "30"),
            Order(_prefix, ""","version":1""", amount: "10"),
            Order(_prefix, ""","version":3""", amount: "31"),
            Order(_prefix, ""","version":3""", amount: "30.00"),
        };
        var job = await _platform.ImportAsync("transactions", string.Join('\n', rows));

        Assert.Equal(["1 created", "2 corrected", "3 rejected", "4 rejected", "5 unchanged"], await _platform.ResultsAsync(job));
        Assert.Equal(["3 version transaction_version_stale", "4 version transaction_version_conflict"], await _platform.RejectedAsync(job));
        Assert.Equal([rows[2], rows[3]], (await _platform.RejectedRowsAsync(job)).Select(r => r.Field("raw")));
        Assert.Equal("30.00", (await _platform.TransactionAsync(_prefix)).GetProperty("amount").Field("amount"));
    }

    [Fact]
    public async Task A_refund_of_a_positive_amount_takes_credit_back()
    {
        await _platform.ImportAsync("transactions", Order(_prefix, amount: "12.5").Replace("order", "refund"));

        Assert.Equal("-12.50", (await _platform.TransactionAsync(_prefix)).GetProperty("amount").Field("amount"));
    }

    [Fact]
    public async Task A_row_may_name_its_own_source_and_numbers_may_be_numbers()
    {
        var job = await _platform.ImportAsync("transactions", $$"""{"source":"erp","external_id":"{{_prefix}}","version":1,"kind":"order","date":"2025-01-05","amount":100.10,"currency":"USD","rep":"E1","house":false}""");

        Assert.Equal("read 1 = created 1 + corrected 0 + unchanged 0 + rejected 0", job.Counts());
        Assert.Equal("100.10", (await _platform.TransactionAsync(_prefix, "erp")).GetProperty("amount").Field("amount"));
    }

    [Fact]
    public async Task A_rejected_row_leaves_no_source_behind()
    {
        await _platform.ImportAsync("transactions", Order(_prefix, $$""","source":"{{_prefix}}ghost" """, rep: "NOBODY"));

        Assert.DoesNotContain(_platform.Service<Platform.Tenants.TenantDirectory>().Get(1).Sources.Keys, s => s.EndsWith("ghost", StringComparison.Ordinal) && s.StartsWith(_prefix, StringComparison.Ordinal));
    }
}
