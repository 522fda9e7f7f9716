using System.Text.Json;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Reconciliation;

public sealed class ReconciliationTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(_platform);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task An_empty_company_reconciles_to_nothing() => Assert.Equal("0 0.00 = 0 0.00 + 0 0.00", Line(await GetAsync()));

    [Fact]
    public async Task Every_current_transaction_reappears_credited_or_uncredited()
    {
        await _platform.PostAsync(SmallCompany.Order("T1", "E1", "2025-01-05", "100.0001"), 201);
        await _platform.PostAsync(SmallCompany.Order("R1", "E1", "2025-01-06", "10", kind: "refund"), 201);
        await _platform.PostAsync("""{"source":"crm","external_id":"U1","kind":"order","date":"2025-01-05","amount":"0.0003","currency":"USD"}""", 201);

        var books = await GetAsync();

        Assert.Equal("3 90.0004 = 2 90.0001 + 1 0.0003", Line(books));
        Assert.Equal(["order USD 2 100.0004 = 1 100.0001 + 1 0.0003", "refund USD 1 -10.00 = 1 -10.00 + 0 0.00"],
            books.GetProperty("by_kind").EnumerateArray().Select(k => $"{k.Text("kind")} {k.Text("currency")} {Line(k)}"));
        Assert.Equal("uncredited", Assert.Single(books.GetProperty("problems").EnumerateArray()).Text("code"));
    }

    [Fact]
    public async Task A_split_with_a_part_of_nobody_is_neither_lost_nor_doubled()
    {
        (await _platform.PutAsync("/v1/reps/hris/OUT", """{"name":"Left","left_on":"2025-01-01"}""")).Expect(201);
        await _platform.PostAsync("""{"source":"crm","external_id":"S1","kind":"order","date":"2025-01-05","amount":"100","currency":"USD","splits":[{"rep":"E1","percent":"50"},{"rep":"E2","percent":"20"},{"rep":"OUT","percent":"30"}]}""", 201);

        Assert.Equal("1 100.00 = 1 70.00 + 0 30.00", Line(await GetAsync()));
    }

    [Fact]
    public async Task An_overlay_is_credited_besides_and_does_not_count_twice()
    {
        (await _platform.PutAsync("/v1/territories/crm/W", """{"name":"West","reps":[{"rep":"E1","role":"owner","percent":"100"},{"rep":"E2","role":"overlay","percent":"50"}]}""")).Expect(201);
        await _platform.PostAsync("""{"source":"crm","external_id":"T1","kind":"order","date":"2025-01-05","amount":"100","currency":"USD","territory":"W"}""", 201);

        Assert.Equal("1 100.00 = 1 100.00 + 0 0.00", Line(await GetAsync()));
    }

    [Fact]
    public async Task Old_versions_and_deleted_transactions_are_not_counted()
    {
        await _platform.PostAsync(SmallCompany.Order("T1", "E1", "2025-01-05", "100"), 201);
        await _platform.PostAsync(SmallCompany.Order("T1", "E2", "2025-01-05", "80", version: 2), 200);
        await _platform.PostAsync(SmallCompany.Order("T2", "E1", "2025-01-05", "5"), 201);
        await _platform.PostAsync("""{"source":"crm","external_id":"T2","version":2,"kind":"order","date":"2025-01-05","amount":"5","currency":"USD","rep":"E1","deleted":true}""", 200);

        Assert.Equal("1 80.00 = 1 80.00 + 0 0.00", Line(await GetAsync()));
    }

    [Fact]
    public async Task Recredited_transactions_count_by_their_credits_in_force()
    {
        (await _platform.PutAsync("/v1/territories/crm/W", """{"name":"West"}""")).Expect(201);
        await _platform.PostAsync("""{"source":"crm","external_id":"T1","kind":"order","date":"2025-01-05","amount":"100","currency":"USD","territory":"W"}""", 201);
        Assert.Equal("1 100.00 = 0 0.00 + 1 100.00", Line(await GetAsync()));

        (await _platform.PutAsync("/v1/territories/crm/W", """{"name":"West","reps":[{"rep":"E1","percent":"60"},{"rep":"E2","percent":"40"}]}""")).Expect(200);
        Assert.Equal("1 100.00 = 1 100.00 + 0 0.00", Line(await GetAsync()));
    }

    [Fact]
    public async Task Other_currencies_stand_apart()
    {
        await _platform.PostAsync(SmallCompany.Order("T1", "E1", "2025-01-05", "100"), 201);
        await _platform.PostAsync("""{"source":"crm","external_id":"T2","kind":"order","date":"2025-01-05","amount":"70","currency":"EUR","rep":"E1"}""", 201);

        var books = await GetAsync();

        Assert.Equal("1 100.00 = 1 100.00 + 0 0.00", Line(books));
        Assert.Equal(["EUR 1 70.00 = 0 0.00 + 1 70.00", "USD 1 100.00 = 1 100.00 + 0 0.00"],
            books.GetProperty("by_currency").EnumerateArray().Select(c => $"{c.Text("currency")} {Line(c)}"));
    }

    private async Task<JsonElement> GetAsync() => (await _platform.GetAsync("/v1/reconciliation")).Expect(200).Json;

    private static string Line(JsonElement books) => $"{Tally(books, "transactions")} = {Tally(books, "credited")} + {Tally(books, "uncredited")}";

    private static string Tally(JsonElement books, string name) => $"{books.GetProperty(name).GetProperty("count")} {books.Money(name)}";
}
