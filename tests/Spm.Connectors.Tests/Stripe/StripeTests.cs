using System.Text.Json;
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
}
