namespace Spm.Connectors.Tests.Manifests;

/// <summary>A manifest that is right, to be spoilt.</summary>
internal static class Manifests
{
    public const string Valid = """
        {
          "id": "acme",
          "name": "Acme CRM",
          "version": "1.2.0",
          "sdkRange": { "min": "1.0", "max": "1.9" },
          "kinds": ["source"],
          "entry": { "assembly": "Acme.dll", "type": "Acme.AcmeConnector" },
          "baseAddress": "https://api.acme.example",
          "auth": [{ "kind": "bearer", "secrets": ["token"], "scopes": ["deals.read"] }],
          "allowedHosts": ["api.acme.example", "*.cdn.acme.example"],
          "rateLimit": { "requests": 100, "per": "PT10S" },
          "webhooks": { "scheme": "hmac_sha256_hex", "header": "X-Acme-Signature", "secret": "webhook_secret" },
          "configSchema": {
            "type": "object",
            "required": ["token"],
            "properties": {
              "token": { "type": "string", "writeOnly": true, "minLength": 8 },
              "webhook_secret": { "type": "string", "writeOnly": true },
              "page_size": { "type": "integer", "minimum": 1, "maximum": 200, "default": 100 },
              "pipelines": { "type": "array", "items": { "type": "string" }, "maxItems": 2 },
              "since": { "type": "string", "format": "date" }
            }
          },
          "streams": [
            {
              "name": "deals", "entity": "opportunity", "primaryKey": ["id"], "cursor": { "field": "updated_at", "lookback": "PT5M" },
              "deletes": "tombstones", "ordered": true, "stability": "stable"
            }
          ]
        }
        """;

    public static string With(string old, string replacement)
    {
        Assert.Contains(old, Valid, StringComparison.Ordinal);
        return Valid.Replace(old, replacement, StringComparison.Ordinal);
    }
}
