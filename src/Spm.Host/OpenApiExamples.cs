using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Spm.Platform.Kernel;

namespace Spm.Host;

/// <summary>An example for every body: written by hand where the fields depend on each other, else made from the schema.</summary>
internal static class OpenApiExamples
{
    private const int MaxDepth = 8;

    private const string Plan = """
            {"plan":"ae","name":"Account executive","currency":"USD","versions":[{"effective_from":"2025-01-01",
            "measures":[{"id":"bookings","value":"amount","kinds":["order","refund"]}],
            "components":[{"id":"commission","name":"Bookings commission","measure":"bookings","attainment_period":"year","quota":"to_date",
            "rate_table":{"mode":"step","tiers":[{"from":0,"to":100,"rate":5},{"from":100,"rate":10}]}}]}],
            "tests":[{"name":"Half as much again","quotas":[{"measure":"bookings","period":"2025-01","amount":1000}],
            "transactions":[{"date":"2025-01-10","amount":1500}],"expect":[{"period":"2025-01","is":100}]}]}
            """;

    private static readonly Dictionary<string, string> Requests = new(StringComparer.Ordinal)
    {
        ["putCompany"] = """{"name":"Acme","currency":"USD"}""",
        ["putFiscalYear"] = """{"start":"2025-01-01"}""",
        ["putMeasure"] = """{"name":"Bookings","value":"amount","kinds":["order","refund"]}""",
        ["putRep"] = """{"name":"Rosa Diaz","title":"AE","hired_on":"2024-03-01","manager":"M1","plan":"ae"}""",
        ["putTerritory"] = """{"name":"West","parent":"AMER","reps":[{"rep":"E1","role":"owner","percent":"100"}]}""",
        ["patchMeasure"] = """{"name":"Net bookings"}""",
        ["patchRep"] = """{"title":"Senior AE","manager":"M2","leave":null}""",
        ["patchTerritory"] = """{"parent":null}""",
        ["patchAccount"] = """{"territory":"EAST"}""",
        ["patchPlan"] = """{"name":"Account executive 2025"}""",
        ["putAccount"] = """{"name":"Globex","territory":"WEST"}""",
        ["putPlan"] = Plan,
        ["checkPlan"] = Plan,
        ["remodelPlan"] = $$"""{"year":"2025","document":{{Plan}}}""",
        ["estimateRep"] = """{"deals":[{"date":"2025-01-20","amount":"25000"}]}""",
        ["putQuota"] = """{"rep":"E1","measure":"bookings","period":"2025-Q1","amount":"100000"}""",
        ["putFxRate"] = """{"from":"EUR","day":"2025-01-01","rate":"1.0389"}""",
        ["postTransaction"] = """{"source":"crm","external_id":"O-1001","version":1,"kind":"order","date":"2025-01-15","amount":"1500.50","currency":"USD","rep":"E1"}""",
        ["createConnection"] = """{"connector":"hubspot","name":"HubSpot","config":{"access_token":"pat-eu1-example","currency":"USD"},"every_seconds":900}""",
        ["putConnection"] = """{"connector":"hubspot","name":"HubSpot","config":{"currency":"USD"},"every_seconds":3600,"mapping":{"deals":{"fields":{"facts/region":{"from":"fields/region__c"}}}}}""",
        ["previewConnection"] = """{"stream":"deals","rows":5}""",
        ["createApiKey"] = """{"name":"Payroll run","roles":["payroll"],"expires_at":"2026-12-31T00:00:00Z"}""",
        ["rotateApiKey"] = """{"overlap_seconds":86400}""",
        ["createWebhook"] = """{"url":"https://payroll.example.com/spm","events":["payout_batch.approved","period.closed"]}""",
        ["putWebhook"] = """{"url":"https://payroll.example.com/spm","events":["payout_batch.approved"],"payload":"thin","enabled":true}""",
        ["rotateWebhookSecret"] = """{"overlap_seconds":86400}""",
        ["replayWebhook"] = """{"since":"2025-02-03T00:00:00Z","failed_only":true}""",
        ["createTenant"] = """{"id":"acme","name":"Acme"}""",
        ["putTransaction"] = """{"version":2,"kind":"order","date":"2025-01-15","amount":"1450.00","currency":"USD","splits":[{"rep":"E1","percent":"60"},{"rep":"E2","percent":"40"}]}""",
    };

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["id"] = "rep_7k2m9x4c1q8v5t3z",
        ["rep"] = "rep_7k2m9x4c1q8v5t3z",
        ["manager"] = "rep_0c3f8n2w6y9b4d1h",
        ["account"] = "acc_5d8g1k4p7s0w3z6c",
        ["territory"] = "ter_2b5f8j1n4r7v0y3c",
        ["parent"] = "ter_9a2d5h8m1q4t7x0b",
        ["measure"] = "msr_4e7h0m3q6t9x2b5f",
        ["plan"] = "plan_1c4f7k0n3r6v9y2d",
        ["transaction"] = "txn_ImolB2-l6n3",
        ["credited_as"] = "txn_ImolB2-l6n3",
        ["source"] = "crm",
        ["external_id"] = "E1",
        ["name"] = "Rosa Diaz",
        ["title"] = "AE",
        ["email"] = "rosa.diaz@example.com",
        ["plan_name"] = "Account executive",
        ["measure_name"] = "Bookings",
        ["component"] = "bookings",
        ["currency"] = "USD",
        ["period"] = "2025-01",
        ["quarter"] = "2025-Q1",
        ["product"] = "P1",
        ["tenant"] = "default",
        ["secret"] = "spm_0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX2yZ3aB4c",
        ["prefix"] = "spm_0aB1cD2e",
        ["created_by"] = "key_5d8g1k4p7s0w",
        ["api_key"] = "key_5d8g1k4p7s0w",
        ["actor"] = "key_5d8g1k4p7s0w",
        ["action"] = "payout.approve",
        ["subject"] = "pay_MC43MzkyNTE",
        ["request"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        ["status"] = "open",
        ["mode"] = "step",
        ["code"] = "uncredited",
        ["detail"] = "Nobody is named and no territory is known: credited to nobody.",
        ["percent"] = "100",
        ["attainment"] = "104.2513",
        ["rate"] = "5",
        ["from"] = "0",
        ["to"] = "100",
        ["credited"] = "104251.30",
        ["credited_to_date"] = "104251.30",
        ["quota"] = "100000.00",
        ["quantity"] = "3.00",
        ["margin"] = "420.00",
    };

