using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Stubs;

namespace Spm.Connectors.Tests.Fake;

/// <summary>The invented vendor: a log of changes, read by its number, and payouts that it takes as often as they are sent.</summary>
public sealed class AcmeSubject(Mutation mutation = Mutation.None, int pageSize = 50) : Subject
{
    public override ConnectorManifest Manifest { get; } = ManifestReader.Read("""
        {
          "id": "acme", "name": "Acme", "version": "1.0", "sdkRange": { "min": "1.0", "max": "1.9" }, "kinds": ["source", "sink"],
          "entry": { "assembly": "Acme.dll", "type": "Acme" }, "auth": [{ "kind": "bearer", "secrets": ["token"] }], "allowedHosts": [],
          "webhooks": { "scheme": "hmac_sha256_hex", "header": "X-Acme", "secret": "hook" },
          "configSchema": { "type": "object", "properties": {
            "token": { "type": "string", "writeOnly": true }, "hook": { "type": "string", "writeOnly": true } } },
          "streams": [{ "name": "deals", "entity": "opportunity", "primaryKey": ["id"], "cursor": { "field": "seq" }, "deletes": "tombstones",
            "ordered": true, "stability": "stable" }]
        }
        """);

    public override JsonElement Configuration => JsonDocument.Parse("""{ "token": "top-secret-token", "hook": "hook-secret" }""").RootElement;

    public override IConnector Create() => new AcmeConnector(mutation);

    public override async Task<IVendor> StartVendorAsync() => new Vendor(await StubServer.StartAsync(), pageSize);

    private sealed class Vendor : IPayrollVendor
    {
        private readonly int _pageSize;
        private readonly Dictionary<string, AcmeDeal> _deals = [];
        private readonly SortedList<long, AcmeDeal> _log = [];
        private readonly List<AcmeLine> _taken = [];
        private long _seq;

        public Vendor(StubServer server, int pageSize)
        {
            (Server, _pageSize) = (server, pageSize);
            server.Given(Request.Get("/deals")).RespondWith(r => r.Header("Authorization") == "Bearer top-secret-token" ? Page(long.Parse(r.Query("after")!)) : Response.Status(401));
            server.Given(Request.Get("/payouts")).RespondWith(_ => Response.Json(_taken));
            server.Given(Request.Post("/payouts")).RespondWith(r =>
            {
                _taken.Add(JsonSerializer.Deserialize<AcmeLine>(r.Body, JsonSerializerOptions.Web)!);
                return Response.Json("{}", 201);
            });
        }

        public StubServer Server { get; }

        public string? DropFolder => null;

        public IReadOnlyList<(string LineId, decimal Amount)> Taken => [.. _taken.Select(t => (t.Id, t.Amount))];

        public WriteBatch Batch { get; } = new("B1", [.. Enumerable.Range(1, 3).Select(i => new PayoutLine($"L{i}", $"E{i}", new Money(i * 1.10m, "USD"), "2025-01", "commission"))]);

        public void Fill(string stream, int count)
        {
            for (var i = 0; i < count; i++)
            {
                Put(new AcmeDeal(0, $"D{i}", i == 7 ? Texts.Unicode : $"Deal {i}", i + 0.25m, false));
            }
        }

        public IReadOnlyCollection<string> Keys(string stream) => [.. _deals.Values.Where(d => !d.Deleted).Select(d => d.Id)];

        public Money? Amount(string stream, string key) => new Money(_deals[key].Amount, "USD");

        public string? Change(string stream)
        {
            Put(_deals["D3"] with { Amount = 99 });
            return "D3";
        }

        public string? Remove(string stream)
        {
            Put(_deals["D4"] with { Deleted = true });
            return "D4";
        }

        public WebhookRequest Deliver(DateTimeOffset at, IReadOnlyDictionary<string, string> secrets)
        {
            var body = "deal:D1"u8.ToArray();
            var sum = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secrets["hook"]), body);
            return new WebhookRequest("POST", new Uri("https://spm.example/hooks/1"), new Dictionary<string, string> { ["X-Acme"] = Convert.ToHexString(sum) }, body);
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();

        private void Put(AcmeDeal deal)
        {
            if (_deals.TryGetValue(deal.Id, out var old))
            {
                _log.Remove(old.Seq);
            }
            _deals[deal.Id] = deal = deal with { Seq = ++_seq };
            _log.Add(deal.Seq, deal);
        }

        private Response Page(long after)
        {
            var (low, high) = (0, _log.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = _log.Keys[middle] <= after ? (middle + 1, high) : (low, middle);
            }
            var deals = Enumerable.Range(low, Math.Min(_pageSize, _log.Count - low)).Select(i => _log.Values[i]).ToList();
            return Response.Json(new AcmePage(deals, low + _pageSize < _log.Count));
        }
    }
}
