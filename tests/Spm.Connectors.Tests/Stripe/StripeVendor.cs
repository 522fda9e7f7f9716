using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Stubs;

namespace Spm.Connectors.Tests.Stripe;

/// <summary>Stripe as far as the connector sees it: lists and events, newest first, bounded by the second they were made in.</summary>
internal sealed class StripeVendor : IVendor
{
    internal const string Key = "rk_test_0000000001";
    private readonly Dictionary<string, List<JsonObject>> _lists = new() { ["invoices"] = [], ["refunds"] = [], ["events"] = [] };
    private readonly long _now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public StripeVendor(StubServer server)
    {
        Server = server;
        Rule("account", _ => Response.Json("""{"id":"acct_1","object":"account","business_profile":{"name":"Acme"}}"""));
        Rule("events", r => List([.. _lists["events"].Where(e => TypesOf(r).Contains(e["type"]!.GetValue<string>()))], r));
        foreach (var list in (string[])["invoices", "refunds"])
        {
            Rule(list, r => List(_lists[list], r));
            Rule(list + "/*", r => _lists[list].Find(o => r.Path.EndsWith("/" + o["id"]!.GetValue<string>(), StringComparison.Ordinal)) is { } one
                ? Response.Json(one.ToJsonString()) : Response.Json("""{"error":{"code":"resource_missing"}}""", 404));
        }
    }

    public StubServer Server { get; }

    public string? DropFolder => null;

    public void Fill(string stream, int count)
    {
        // What came for invoices stands with them; of a payment the invoice's name is all the text there is.
        var (payments, list) = (stream == "payments", stream == "payments" ? "invoices" : stream);
        // Spread over forty days, so that windows have something to find.
        for (var i = _lists[list].Count; i < count; i++)
        {
            var text = i == 7 ? Texts.Unicode : $"T-{i}";
            var made = _now - (40 * 86_400) + (i * 40L * 86_400 / count);
            _lists[list].Add(list == "invoices"
                ? new JsonObject
                {
                    ["id"] = payments && i == 7 ? text : $"in_{i}",
                    ["number"] = text,
                    ["status"] = "paid",
                    ["currency"] = "eur",
                    ["total"] = 1000 + i,
                    ["amount_paid"] = 1000 + i,
                    ["created"] = made,
                    ["charge"] = $"ch_{i}",
                    ["status_transitions"] = new JsonObject { ["finalized_at"] = made, ["paid_at"] = made },
                }
                : new JsonObject
                {
                    ["id"] = $"re_{i}",
                    ["amount"] = 100 + i,
                    ["currency"] = "eur",
                    ["created"] = made,
                    ["status"] = "succeeded",
                    ["charge"] = $"ch_{i}",
                    ["reason"] = text,
                });
        }
    }

    public IReadOnlyCollection<string> Keys(string stream) => stream == "payments"
        ? [.. _lists["invoices"].Where(i => i["status"]!.GetValue<string>() == "paid").Select(i => i["charge"]!.GetValue<string>())]
        : [.. _lists[stream].Where(o => o["status"]!.GetValue<string>() != "failed").Select(o => o["id"]!.GetValue<string>())];

    public string? Change(string stream)
    {
        if (stream == "payments")
        {
            return null;
        }
        var changed = _lists[stream][3];
        changed[stream == "invoices" ? "amount_paid" : "amount"] = 1;
        return Happen(stream == "invoices" ? "invoice.updated" : "refund.updated", changed);
    }

    public string? Remove(string stream)
    {
        var gone = _lists[stream][4];
        if (stream == "invoices")
        {
            _lists[stream].RemoveAt(4);
            return Happen("invoice.deleted", gone);
        }
        gone["status"] = "failed";
        return Happen("refund.failed", gone);
    }

    /// <summary>The deal that an invoice bills, where the billing sets it.</summary>
    public void Bill(string invoice, string opportunity) =>
        _lists["invoices"].Single(i => i["id"]!.GetValue<string>() == invoice)["metadata"] = new JsonObject { ["opportunity"] = opportunity };

    /// <summary>It was made before the day from which objects count.</summary>
    public void MadeLongAgo(string invoice) => _lists["invoices"].Single(i => i["id"]!.GetValue<string>() == invoice)["created"] = _now - (120 * 86_400);

    /// <summary>Nobody has paid it yet.</summary>
    public void Open(string invoice)
    {
        var open = _lists["invoices"].Single(i => i["id"]!.GetValue<string>() == invoice);
        (open["status"], open["amount_paid"], open["charge"], open["status_transitions"]!["paid_at"]) = ("open", 0, null, null);
    }