    public static void Add(OpenApiDocument document)
    {
        foreach (var operation in document.Paths.Values.SelectMany(p => p.Operations!.Values))
        {
            foreach (var media in Json(operation.RequestBody?.Content))
            {
                media.Example ??= Requests.TryGetValue(operation.OperationId!, out var text) ? JsonNode.Parse(text) : Of(media.Schema, "", 0);
            }
            foreach (var media in operation.Responses!.Where(r => r.Key[0] == '2').SelectMany(r => Json(r.Value.Content)))
            {
                media.Example ??= Of(media.Schema, "", 0);
            }
        }
    }

    private static IEnumerable<OpenApiMediaType> Json(IDictionary<string, OpenApiMediaType>? content) =>
        content is not null && (content.TryGetValue("application/json", out var media) || content.TryGetValue(MergePatch.MediaType, out media)) ? [media] : [];

    private static JsonNode? Of(IOpenApiSchema? schema, string name, int depth)
    {
        if (schema is null || depth > MaxDepth)
        {
            return null;
        }
        if ((schema.OneOf ?? schema.AnyOf) is { Count: > 0 } choices)
        {
            return Of(choices.FirstOrDefault(c => c.Type != JsonSchemaType.Null), name, depth);
        }
        if (schema.Enum is { Count: > 0 } values)
        {
            return values[0].DeepClone();
        }
        return (schema.Type & ~JsonSchemaType.Null) switch
        {
            JsonSchemaType.Object => Members(schema, depth),
            JsonSchemaType.Array => Of(schema.Items, name, depth + 1) is { } item ? new JsonArray(item) : new JsonArray(),
            JsonSchemaType.Boolean => false,
            JsonSchemaType.Integer => name == "progress" ? 1 : 2,
            JsonSchemaType.Number => 0.5,
            JsonSchemaType.String => Text(schema.Format, name),
            _ => null,
        };
    }

    private static JsonObject Members(IOpenApiSchema schema, int depth)
    {
        var members = new JsonObject();
        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            members[name] = name == "next_cursor" ? null : Of(property, name, depth + 1);
        }
        return members;
    }

    private static string Text(string? format, string name) => format switch
    {
        "date" => name is "to" or "end" or "left_on" ? "2025-02-01" : "2025-01-01",
        "date-time" => "2025-02-03T09:30:00.000Z",
        "decimal" => Texts.GetValueOrDefault(name, "1500.50"),
        _ => Texts.GetValueOrDefault(name, name),
    };
}
