using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Tests.Certificates;

namespace Spm.Connectors.Tests.Adp;

/// <summary>
/// A company in ADP Workforce Now, from its documentation and samples: it demands a client certificate for tokens and calls, adds a batch as often
/// as one is sent, refuses one as a whole, and tells nobody what it has.
/// </summary>
public sealed class AdpVendor : IPayrollVendor
{
    public const string ClientId = "adp-client-0001";
    public const string ClientSecret = "adp-client-secret-0001";
    public const string EarningCode = "COM";

    private readonly HashSet<string> _sessions = [];
    private int _tokens;

    private AdpVendor(StubServer server)
    {
        Server = server;
        server.Given(Request.Post("/auth/oauth/v2/token")).RespondWith(Token);
        server.Given(Request.Get("/hr/v2/workers")).RespondWith(r => IsOpen(r) ? People(r) : Response.Status(401));
        server.Given(Request.Post("/events/payroll/v1/pay-data-input.modify")).RespondWith(r => IsOpen(r) ? Modify(r.Json!) : Response.Status(401));
    }

    public StubServer Server { get; }

    public string? DropFolder => null;

    public X509Certificate2Collection TrustedRoots => [TestCertificates.Root];

    public bool TellsWhatItHas => false;

    /// <summary>Of a connection to it, with a certificate of the test authority.</summary>
    public JsonElement Configuration
    {
        get
        {
            var certificate = TestCertificates.Client();
            return JsonSerializer.SerializeToElement(new
            {
                client_id = ClientId,
                client_secret = ClientSecret,
                certificate = TestCertificates.Pem(certificate),
                private_key = TestCertificates.KeyPem(certificate),
                earning_code = EarningCode,
                token_address = new Uri(Server.Address, "/auth/oauth/v2/token"),
            });
        }
    }

    /// <summary>Company code by payroll file number.</summary>
    public Dictionary<string, string> Workers { get; } = new() { ["000101"] = "94N", ["000102"] = "94N", ["000203"] = "7XA" };

    /// <summary>What is in the payrolls that are being entered.</summary>
    public List<AdpEntry> Entries { get; } = [];

    /// <summary>A message for every batch until it is taken away.</summary>
    public string? Closed { get; set; }

    /// <summary>File numbers that are valid for people and refused in pay data.</summary>
    public HashSet<string> Refused { get; } = [];

    public WriteBatch Batch { get; } = new(
        "B1",
        [
            new("L1", "000101", new Money(1.10m, "USD"), "2025-01", "commission"), new("L2", "000102", new Money(2.20m, "USD"), "2025-01", "commission"),
            new("L3", "000203", new Money(3.30m, "USD"), "2025-01", "commission"), new("L4", "000203", new Money(0.07m, "USD"), "2025-01", "SPF"),
        ]);

    public IReadOnlyList<(string LineId, decimal Amount)> Taken =>
    [
        .. from entry in Entries
           let line = Batch.Lines.FirstOrDefault(l => l.Person == entry.FileNumber && l.Amount.Amount == entry.Amount)
           where line is not null
           select (line.Id, line.Amount.Amount),
    ];

    /// <summary>Over TLS, for who shows a certificate of the test authority.</summary>
    public static async Task<AdpVendor> StartAsync() => new(await StubServer.StartAsync(TestCertificates.Server(), TestCertificates.Root));

    public void Fill(string stream, int count) => throw new NotSupportedException("Payroll is not read.");

    public IReadOnlyCollection<string> Keys(string stream) => [];

    public string? Change(string stream) => null;

    public string? Remove(string stream) => null;

    public WebhookRequest? Deliver(DateTimeOffset at, IReadOnlyDictionary<string, string> secrets) => null;

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private Response Token(StubRequest request)
    {
        if (request.Body != $"grant_type=client_credentials&client_id={ClientId}&client_secret={ClientSecret}")
        {
            return Response.Json("""{"error":"invalid_client"}""", 401);
        }
        var token = $"adp-access-{++_tokens:0000}";
        _sessions.Add(token);
        return Response.Json($$"""{"access_token":"{{token}}","token_type":"Bearer","expires_in":3600,"scope":"api"}""");
    }