    public void Pay(string invoice)
    {
        var paid = _lists["invoices"].Single(i => i["id"]!.GetValue<string>() == invoice);
        (paid["status"], paid["amount_paid"], paid["charge"], paid["status_transitions"]!["paid_at"]) =
            ("paid", paid["total"]!.GetValue<int>(), invoice.Replace("in_", "ch_", StringComparison.Ordinal), _now);
        Happen("invoice.paid", paid);
    }

    /// <summary>What is told of the last event of an invoice is another.</summary>
    public void Tell(string invoice, Action<JsonObject> change) => change(_lists["events"].FindLast(e => e["data"]!["object"]!["id"]!.GetValue<string>() == invoice)!);

    /// <summary>All were made in one second.</summary>
    public void AtOnce() => _lists["invoices"].ForEach(i => i["created"] = _now - 86_400);

    /// <summary>An object that is shown without its id.</summary>
    public string? Unnamed { get; set; }

    /// <summary>A draft is deleted; the event of it is yet to come.</summary>
    public void Delete(string invoice) => _lists["invoices"].RemoveAll(i => i["id"]!.GetValue<string>() == invoice);

    /// <summary>The account's own version is a later one, in which invoices do not name their charge: events come in it.</summary>
    public bool LaterVersion { get; set; }

    /// <summary>So long ago that Stripe keeps no event of it, nor of what came before.</summary>
    public void Void(string invoice)
    {
        _lists["invoices"].Single(i => i["id"]!.GetValue<string>() == invoice)["status"] = "void";
        _lists["events"].Clear();
    }

    public WebhookRequest Deliver(DateTimeOffset at, IReadOnlyDictionary<string, string> secrets)
    {
        const string Body = """{"id":"evt_1","type":"invoice.paid","created":1740787200,"data":{"object":{"id":"in_1"}}}""";
        var stamp = at.ToUnixTimeSeconds();
        var sum = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secrets["webhook_secret"]), Encoding.UTF8.GetBytes($"{stamp}.{Body}"));
        return new WebhookRequest(
            "POST", new Uri("https://spm.example/v1/webhooks/c_2"),
            new Dictionary<string, string> { ["Stripe-Signature"] = $"t={stamp},v1={Convert.ToHexStringLower(sum)}" }, Encoding.UTF8.GetBytes(Body));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private string Happen(string type, JsonObject what)
    {
        var told = what.DeepClone().AsObject();
        if (LaterVersion)
        {
            told.Remove("charge");
        }
        _lists["events"].Add(new JsonObject
        {
            ["id"] = $"evt_{_lists["events"].Count}",
            ["type"] = type,
            ["created"] = _now,
            ["api_version"] = LaterVersion ? "2025-03-31.basil" : "2024-06-20",
            ["data"] = new JsonObject { ["object"] = told },
        });
        return what["id"]!.GetValue<string>();
    }

    private void Rule(string path, Func<StubRequest, Response> answer) => Server.Given(Request.Get("/v1/" + path)).RespondWith(r =>
        r.Header("Authorization") == $"Bearer {Key}" ? answer(r) : Response.Json("""{"error":{"type":"invalid_request_error"}}""", 401));

    private static string[] TypesOf(StubRequest request) => request.Query("types[]")!.Split(',');

    private Response List(List<JsonObject> all, StubRequest request)
    {
        var (from, to) = (Whole(request.Query("created[gte]")), Whole(request.Query("created[lt]")));
        var found = Enumerable.Reverse(all).Where(o => o["created"] is not JsonValue said || !said.TryGetValue(out long made) || made < 0 || (made >= from && made < to));
        if (request.Query("starting_after") is { } after)
        {
            found = found.SkipWhile(o => o["id"]!.GetValue<string>() != after).Skip(1);
        }
        var (limit, page) = ((int)Whole(request.Query("limit")), found.ToList());
        return Response.Json(new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. page.Take(limit).Select(Shown)]),
            ["has_more"] = page.Count > limit,
        }.ToJsonString());
    }

    private JsonNode Shown(JsonObject one)
    {
        var shown = one.DeepClone();
        if (Unnamed is not null && one["id"]!.GetValue<string>() == Unnamed)
        {
            shown.AsObject().Remove("id");
        }
        return shown;
    }

    private static long Whole(string? text) => long.Parse(text!, CultureInfo.InvariantCulture);
}
