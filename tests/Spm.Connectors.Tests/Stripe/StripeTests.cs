using System.Text.Json;
using System.Text.Json.Nodes;
using Spm.Connectors.Conformance.Support;
using Spm.Connectors.Hosting.Sync;
using Spm.Connectors.Stripe;

namespace Spm.Connectors.Tests.Stripe;

public sealed class StripeTests
{
    private static JsonElement Payload(int index) => JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Stripe", "payloads", "invoices.json"))).RootElement.GetProperty("data")[index];

    [Fact]
    public void A_paid_invoice_is_read_exactly()
    {
        var invoice = (Invoice)((SourceRecord)Mapping.Message("invoices", Payload(0), null)!).Entity!;
        Assert.Equal((new Money(1199.00m, "EUR"), new Money(1199.00m, "EUR"), InvoiceStatus.Paid), (invoice.Amount, invoice.Paid, invoice.Status));
        Assert.Equal((new DateOnly(2025, 3, 2), new DateOnly(2025, 4, 1)), (invoice.IssuedOn, invoice.PaidOn));
        Assert.Equal(("ACME-0007", "cus_1", "9001"), (invoice.Number, invoice.Account, invoice.Opportunity));
    }

    [Fact]
    public void A_currency_without_minor_units_is_whole() =>
        Assert.Equal(new Money(5000m, "JPY"), ((Invoice)((SourceRecord)Mapping.Message("invoices", Payload(1), null)!).Entity!).Amount);

    [Fact]
    public void What_Stripe_does_not_promise_goes_into_quarantine() =>
        Assert.Contains("simmering", Assert.IsType<InvalidRow>(Mapping.Message("invoices", Payload(2), null)).Errors[0].Detail, StringComparison.Ordinal);

    [Fact]
    public void What_came_for_an_invoice_is_a_payment_by_the_name_that_refunds_have_for_it()
    {
        var paid = (SourceRecord)Mapping.Message("payments", Payload(0), null)!;
        Assert.Equal(("ch_1Paid", new Payment { Amount = new Money(1199.00m, "EUR"), ReceivedOn = new DateOnly(2025, 4, 1), Invoice = "in_1Paid" }), (paid.Key, paid.Entity));
        var refund = (Refund)((SourceRecord)Mapping.Message("refunds", JsonElement.Parse("""{"id":"re_1","amount":100,"currency":"eur","created":1743465600,"status":"succeeded","charge":"ch_1Paid"}"""), null)!).Entity!;
        Assert.Equal(paid.Key, refund.Payment);
        Assert.Equal("in_4Wire", ((SourceRecord)Mapping.Message("payments", Payload(3), null)!).Key);
    }

    [Fact]
    public void An_invoice_that_nobody_has_paid_is_no_payment() => Assert.Null(Mapping.Message("payments", Payload(1), null));

    [Fact]
    public async Task An_invoice_that_is_paid_later_is_a_payment_of_the_next_run()
    {
        await using var bench = await Bench.StartAsync(new StripeSubject());
        var (store, stream, vendor) = (new MemoryStore(), bench.Manifest.Stream("payments")!, (StripeVendor)bench.Vendor);
        vendor.Fill("invoices", 5);
        vendor.Open("in_2");
        await bench.SyncAsync(store, stream, StreamState.New);
        Assert.Equal(["ch_0", "ch_1", "ch_3", "ch_4"], store.Records("payments").Keys.Order(StringComparer.Ordinal));

        vendor.Pay("in_2");
        await bench.SyncAsync(store, stream, store.State("payments"));

        Assert.Equal("in_2", ((Payment)store.Records("payments")["ch_2"].Entity!).Invoice);
    }

