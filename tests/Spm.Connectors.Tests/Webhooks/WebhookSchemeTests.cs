using System.Security.Cryptography;
using System.Text;

namespace Spm.Connectors.Tests.Webhooks;

public sealed class WebhookSchemeTests
{
    private const string Body = """{"deal":"1","name":"Größe €"}""";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Uri Address = new("https://spm.example/v1/hooks/c1?a=%2Fx%3A1");

    /// <summary>Delivery, scheme and secret of every scheme; the sums are made here, from the vendors' descriptions.</summary>
    private static (WebhookScheme Scheme, string Secret, Dictionary<string, string> Headers) Signed(string name, DateTimeOffset at)
    {
        var seconds = at.ToUnixTimeSeconds();
        return name switch
        {
            "hubspot_v3" => (new HubSpotV3Scheme(), "s3cret", new()
            {
                ["x-hubspot-request-timestamp"] = $"{at.ToUnixTimeMilliseconds()}",
                ["X-HUBSPOT-SIGNATURE-V3"] = Convert.ToBase64String(
                    Sum("s3cret"u8.ToArray(), $"POSThttps://spm.example/v1/hooks/c1?a=/x:1{Body}{at.ToUnixTimeMilliseconds()}")),
            }),
            "stripe" => (new StripeScheme(), "whsec_x", new()
            {
                ["Stripe-Signature"] = $"t={seconds},v1={new string('0', 64)},v1={Convert.ToHexStringLower(Sum("whsec_x"u8.ToArray(), $"{seconds}.{Body}"))},v0=x",
            }),
            "standard_webhooks" => (new StandardWebhooksScheme(), "whsec_" + Convert.ToBase64String("key"u8), new()
            {
                ["webhook-id"] = "msg_1",
                ["webhook-timestamp"] = $"{seconds}",
                ["webhook-signature"] = $"v1,AAAA v1,{Convert.ToBase64String(Sum("key"u8.ToArray(), $"msg_1.{seconds}.{Body}"))}",
            }),
            "hmac_sha256_hex" => (new HmacHexScheme("X-Sig"), "s", new() { ["X-Sig"] = "sha256=" + Convert.ToHexString(Sum("s"u8.ToArray(), Body)) }),
            _ => (new BasicScheme(), "u:p", new() { ["Authorization"] = "Basic " + Convert.ToBase64String("u:p"u8) }),
        };
    }

    public static TheoryData<string> Schemes { get; } = ["hubspot_v3", "stripe", "standard_webhooks", "hmac_sha256_hex", "basic"];

    public static TheoryData<string> Dated { get; } = ["hubspot_v3", "stripe", "standard_webhooks"];

    [Theory, MemberData(nameof(Schemes))]
    public void What_the_vendor_signed_is_genuine(string name)
    {
        var (scheme, secret, headers) = Signed(name, Now);
        Assert.Equal(WebhookVerdict.Genuine, scheme.Verify(Delivery(headers, Body), secret, Now));
    }

    [Theory, MemberData(nameof(Schemes))]
    public void Another_secret_is_wrong(string name)
    {
        var (scheme, _, headers) = Signed(name, Now);
        Assert.Equal(WebhookVerdict.SignatureWrong, scheme.Verify(Delivery(headers, Body), "whsec_AAAA", Now));
    }

    [Theory, MemberData(nameof(Schemes))]
    public void Without_its_header_it_is_nobodys(string name)
    {
        var (scheme, secret, _) = Signed(name, Now);
        Assert.Equal(WebhookVerdict.SignatureMissing, scheme.Verify(Delivery([], Body), secret, Now));
    }

    [Theory, MemberData(nameof(Schemes))]
    public void A_changed_byte_is_noticed_where_the_body_is_signed(string name)
    {
        var (scheme, secret, headers) = Signed(name, Now);
        var expected = name == "basic" ? WebhookVerdict.Genuine : WebhookVerdict.SignatureWrong;
        Assert.Equal(expected, scheme.Verify(Delivery(headers, Body.Replace('1', '2')), secret, Now));
    }

    [Theory, MemberData(nameof(Schemes))]
    public void Rubbish_is_refused_and_never_thrown(string name)
    {
        var (scheme, secret, headers) = Signed(name, Now);
        foreach (var header in headers.Keys)
        {
            foreach (var rubbish in (string[])["", "é", "%%%", "Basic é", "t=,v1=", "t=99999999999999999999,v1=00", "v1,", new string('9', 30)])
            {
                var verdict = scheme.Verify(Delivery(new(headers) { [header] = rubbish }, Body), secret, Now);
                Assert.NotEqual(WebhookVerdict.Genuine, verdict);
            }
        }
    }

    [Theory, MemberData(nameof(Dated))]
    public void Five_minutes_are_near_enough_and_not_a_second_more(string name)
    {
        foreach (var sign in (int[])[-1, 1])
        {
            var (scheme, secret, headers) = Signed(name, Now);
            Assert.Equal(WebhookVerdict.Genuine, scheme.Verify(Delivery(headers, Body), secret, Now.AddMinutes(5 * sign)));
            Assert.Equal(WebhookVerdict.TimestampOutsideTolerance, scheme.Verify(Delivery(headers, Body), secret, Now.AddSeconds(301 * sign)));
        }
    }

    private static byte[] Sum(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static WebhookRequest Delivery(Dictionary<string, string> headers, string body) =>
        new("POST", Address, headers, Encoding.UTF8.GetBytes(body));
}