    private bool IsOpen(StubRequest request) =>
        request.Header("Authorization") is { } header && header.StartsWith("Bearer ", StringComparison.Ordinal) && _sessions.Contains(header["Bearer ".Length..]) && request.Header("roleCode") == "practitioner";

    private Response People(StubRequest request)
    {
        var page = Workers.Skip(int.Parse(request.Query("$skip")!, CultureInfo.InvariantCulture)).Take(int.Parse(request.Query("$top")!, CultureInfo.InvariantCulture)).ToList();
        return page.Count == 0 ? Response.Status(204) : Response.Json(new JsonObject
        {
            ["workers"] = new JsonArray([.. page.Select(w => (JsonNode)new JsonObject
            {
                ["associateOID"] = Oid(w.Key), ["workerID"] = new JsonObject { ["idValue"] = "W" + w.Key }, ["person"] = new JsonObject { ["legalName"] = new JsonObject { ["formattedName"] = Texts.Unicode } },
                ["workAssignments"] = new JsonArray(new JsonObject { ["itemID"] = "1", ["primaryIndicator"] = true, ["payrollFileNumber"] = w.Key, ["payrollGroupCode"] = w.Value }),
            })]),
        }.ToJsonString());
    }

    private Response Modify(JsonNode asked)
    {
        var data = asked["events"]![0]!["data"]!;
        var (company, name) = ((string)data["eventContext"]!["payrollGroupCode"]!["codeValue"]!, (string)data["eventContext"]!["payrollProcessingJobID"]!);
        List<AdpEntry> entries = [];
        List<string> errors = Closed is null ? [] : [Closed];
        foreach (var payee in data["transform"]!["payDataInput"]!["payeePayInputs"]!.AsArray())
        {
            var profile = payee!["payrollProfilePayInputs"]![0]!;
            var number = (string)profile["payrollFileNumber"]!;
            if (Workers.GetValueOrDefault(number) != company || (string)payee["associateOID"]! != Oid(number) || Refused.Contains(number))
            {
                errors.Add($"payrollProfilePayInputs/payrollFileNumber : {number} is invalid. payrollProfilePayInputs/payrollFileNumber : {number}");
            }
            foreach (var input in profile["payInputs"]!.AsArray())
            {
                Assert.Equal("Add", (string)input!["_modificationTypeCode"]!);
                entries.AddRange(input["earningInputs"]!.AsArray().Select(e => new AdpEntry(name, number, (string)e!["earningCode"]!["codeValue"]!, (decimal)e["earningsAmount"]!["amountValue"]!)));
            }
        }
        if (errors.Count > 0)
        {
            return Response.Json(new JsonObject
            {
                ["wfnRestfulResponseType"] = "HTTP_BAD_REQUEST",
                ["resourceMessageInfoList"] = new JsonArray([.. errors.Select(e => (JsonNode)new JsonObject { ["processMessageInfoList"] = new JsonArray(new JsonObject { ["messageTypeCode"] = "error", ["messageText"] = e }) })]),
            }.ToJsonString(), 400);
        }
        Entries.AddRange(entries);
        var output = data["transform"]!.DeepClone();
        output["payDataInput"]!["payrollProcessingJobID"] = $"{name}_{1600000000000 + Entries.Count}";
        return Response.Json(new JsonObject { ["events"] = new JsonArray(new JsonObject { ["data"] = new JsonObject { ["eventContext"] = data["eventContext"]!.DeepClone(), ["output"] = output } }) }.ToJsonString());
    }

    private static string Oid(string number) => $"G3{number}AOID";
}

/// <param name="Batch">Its name, of which there may be several.</param>
public sealed record AdpEntry(string Batch, string FileNumber, string Code, decimal Amount);