    /// <summary>Events come in the version of the account: in later ones an invoice does not name its charge, and one payment would count under two names.</summary>
    [Fact]
    public async Task A_payment_is_the_same_whichever_version_the_account_tells_its_events_in()
    {
        await using var bench = await Bench.StartAsync(new StripeSubject());
        var (store, stream, vendor) = (new MemoryStore(), bench.Manifest.Stream("payments")!, (StripeVendor)bench.Vendor);
        vendor.Fill("invoices", 3);
        vendor.Open("in_1");
        vendor.LaterVersion = true;
        await bench.SyncAsync(store, stream, StreamState.New);

        vendor.Pay("in_1");
        await bench.SyncAsync(store, stream, store.State("payments"));

        Assert.Equal(["ch_0", "ch_1", "ch_2"], store.Records("payments").Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_deleted_before_an_event_of_another_version_is_read_stays_until_the_event_of_that()
    {
        await using var bench = await Bench.StartAsync(new StripeSubject());
        var (store, stream, vendor) = (new MemoryStore(), bench.Manifest.Stream("invoices")!, (StripeVendor)bench.Vendor);
        vendor.Fill("invoices", 5);
        vendor.LaterVersion = true;
        await bench.SyncAsync(store, stream, StreamState.New);

        vendor.Delete(vendor.Change("invoices")!);
        var (messages, error) = await bench.ReadAsync("invoices", store.State("invoices").Checkpoint);

        Assert.Null(error);
        Assert.DoesNotContain(messages, m => m is SourceRecord or InvalidRow);
    }

    [Theory]
    [InlineData("invoices")]
    [InlineData("payments")]
    public async Task What_was_made_before_the_day_from_which_objects_count_does_not_come_by_its_events_either(string name)
    {
        await using var bench = await Bench.StartAsync(new StripeSubject());
        var (store, stream, vendor) = (new MemoryStore(), bench.Manifest.Stream(name)!, (StripeVendor)bench.Vendor);
        vendor.Fill("invoices", 3);
        vendor.Open("in_1");
        vendor.MadeLongAgo("in_1");
        await bench.SyncAsync(store, stream, StreamState.New);

        vendor.Pay("in_1");
        await bench.SyncAsync(store, stream, store.State(name));

        Assert.Equal(2, store.Records(name).Count);
    }

    [Fact]
    public async Task A_run_after_a_pause_longer_than_events_are_kept_reads_everything_again()
    {
        await using var bench = await Bench.StartAsync(new StripeSubject());
        bench.Vendor.Fill("invoices", 5);
        var old = DateTimeOffset.UtcNow.AddDays(-40).ToUnixTimeSeconds();
        var (_, error) = await bench.ReadAsync("invoices", Checkpoint.Of(new { upTo = old, began = old, changes = true }));
        Assert.Equal(ErrorKind.CursorExpired, error!.Kind);

        var store = new MemoryStore();
        var state = new StreamState { Checkpoint = Checkpoint.Of(new { upTo = old, began = old, changes = true }) };
        await bench.SyncAsync(store, bench.Manifest.Stream("invoices")!, state);
        Assert.Equal(5, store.Records("invoices").Count);
    }

    /// <summary>When it was made says nothing about how it stands now: an invoice that was voided in the pause would stay open for good.</summary>
    [Fact]
    public async Task What_changed_in_a_pause_longer_than_events_are_kept_is_read_as_it_stands_now()
    {
        await using var bench = await Bench.StartAsync(new StripeSubject());
        bench.Vendor.Fill("invoices", 5);
        var store = new MemoryStore();
        var stream = bench.Manifest.Stream("invoices")!;
        await bench.SyncAsync(store, stream, StreamState.New);
        var changed = bench.Vendor.Change("invoices")!;
        await bench.SyncAsync(store, stream, store.State("invoices"));
        ((StripeVendor)bench.Vendor).Void(changed);
        var old = DateTimeOffset.UtcNow.AddDays(-40).ToUnixTimeSeconds();

        await bench.SyncAsync(store, stream, new StreamState { Checkpoint = Checkpoint.Of(new { upTo = old, began = old, changes = true }) });

        Assert.Equal(InvoiceStatus.Void, ((Invoice)store.Records("invoices")[changed].Entity!).Status);
    }

    private const string Paid = """{"id":"in_1","status":"paid","currency":"eur","total":100,"amount_paid":100,"created":1740787200,"charge":"ch_1","status_transitions":{"finalized_at":1740787200,"paid_at":1740787200}}""";

    private const string Refunded = """{"id":"re_1","amount":100,"currency":"eur","created":1740787200,"status":"succeeded","charge":"ch_1"}""";

    [Theory]
    [InlineData("invoices", Paid, "created", "-1")]
    [InlineData("invoices", Paid, "created", "-100000000000000")]
    [InlineData("invoices", Paid, "created", "1e20")]
    [InlineData("invoices", Paid, "created", "9000000000000000000")]
    [InlineData("invoices", Paid, "created", "\"yesterday\"")]
    [InlineData("invoices", Paid, "created", "null")]
    [InlineData("invoices", Paid, "total", "1.5")]
    [InlineData("invoices", Paid, "amount_paid", "\"100\"")]
    [InlineData("invoices", Paid, "currency", "\"euro\"")]
    [InlineData("invoices", Paid, "currency", "null")]
    [InlineData("invoices", Paid, "status", "\"simmering\"")]
    [InlineData("invoices", Paid, "status_transitions/finalized_at", "9000000000000000000")]
    [InlineData("invoices", Paid, "status_transitions/paid_at", "\"soon\"")]
    [InlineData("payments", Paid, "created", "1e20")]
    [InlineData("payments", Paid, "amount_paid", "1e30")]
    [InlineData("payments", Paid, "status", "\"simmering\"")]
    [InlineData("payments", Paid, "status_transitions/paid_at", "null")]
    [InlineData("payments", Paid, "status_transitions/paid_at", "-5")]
    [InlineData("refunds", Refunded, "created", "9000000000000000000")]
    [InlineData("refunds", Refunded, "amount", "null")]
    [InlineData("refunds", Refunded, "currency", "\"e\"")]
    [InlineData("refunds", Refunded, "status", "\"simmering\"")]
    public void What_cannot_be_read_of_an_object_is_named_by_its_field_under_the_key_of_its_record(string stream, string known, string field, string value)
    {
        var (found, names) = (JsonNode.Parse(known)!, field.Split('/'));
        (names.Length == 1 ? found : found[names[0]]!)[names[^1]] = JsonNode.Parse(value);

        var row = Assert.IsType<InvalidRow>(Mapping.Message(stream, JsonElement.Parse(found.ToJsonString()), null));

        Assert.Equal("/" + field, Assert.Single(row.Errors).Pointer);
        Assert.Equal(((SourceRecord)Mapping.Message(stream, JsonElement.Parse(known), null)!).Key, row.Key);
    }

    [Theory]
    [InlineData("invoices", "created", "-100000000000000")]
    [InlineData("invoices", "created", "1e20")]
    [InlineData("payments", "created", "9000000000000000000")]
    [InlineData("payments", "created", "\"yesterday\"")]
    public async Task An_event_about_an_object_whose_instant_is_none_does_not_end_the_stream(string name, string field, string value)
    {
        await using var bench = await Bench.StartAsync(new StripeSubject());
        var (store, stream, vendor) = (new MemoryStore(), bench.Manifest.Stream(name)!, (StripeVendor)bench.Vendor);
        vendor.Fill("invoices", 5);
        vendor.Open("in_1");
        vendor.Open("in_2");
        await bench.SyncAsync(store, stream, StreamState.New);
        vendor.Pay("in_1");
        vendor.Pay("in_2");
        vendor.Tell("in_1", told => told["data"]!["object"]![field] = JsonNode.Parse(value));

        var outcome = (await bench.SyncAsync(store, stream, store.State(name))).Streams[0];

        Assert.Equal((StreamStatus.Complete, null), (outcome.Status, outcome.Error?.Message));
        Assert.Equal(("/created", name == "payments" ? "ch_1" : "in_1"), (Assert.Single(store.Quarantined).Errors[0].Pointer, store.Quarantined[0].Key));
        Assert.Contains(name == "payments" ? "ch_2" : "in_2", store.Records(name).Keys);
    }

    [Theory]
    [InlineData("-100000000000000")]
    [InlineData("1e20")]
    [InlineData("\"yesterday\"")]
    [InlineData("null")]
    public async Task An_event_that_does_not_say_when_it_happened_is_told_and_the_others_are_read(string value)
    {
        await using var bench = await Bench.StartAsync(new StripeSubject());
        var (store, stream, vendor) = (new MemoryStore(), bench.Manifest.Stream("invoices")!, (StripeVendor)bench.Vendor);
        vendor.Fill("invoices", 5);
        vendor.Open("in_1");
        vendor.Open("in_2");
        await bench.SyncAsync(store, stream, StreamState.New);
        vendor.Pay("in_1");
        vendor.Pay("in_2");
        vendor.Tell("in_1", told => told["created"] = JsonNode.Parse(value));

        var outcome = (await bench.SyncAsync(store, stream, store.State("invoices"))).Streams[0];

        Assert.Equal((StreamStatus.Complete, null), (outcome.Status, outcome.Error?.Message));
        Assert.Equal(("/created", "in_1"), (Assert.Single(store.Quarantined).Errors[0].Pointer, store.Quarantined[0].Key));
        Assert.Equal(InvoiceStatus.Paid, ((Invoice)store.Records("invoices")["in_2"].Entity!).Status);
    }

    /// <summary>A page goes on after its last object: where that one has no name, what follows would be passed over in silence.</summary>
    [Fact]
    public async Task A_page_whose_last_object_has_no_id_is_not_the_last_one()
    {
        await using var bench = await Bench.StartAsync(new StripeSubject());
        var (store, stream, vendor) = (new MemoryStore(), bench.Manifest.Stream("invoices")!, (StripeVendor)bench.Vendor);
        vendor.Fill("invoices", 250);
        vendor.AtOnce();
        vendor.Unnamed = "in_150";

        var outcome = (await bench.SyncAsync(store, stream, StreamState.New)).Streams[0];

        Assert.Equal((StreamStatus.Complete, 249), (outcome.Status, store.Records("invoices").Count));
    }

    [Theory]
    [InlineData("jpy", 5000, 5000)]
    [InlineData("BHD", 5000, 5)]
    [InlineData("ugx", 500, 5)]
    [InlineData("isk", 500, 5)]
    [InlineData("eur", 1, 0.01)]
    public void Amounts_have_the_digits_that_Stripe_counts_the_currency_in(string currency, long units, double amount) =>
        Assert.Equal(new Money((decimal)amount, currency.ToUpperInvariant()), Money.FromMinorUnits(units, currency));
}
