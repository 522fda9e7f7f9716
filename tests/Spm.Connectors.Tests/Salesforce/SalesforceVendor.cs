using System.Text.Json.Nodes;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Stubs;

namespace Spm.Connectors.Tests.Salesforce;

/// <summary>
/// A Salesforce org as far as the connector sees it, written from its documentation: sessions that end, queries with locators, jobs, the
/// list of what was deleted, descriptions, splits and territories that may be switched off, a quota.
/// </summary>
internal sealed class SalesforceVendor : IVendor
{
    public const string ClientId = "3MVG9-consumer-key-0001";
    public const string ClientSecret = "consumer-secret-0001";
    public const string Revenue = "149000000000000001";
    private const string Overlay = "149000000000000002";
    private const string Margin = "149000000000000003";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["opportunities"] = "Opportunity",
        ["opportunity_lines"] = "OpportunityLineItem",
        ["users"] = "User",
        ["accounts"] = "Account",
        ["stages"] = "OpportunityStage",
        ["territories"] = "Territory2",
        ["territory_users"] = "UserTerritory2Association",
    };

    private readonly DateTimeOffset _begin = DateTimeOffset.UtcNow.AddDays(-10);

    public SalesforceVendor(StubServer server)
    {
        Server = server;
        Org = new SalesforceOrg(server);
        foreach (var (id, name, validated) in ((string, string, bool)[])[(Revenue, "Revenue", true), (Overlay, "Overlay", false), (Margin, "Margin", true)])
        {
            Org["OpportunitySplitType"].Put(id, _begin, ("DeveloperName", $"{name}Split"), ("MasterLabel", name), ("IsTotalValidated", validated));
        }
        Org["Organization"].Put("00D000000000000001", _begin, ("Name", "Acme"));
    }

    public StubServer Server { get; }

    public SalesforceOrg Org { get; }

    public string? DropFolder => null;

    /// <summary>Seconds between two changes. Zero: a bulk import, where all have one time.</summary>
    public int Step { get; set; } = 1;

    public static string Id(string prefix, int number) => $"{prefix}{number:D12}AAA";

    public void Fill(string stream, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (name, at, table) = (i == 7 ? Texts.Unicode : $"{stream} {i}", _begin.AddSeconds((long)i * Step), Org[Types[stream]]);
            switch (stream)
            {
                case "opportunities":
                    table.Put(
                        Id("006", i), at, ("Name", name), ("Amount", i + 0.5m), ("StageName", "Closed Won"), ("IsWon", true), ("IsClosed", true), ("CloseDate", "2025-03-31"),
                        ("OwnerId", Id("005", i % 3)), ("AccountId", Id("001", i % 5)), ("CurrencyIsoCode", "USD"), ("Region__c", "emea"), ("Territory2Id", null),
                        ("RecordType", new JsonObject { ["attributes"] = new JsonObject(), ["DeveloperName"] = "New_Business" }));
                    if (i % 5 == 0)
                    {
                        Share(i, 1, Revenue, 60, at);
                        Share(i, 2, Revenue, 40, at);
                        Share(i, 3, Overlay, 100, at);
                        Share(i, 4, Margin, 100, at);
                    }
                    break;
                case "opportunity_lines":
                    table.Put(Id("00k", i), at, ("OpportunityId", Id("006", 0)), ("Product2Id", Id("01t", i)), ("Name", name), ("Quantity", 2), ("TotalPrice", i + 0.25m), ("CurrencyIsoCode", "USD"));
                    break;
                case "users":
                    table.Put(
                        Id("005", i), at, ("Name", name), ("Email", $"{i}@acme.example"), ("IsActive", i % 5 != 0), ("ManagerId", i == 0 ? null : Id("005", 0)), ("EmployeeNumber", $"{i}"),
                        ("UserType", "Standard"));
                    break;
                case "accounts":
                    table.Put(Id("001", i), at, ("Name", name), ("ParentId", null));
                    break;
                case "stages":
                    table.Put(Id("01J", i), at, ("ApiName", $"Stage {i}"), ("MasterLabel", name));
                    break;
                case "territories":
                    table.Put(Id("0MI", i), at, ("Name", name), ("ParentTerritory2Id", i == 0 ? null : Id("0MI", 0)));
                    break;
                default:
                    table.Put(Id("0MU", i), at, ("UserId", Id("005", i)), ("Territory2Id", Id("0MI", i)), ("RoleInTerritory2", name));
                    break;
            }
        }
        if (stream == "users")
        {
            Org["User"].Put(Id("005", 1_000_000), _begin, ("Name", "A customer"), ("UserType", "CspLitePortal"));
        }
    }

    public void Share(int opportunity, int user, string type, decimal percent, DateTimeOffset? at = null) => Org["OpportunitySplit"].Put(
        Id("0GS", (opportunity * 10) + user), at ?? DateTimeOffset.UtcNow,
        ("OpportunityId", Id("006", opportunity)), ("SplitOwnerId", Id("005", user)), ("SplitPercentage", percent), ("SplitTypeId", type));

    public IReadOnlyCollection<string> Keys(string stream) =>
        [.. Org[Types[stream]].Living.Where(r => r["UserType"]?.GetValue<string>() != "CspLitePortal").Select(r => r[stream == "stages" ? "ApiName" : "Id"]!.GetValue<string>())];

    public string? Change(string stream)
    {
        var table = Org[Types[stream]];
        var row = table.Living.ElementAt(3);
        var field = stream switch { "opportunities" => "Amount", "opportunity_lines" => "TotalPrice", "users" => "Email", "stages" => "MasterLabel", "territory_users" => "UserId", _ => "Name" };
        table.Put(row["Id"]!.GetValue<string>(), DateTimeOffset.UtcNow, (field, stream.StartsWith("opp", StringComparison.Ordinal) ? 77 : "new"));
        return row[stream == "stages" ? "ApiName" : "Id"]!.GetValue<string>();
    }

    public string? Remove(string stream)
    {
        if (stream == "users")
        {
            return null;
        }
        var row = Org[Types[stream]].Living.ElementAt(4);
        Org[Types[stream]].Delete(row["Id"]!.GetValue<string>(), DateTimeOffset.UtcNow);
        return row[stream == "stages" ? "ApiName" : "Id"]!.GetValue<string>();
    }

    public WebhookRequest? Deliver(DateTimeOffset at, IReadOnlyDictionary<string, string> secrets) => null;

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
