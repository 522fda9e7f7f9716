using System.Text;
using Spm.Connectors.Conformance.Support;

namespace Spm.Connectors.Conformance.Checks;

/// <summary>Webhooks: only the vendor's own are taken, twice is once, and rubbish breaks nothing.</summary>
internal static class WebhookChecks
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Check[] All { get; } =
    [
        new("A_webhook_is_taken_if_the_vendor_signed_it_and_otherwise_not", m => m.Webhooks is not null, VerifiesAsync),
        new("A_webhook_that_comes_twice_gives_the_same_hints", m => m.Webhooks is not null, RepeatsAsync),
    ];

    private static async Task<string?> VerifiesAsync(Subject subject)
    {
        await using var bench = await Bench.StartAsync(subject).ConfigureAwait(false);
        var (manifest, delivery) = (subject.Manifest.Webhooks!, Delivered(bench));
        var secret = bench.Secrets[manifest.Secret];
        Verdict(WebhookVerdict.Genuine, manifest.Scheme.Verify(delivery, secret, Now), "The vendor's own delivery");
        Verdict(WebhookVerdict.SignatureWrong, manifest.Scheme.Verify(delivery, secret + "x", Now), "A delivery signed with another secret");
        if (manifest.Scheme is HubSpotV3Scheme or StripeScheme or StandardWebhooksScheme)
        {
            Verdict(WebhookVerdict.TimestampOutsideTolerance, manifest.Scheme.Verify(delivery, secret, Now.AddMinutes(6)), "An old delivery played again");
        }
        return null;
    }

    private static async Task<string?> RepeatsAsync(Subject subject)
    {
        await using var bench = await Bench.StartAsync(subject).ConfigureAwait(false);
        var receiver = await bench.OpenAsync().ConfigureAwait(false) as IWebhookReceiver
            ?? throw new ConformanceException($"The manifest has webhooks, so the connection must be an {nameof(IWebhookReceiver)}.");
        var delivery = Delivered(bench);
        var first = receiver.Receive(delivery);
        Check.That(first.Count > 0 && first.SequenceEqual(receiver.Receive(delivery)), "The same delivery must give the same hints, and some.");
        Check.That(first.All(h => subject.Manifest.Stream(h.Stream) is not null), "A hint must name a stream of the manifest.");
        foreach (var rubbish in (string[])["", "{", "[]", "{}", "[{}]", "\"x\"", "null"])
        {
            try
            {
                receiver.Receive(new WebhookRequest("POST", delivery.Uri, new Dictionary<string, string>(), Encoding.UTF8.GetBytes(rubbish)));
            }
            catch (ConnectorException e) when (e.Kind == ErrorKind.DataInvalid)
            {
                // This is the way to refuse it.
            }
        }
        return $"{first.Count} hints";
    }

    internal static WebhookRequest Delivered(Bench bench) =>
        bench.Vendor.Deliver(Now, bench.Secrets) ?? throw new ConformanceException("The manifest has webhooks, so the vendor must deliver one.");

    private static void Verdict(WebhookVerdict expected, WebhookVerdict found, string what) =>
        Check.That(expected == found, $"{what} was taken as {found}.");
}
