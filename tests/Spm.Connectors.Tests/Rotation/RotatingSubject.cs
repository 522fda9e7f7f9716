using System.Text.Json;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Stubs;

namespace Spm.Connectors.Tests.Rotation;

/// <summary>The invented vendor: an exchange gives a new refresh token, and the old one is void from the first use of the access token that came with it.</summary>
internal sealed class RotatingSubject(RotationMutation mutation = RotationMutation.None) : Subject
{
    private readonly RotatingConnector _connector = new(mutation);

    public override ConnectorManifest Manifest { get; } = ManifestReader.Read("""
        {
          "id": "rota", "name": "Rota", "version": "1.0", "sdkRange": { "min": "1.1", "max": "1.9" }, "kinds": ["sink"],
          "entry": { "assembly": "Rota.dll", "type": "Rota" }, "auth": [{ "kind": "oauth2_authorization_code", "secrets": ["refresh_token"] }], "allowedHosts": [],
          "configSchema": { "type": "object", "properties": { "refresh_token": { "type": "string", "writeOnly": true, "rotates": true } } }
        }
        """);

    public override JsonElement Configuration => JsonDocument.Parse("""{ "refresh_token": "refresh-1-secret" }""").RootElement;

    public override IConnector Create() => _connector;

    public override async Task<IVendor> StartVendorAsync() => new Vendor(await StubServer.StartAsync());

    private sealed class Vendor : IVendor
    {
        private readonly HashSet<string> _valid = ["refresh-1-secret"];
        private readonly Dictionary<string, string> _sessions = [];
        private int _given = 1;

        public Vendor(StubServer server)
        {
            Server = server;
            server.Given(Request.Post("/token")).RespondWith(r =>
            {
                var used = (string)r.Json!["refresh_token"]!;
                if (!_valid.Contains(used))
                {
                    return Response.Json("""{"error":"invalid_grant"}""", 401);
                }
                var (access, refresh) = ($"access-{++_given}", $"refresh-{_given}-secret");
                _valid.Add(refresh);
                _sessions[access] = used;
                return Response.Json(new Dictionary<string, string> { ["access_token"] = access, ["refresh_token"] = refresh });
            });
            server.Given(Request.Get("/me")).RespondWith(r =>
            {
                if (r.Header("Authorization") is not { } header || !_sessions.TryGetValue(header["Bearer ".Length..], out var used))
                {
                    return Response.Status(401);
                }
                _valid.Remove(used);
                return Response.Json("{}");
            });
        }

        public StubServer Server { get; }

        public string? DropFolder => null;

        public void Fill(string stream, int count) => throw new NotSupportedException("It is not read.");

        public IReadOnlyCollection<string> Keys(string stream) => [];

        public string? Change(string stream) => null;

        public string? Remove(string stream) => null;

        public WebhookRequest? Deliver(DateTimeOffset at, IReadOnlyDictionary<string, string> secrets) => null;

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
