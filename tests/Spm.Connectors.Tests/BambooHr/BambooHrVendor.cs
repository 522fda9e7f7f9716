using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Stubs;

namespace Spm.Connectors.Tests.BambooHr;

/// <summary>BambooHR as far as the connector sees it, written from its OpenAPI document.</summary>
internal sealed class BambooHrVendor : IVendor
{
    internal const string Key = "bamboo-key-0001";
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<string, (DateTimeOffset Changed, bool Deleted, JsonObject Employee)> _people = [];
    private readonly Dictionary<string, (DateTimeOffset Changed, JsonArray Rows)> _jobs = [];
    private DateTimeOffset _now = Start;

    public BambooHrVendor(StubServer server)
    {
        Server = server;
        Rule(Request.Get("/api/v1/employees/changed"), r =>
        {
            var since = Since(r);
            var changed = _people.Where(p => p.Value.Changed >= since).ToDictionary(p => p.Key, p => (JsonNode?)Said(p.Key, new JsonObject
            {
                ["id"] = p.Key,
                ["action"] = p.Value.Deleted ? "Deleted" : "Updated",
                ["lastChanged"] = Iso(p.Value.Changed),
            }));
            return Response.Json(new JsonObject { ["latest"] = Iso(_now), ["employees"] = !KeepsToItsFile && changed.Count == 0 ? new JsonArray() : new JsonObject(changed) }.ToJsonString());
        });
        Rule(Request.Get("/api/v1/employees/changed/tables/jobInfo"), r =>
        {
            var since = Since(r);
            var changed = _jobs.Where(p => p.Value.Changed >= since)
                .ToDictionary(p => p.Key, p => (JsonNode?)Said(p.Key, new JsonObject { ["lastChanged"] = Iso(p.Value.Changed), ["rows"] = p.Value.Rows.DeepClone() }));
            return Response.Json(new JsonObject { ["table"] = "jobInfo", ["employees"] = new JsonObject(changed) }.ToJsonString());
        });
        Rule(Request.Get("/api/v1/meta/fields"), _ => Response.Json("""[{"id":1,"name":"Hire date","type":"date","alias":"hireDate"},{"id":"4001.0","name":"Region","type":"list"}]"""));
        Rule(
            Request.Get("/api/v1/employees/*").Where(r => !r.Path.StartsWith("/api/v1/employees/changed", StringComparison.Ordinal)),
            r => _people.TryGetValue(r.Path.Split('/')[^1], out var person) && !person.Deleted && Hidden != r.Path.Split('/')[^1] ? Response.Json(person.Employee.ToJsonString()) : Response.Status(404));
    }

    public StubServer Server { get; }

    /// <summary>What the list of changes, or the table of jobs, says of somebody is another.</summary>
    public Dictionary<string, Action<JsonObject>> Says { get; } = [];

    /// <summary>Whoever is changed is not shown, though nothing says that they are gone.</summary>
    public string? Hidden { get; set; }

    /// <summary>Where nobody has changed, its API file has an empty object, and the API itself is known to send an empty list.</summary>
    public bool KeepsToItsFile { get; init; }

    public string? DropFolder => null;

    public void Fill(string stream, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (id, text) = ($"{1000 + i}", i == 7 ? Texts.Unicode : $"{stream} {i}");
            // Three at a time have one instant, as after an import.
            _now = i % 3 == 0 ? _now.AddSeconds(1) : _now;
            if (stream == "people")
            {
                _people[id] = (_now, false, new JsonObject
                {
                    ["id"] = id,
                    ["displayName"] = text,
                    ["firstName"] = "A",
                    ["lastName"] = "B",
                    ["workEmail"] = $"{i}@acme.example",
                    ["status"] = i % 5 == 4 ? "Inactive" : "Active",
                    ["hireDate"] = i % 2 == 0 ? "2020-01-01" : "0000-00-00",
                    ["terminationDate"] = i % 5 == 4 ? "2025-03-31" : "0000-00-00",
                    ["supervisorEId"] = i == 0 ? null : "1000",
                    ["employeeNumber"] = $"{i}",
                });
            }
            else
            {
                _jobs[id] = (_now, new JsonArray(Job(text, "2024-01-01")));
            }
        }
    }

    public IReadOnlyCollection<string> Keys(string stream) => stream == "people"
        ? [.. _people.Where(p => !p.Value.Deleted).Select(p => p.Key)]
        : [.. _jobs.SelectMany(j => j.Value.Rows.Select(r => $"{j.Key}/{r!["date"]!.GetValue<string>()}"))];

    public string? Change(string stream)
    {
        _now = _now.AddHours(1);
        if (stream == "people")
        {
            var employee = _people["1003"].Employee;
            employee["workEmail"] = "new@acme.example";
            _people["1003"] = (_now, false, employee);
            return "1003";
        }
        _jobs["1003"].Rows[0]!["jobTitle"] = "New";
        _jobs["1003"] = (_now, _jobs["1003"].Rows);
        return "1003/2024-01-01";
    }

    public string? Remove(string stream)
    {
        if (stream != "people")
        {
            return null;
        }
        _now = _now.AddHours(1);
        _people["1004"] = _people["1004"] with { Changed = _now, Deleted = true };
        return "1004";
    }

    public WebhookRequest? Deliver(DateTimeOffset at, IReadOnlyDictionary<string, string> secrets) => null;

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private void Rule(Request request, Func<StubRequest, Response> answer) => Server.Given(request).RespondWith(r =>
        r.Header("Authorization") == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Key}:x"))}" ? answer(r) : Response.Status(401));

    private JsonObject Said(string id, JsonObject said)
    {
        Says.GetValueOrDefault(id)?.Invoke(said);
        return said;
    }

    private static JsonObject Job(string title, string from) => new()
    {
        ["date"] = from,
        ["jobTitle"] = title,
        ["department"] = "Sales",
        ["division"] = "EMEA",
        ["location"] = "Berlin",
        ["reportsTo"] = "Zoë O’Neil",
    };

    private static DateTimeOffset Since(StubRequest request) => DateTimeOffset.Parse(request.Query("since")!, CultureInfo.InvariantCulture);

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);
}
