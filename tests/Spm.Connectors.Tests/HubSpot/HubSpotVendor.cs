using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Stubs;

namespace Spm.Connectors.Tests.HubSpot;

/// <summary>
/// HubSpot as far as the connector sees it, written from its documentation: search with its ceiling of 10,000, the list of archived
/// objects, owners of whom some are archived, pipelines, associations.
/// </summary>
internal sealed class HubSpotVendor : IVendor
{
    internal const int Ceiling = 10_000;
    internal const string Token = "pat-eu1-00000000-1111";
    private static readonly long Start = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private readonly Dictionary<string, ObjectTable> _objects = new() { ["deals"] = new(), ["line_items"] = new() };
    private readonly List<JsonObject> _owners = [];
    private readonly List<JsonObject> _pipelines = [];
    private long _now = Start;

    public HubSpotVendor(StubServer server)
    {
        Server = server;
        Rule(Request.Get("/account-info/v3/details"), _ => Response.Json("""{"portalId":4711,"accountType":"STANDARD","uiDomain":"app-eu1.hubspot.com"}"""));
        Rule(Request.Get("/crm/v3/owners"), r => List([.. _owners.Where(o => r.Query("archived") == (o["archived"]!.GetValue<bool>() ? "true" : "false"))], r));
        Rule(Request.Get("/crm/v3/pipelines/deals"), _ => Response.Json(Results(_pipelines).ToJsonString()));
        Rule(Request.Post("/crm/v4/associations/line_items/deals/batch/read"), Associations);
        foreach (var (type, table) in _objects)
        {
            Rule(Request.Get($"/crm/v3/properties/{type}"), _ => Response.Json(
                """{"results":[{"name":"hs_object_id","type":"number","label":"Record ID","hubspotDefined":true},{"name":"region__c","type":"string","label":"Region","hubspotDefined":false}]}"""));
            Server.Given(Request.Post($"/crm/v3/objects/{type}/search")).RespondWith(async r =>
            {
                await Searching();
                return Authorized(r, _ => table.Search(r.Json!.AsObject()));
            });
            Rule(Request.Get($"/crm/v3/objects/{type}").WithQuery("archived", "true"), r => List(table.Archived, r));
        }
    }

    public StubServer Server { get; }

    public string? DropFolder => null;

    /// <summary>Milliseconds between two changes. Zero: a bulk import, where all have one time.</summary>
    public int Step { get; set; } = 1000;

    /// <summary>Comes before each answer to a search: a vendor that takes its time.</summary>
    public Func<Task> Searching { get; set; } = () => Task.CompletedTask;

    public void Fill(string stream, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (id, name) = ($"{1000 + i}", i == 7 ? Texts.Unicode : $"{stream} {i}");
            switch (stream)
            {
                case "owners":
                    _owners.Add(new JsonObject
                    {
                        ["id"] = id,
                        ["email"] = $"{i}@acme.example",
                        ["firstName"] = name,
                        ["lastName"] = "",
                        ["userId"] = i + 1,
                        ["archived"] = i % 5 == 0,
                        ["updatedAt"] = "2025-01-01T00:00:00Z",
                    });
                    break;
                case "pipelines":
                    _pipelines.Add(new JsonObject
                    {
                        ["id"] = id,
                        ["label"] = name,
                        ["stages"] = new JsonArray(new JsonObject { ["id"] = "won", ["label"] = "Won" }),
                    });
                    break;
                default:
                    _objects[stream].Put(id, Tick(), new()
                    {
                        ["dealname"] = name,
                        ["name"] = name,
                        ["amount"] = $"{i}.50",
                        ["dealstage"] = "won",
                        ["hs_is_closed"] = "true",
                        ["hs_is_closed_won"] = "true",
                        ["closedate"] = $"2025-0{1 + (i % 6)}-15T12:00:00Z",
                        ["hubspot_owner_id"] = $"{1001 + (i % 2)}",
                        ["region__c"] = "emea",
                    });
                    break;
            }
        }
    }

    public IReadOnlyCollection<string> Keys(string stream) => stream switch
    {
        "owners" => [.. _owners.Select(o => o["id"]!.GetValue<string>())],
        "pipelines" => [.. _pipelines.Select(p => p["id"]!.GetValue<string>()).SelectMany(id => (string[])[id, id + "/won"])],
        _ => _objects[stream].Ids,
    };

    public string? Change(string stream)
    {
        switch (stream)
        {
            case "owners":
                _owners[3]["email"] = "new@acme.example";
                return "1003";
            case "pipelines":
                _pipelines[3]["label"] = "New";
                return "1003";
            default:
                _objects[stream].Put("1003", Tick(), new() { ["amount"] = "77" });
                return "1003";
        }
    }

    public string? Remove(string stream)
    {
        if (stream == "pipelines")
        {
            _pipelines.RemoveAt(4);
            return "1004";
        }
        return stream == "owners" ? null : _objects[stream].Archive("1004", Tick());
    }

    public WebhookRequest Deliver(DateTimeOffset at, IReadOnlyDictionary<string, string> secrets)
    {
        const string Body = """[{"eventId":1,"subscriptionType":"deal.propertyChange","objectId":1001},{"eventId":2,"subscriptionType":"contact.creation","objectId":9}]""";
        var (uri, stamp) = (new Uri("https://spm.example/v1/webhooks/c_1"), $"{at.ToUnixTimeMilliseconds()}");
        var sum = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secrets["client_secret"]), Encoding.UTF8.GetBytes($"POST{uri}{Body}{stamp}"));
        return new WebhookRequest(
            "POST", uri,
            new Dictionary<string, string> { ["X-HubSpot-Signature-v3"] = Convert.ToBase64String(sum), ["X-HubSpot-Request-Timestamp"] = stamp },
            Encoding.UTF8.GetBytes(Body));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private long Tick() => _now += Step;

    private void Rule(Request request, Func<StubRequest, Response> answer) => Server.Given(request).RespondWith(r => Authorized(r, answer));

    private static Response Authorized(StubRequest request, Func<StubRequest, Response> answer) =>
        request.Header("Authorization") == $"Bearer {Token}" ? answer(request) : Response.Json("""{"category":"INVALID_AUTHENTICATION"}""", 401);

    private static Response Associations(StubRequest request)
    {
        var results = request.Json!["inputs"]!.AsArray().Select(i => new JsonObject
        {
            ["from"] = new JsonObject { ["id"] = i!["id"]!.GetValue<string>() },
            ["to"] = new JsonArray(new JsonObject { ["toObjectId"] = 1000 }),
        });
        return Response.Json(Results(results).ToJsonString());
    }

    internal static JsonObject Results(IEnumerable<JsonObject> results) => new() { ["results"] = new JsonArray([.. results.Select(r => r.DeepClone())]) };

    private static Response List(IReadOnlyList<JsonObject> all, StubRequest request)
    {
        var (from, limit) = (int.Parse(request.Query("after") ?? "0"), int.Parse(request.Query("limit")!));
        var page = Results(all.Skip(from).Take(limit));
        if (from + limit < all.Count)
        {
            page["paging"] = new JsonObject { ["next"] = new JsonObject { ["after"] = $"{from + limit}" } };
        }
        return Response.Json(page.ToJsonString());
    }
}
