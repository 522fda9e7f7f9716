using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Spm.Connectors.Conformance.Stubs;

namespace Spm.Connectors.Tests.Salesforce;

/// <summary>The endpoints of an org.</summary>
internal sealed partial class SalesforceOrg
{
    private const string Root = "/services/data/v62.0";
    private readonly Dictionary<string, SalesforceTable> _tables;
    private readonly Dictionary<string, (string[] Asked, IReadOnlyList<JsonObject> Rows, string Type)> _cursors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string[] Asked, IReadOnlyList<JsonObject> Rows, string Created, int Polls)> _jobs = new(StringComparer.Ordinal);
    private readonly StubServer _server;
    private string? _token;
    private int _calls;

    public SalesforceOrg(StubServer server)
    {
        _server = server;
        _tables = ((SalesforceTable[])
        [
            new("Organization", "Id Name SystemModstamp:datetime"),
            new("Opportunity", "Id:id Name Amount:currency StageName:picklist IsWon:boolean IsClosed:boolean CloseDate:date OwnerId:reference AccountId:reference RecordTypeId:reference Territory2Id:reference CurrencyIsoCode:picklist Region__c SystemModstamp:datetime"),
            new("OpportunityLineItem", "Id:id OpportunityId:reference Product2Id:reference Name Quantity:double TotalPrice:currency CurrencyIsoCode:picklist SystemModstamp:datetime"),
            new("OpportunitySplit", "Id:id OpportunityId:reference SplitOwnerId:reference SplitPercentage:percent SplitTypeId:reference SystemModstamp:datetime"),
            new("OpportunitySplitType", "Id:id DeveloperName MasterLabel IsTotalValidated:boolean"),
            new("User", "Id:id Name Email:email Address:address IsActive:boolean ManagerId:reference EmployeeNumber UserType:picklist SystemModstamp:datetime"),
            new("Account", "Id:id Name ParentId:reference SystemModstamp:datetime"),
            new("OpportunityStage", "Id:id ApiName MasterLabel"),
            new("Territory2", "Id:id Name ParentTerritory2Id:reference"),
            new("UserTerritory2Association", "Id:id UserId:reference Territory2Id:reference RoleInTerritory2:picklist"),
        ]).ToDictionary(t => t.Type, StringComparer.Ordinal);
        server.Given(Request.Post("/services/oauth2/token")).RespondWith(Token);
        Rule(Request.Get($"{Root}/query"), r => Query(r.Query("q")!, deletedToo: false));
        Rule(Request.Get($"{Root}/queryAll"), r => Query(r.Query("q")!, deletedToo: true));
        Rule(Request.Get($"{Root}/query/*"), r => Page(r.Path[$"{Root}/query/".Length..]));
        Rule(Request.Get($"{Root}/sobjects/*"), r => r.Path.EndsWith("/describe", StringComparison.Ordinal) ? Describe(r.Path.Split('/')[^2]) : Deleted(r.Path.Split('/')[^2], r));
        Rule(Request.Post($"{Root}/jobs/query"), CreateJob);
        Rule(Request.Get($"{Root}/jobs/query/*"), r => r.Path.EndsWith("/results", StringComparison.Ordinal) ? Results(r) : JobState(r.Path.Split('/')[^1]));
    }

    public SalesforceTable this[string type] => _tables[type];

    /// <summary>Rows on a page, of queries and of jobs.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>How often a job is asked for before it is done.</summary>
    public int Polls { get; set; }

    /// <summary>Not null: jobs fail, and say this.</summary>
    public string? JobError { get; set; }

    /// <summary>Results of jobs end before their last row.</summary>
    public bool CutOff { get; set; }

    /// <summary>How a record is shown, or of what was deleted.</summary>
    public Action<string, JsonObject>? Showing { get; set; }

    /// <summary>Answers say that they go on where they began.</summary>
    public bool GoesRound { get; set; }

    public int Jobs { get; private set; }

    public int Sessions { get; private set; }

    public int Quota { get; set; } = 1_000_000;

    /// <summary>Where the session is good for calls.</summary>
    public string? Instance { get; set; }

    /// <summary>What was deleted before is forgotten.</summary>
    public DateTimeOffset Remembered { get; set; } = DateTimeOffset.UtcNow.AddDays(-15);

    /// <summary>The key that statements are signed with.</summary>
    public RSA? Key { get; set; }

    public void EndSession() => _token = null;

    /// <summary>All jobs are done.</summary>
    public void Finish()
    {
        foreach (var (id, job) in _jobs)
        {
            _jobs[id] = job with { Polls = 0 };
        }
    }

    public void ForgetLocators() => _cursors.Clear();

    public void SwitchOff(string type) => _tables.Remove(type);

    private void Rule(Request request, Func<StubRequest, Response> answer) => _server.Given(request).RespondWith(r =>
        (_token is not null && r.Header("Authorization") == $"Bearer {_token}" ? answer(r) : Error(401, "INVALID_SESSION_ID", "Session expired or invalid")).With("Sforce-Limit-Info", $"api-usage={++_calls}/{Quota}"));

    private Response Token(StubRequest request)
    {
        var form = QueryHelpers.ParseQuery(request.Body);
        var genuine = form["grant_type"] == "client_credentials"
            ? form["client_id"] == SalesforceVendor.ClientId && form["client_secret"] == SalesforceVendor.ClientSecret
            : Key is not null && IsSigned(form["assertion"]!, Key);
        if (!genuine)
        {
            return Response.Json("""{"error":"invalid_client","error_description":"invalid client credentials"}""", 400);
        }
        _token = $"00D!{++Sessions}";
        return Response.Json(new { access_token = _token, instance_url = Instance ?? _server.Address.ToString().TrimEnd('/'), token_type = "Bearer", scope = "api" });
    }

    private static bool IsSigned(string assertion, RSA key)
    {
        var parts = assertion.Split('.');
        var claims = JsonNode.Parse(WebEncoders.Base64UrlDecode(parts[1]))!;
        return key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), WebEncoders.Base64UrlDecode(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            && claims["iss"]!.GetValue<string>() == SalesforceVendor.ClientId && claims["aud"]!.GetValue<string>() == "https://login.salesforce.com"
            && claims["sub"]!.GetValue<string>() == "spm@acme.example" && claims["exp"]!.GetValue<long>() > DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    }

    private Response Describe(string type) => _tables.TryGetValue(type, out var table)
        ? Response.Json(new { name = type, fields = table.Fields.Select(f => new { name = f.Key, type = f.Value, label = f.Key, custom = f.Key.EndsWith("__c", StringComparison.Ordinal) }) })
        : Error(404, "NOT_FOUND", "The requested resource does not exist");

    private (string[] Asked, IReadOnlyList<JsonObject> Rows, string Type, Response? Refusal) Run(string query, bool deletedToo)
    {
        if (Select().Match(query) is not { Success: true } parts)
        {
            return ([], [], "", Error(400, "MALFORMED_QUERY", query));
        }
        var (asked, type) = (parts.Groups["fields"].Value.Split(','), parts.Groups["type"].Value);
        if (!_tables.TryGetValue(type, out var table))
        {
            return ([], [], "", Error(400, "INVALID_TYPE", $"sObject type '{type}' is not supported."));
        }
        var (rows, code) = table.Find(asked, parts.Groups["where"].Value, deletedToo);
        var limit = parts.Groups["limit"] is { Success: true } most ? int.Parse(most.ValueSpan, CultureInfo.InvariantCulture) : int.MaxValue;
        return rows is null ? ([], [], "", Error(400, code.Split(':')[0], code)) : (asked, [.. rows.Take(limit)], type, null);
    }

    private Response Query(string query, bool deletedToo)
    {
        var (asked, rows, type, refusal) = Run(query, deletedToo);
        var cursor = $"01g{_cursors.Count}";
        _cursors[cursor] = (asked, rows, type);
        return refusal ?? Page($"{cursor}-0");
    }

    private Response Page(string locator)
    {
        var (name, from) = (locator.Split('-')[0], int.Parse(locator.Split('-')[1], CultureInfo.InvariantCulture));
        if (!_cursors.TryGetValue(name, out var cursor))
        {
            return Error(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
        }
        var last = from + PageSize >= cursor.Rows.Count;
        var page = new JsonObject
        {
            ["totalSize"] = cursor.Rows.Count,
            ["done"] = last,
            ["records"] = new JsonArray([.. cursor.Rows.Skip(from).Take(PageSize).Select(r => Shown(r, cursor.Asked, cursor.Type))]),
        };
        if (GoesRound)
        {
            (page["done"], page["nextRecordsUrl"]) = (false, $"{Root}/query/{locator}");
        }
        else if (last)
        {
            _cursors.Remove(name);
        }
        else
        {
            page["nextRecordsUrl"] = $"{Root}/query/{name}-{from + PageSize}";
        }
        return Response.Json(page.ToJsonString());
    }

    private JsonObject Shown(JsonObject row, string[] asked, string type)
    {
        var shown = new JsonObject { ["attributes"] = new JsonObject { ["type"] = type } };
        foreach (var field in asked.Select(f => f.Split('.')[0]))
        {
            shown[field] = row[field]?.DeepClone();
        }
        Showing?.Invoke(type, shown);
        return shown;
    }

    private Response CreateJob(StubRequest request)
    {
        var (asked, rows, _, refusal) = Run(request.Json!["query"]!.GetValue<string>(), deletedToo: false);
        if (refusal is not null)
        {
            return refusal;
        }
        var id = $"750{Jobs++}";
        _jobs[id] = (asked, [.. rows.Select(r => r.DeepClone().AsObject())], SalesforceTable.Written(DateTimeOffset.UtcNow), Polls);
        return Job(id, "UploadComplete");
    }

    private Response JobState(string id)
    {
        if (!_jobs.TryGetValue(id, out var job))
        {
            return Error(404, "NOT_FOUND", "The requested resource does not exist");
        }
        _jobs[id] = job with { Polls = job.Polls - 1 };
        return Job(id, JobError is not null ? "Failed" : job.Polls > 0 ? "InProgress" : "JobComplete");
    }

    private Response Job(string id, string state) => Response.Json(new
    {
        id,
        state,
        operation = "query",
        createdDate = _jobs[id].Created,
        errorMessage = state == "Failed" ? JobError : null,
        numberRecordsProcessed = state == "JobComplete" ? _jobs[id].Rows.Count : 0,
    });

    private Response Results(StubRequest request)
    {
        if (!_jobs.TryGetValue(request.Path.Split('/')[^2], out var job))
        {
            return Error(404, "NOT_FOUND", "The requested resource does not exist");
        }
        var (from, size) = (int.Parse(request.Query("locator") ?? "0", CultureInfo.InvariantCulture), Math.Min(PageSize, int.Parse(request.Query("maxRecords")!, CultureInfo.InvariantCulture)));
        var page = job.Rows.Skip(from).Take(size).ToList();
        var csv = new StringBuilder().AppendJoin(',', job.Asked.Select(a => $"\"{a}\"")).Append('\n');
        foreach (var row in CutOff ? page.SkipLast(1) : page)
        {
            csv.AppendJoin(',', job.Asked.Select(a => Quoted(a.Split('.').Aggregate((JsonNode?)row, (at, name) => at?[name])))).Append('\n');
        }
        return (Response.Status(200, csv.ToString()) with { ContentType = "text/csv" })
            .With("Sforce-NumberOfRecords", $"{page.Count}").With("Sforce-Locator", from + size < job.Rows.Count ? $"{from + size}" : "null");
    }

    private static string Quoted(JsonNode? value) => $"\"{(value is null ? "" : value.ToString().Replace(".000+0000", ".000Z", StringComparison.Ordinal).Replace("\"", "\"\"", StringComparison.Ordinal))}\"";

    private Response Deleted(string type, StubRequest request)
    {
        var (start, end) = (DateTimeOffset.Parse(request.Query("start")!, CultureInfo.InvariantCulture), DateTimeOffset.Parse(request.Query("end")!, CultureInfo.InvariantCulture));
        if (end - start <= TimeSpan.FromMinutes(1) || start < DateTimeOffset.UtcNow.AddDays(-30))
        {
            return Error(400, "INVALID_REPLICATION_DATE", "startDate");
        }
        return Response.Json(new
        {
            deletedRecords = _tables[type].Deleted.Where(d => d.At >= start && d.At <= end).Select(d => Gone(type, d.Id, d.At)),
            earliestDateAvailable = SalesforceTable.Written(Remembered),
            latestDateCovered = SalesforceTable.Written(end.AddSeconds(-1)),
        });
    }

    private JsonObject Gone(string type, string id, DateTimeOffset at)
    {
        var gone = new JsonObject { ["id"] = id, ["deletedDate"] = SalesforceTable.Written(at) };
        Showing?.Invoke(type, gone);
        return gone;
    }

    private static Response Error(int status, string code, string message) => Response.Json(new[] { new { message, errorCode = code } }, status);

    [GeneratedRegex("^SELECT (?<fields>[\\w.,]+) FROM (?<type>\\w+)( WHERE (?<where>.+?))?( ORDER BY SystemModstamp, Id| LIMIT (?<limit>\\d+))?$")]
    private static partial Regex Select();
}

internal static class Answers
{
    public static Response With(this Response response, string name, string value) =>
        response with { Headers = response.Headers.Append(new(name, value)).ToDictionary() };
}
