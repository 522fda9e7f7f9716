using System.Globalization;
using System.Text.Json.Nodes;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Stubs;

namespace Spm.Connectors.Tests.Gusto;

/// <summary>
/// A company in Gusto, from its documentation: refresh tokens that are void once what came for them is used, payrolls that are prepared with versions,
/// changed with the version that was read, calculated and submitted over a while.
/// </summary>
public sealed class GustoVendor : IPayrollVendor
{
    public const string ClientId = "gusto-client-0001";
    public const string ClientSecret = "gusto-client-secret-0001";
    public const string RefreshToken = "gusto-refresh-token-0001";
    public const string CompanyId = "c0000000-0000-4000-8000-000000000001";

    private readonly HashSet<string> _refreshTokens = [RefreshToken];
    private readonly Dictionary<string, string> _sessions = [];
    private readonly List<GustoPayroll> _payrolls = [];
    private readonly bool _paysSubmittedOnly;
    private int _tokens = 1;

    public GustoVendor(StubServer server, bool paysSubmittedOnly = false)
    {
        (Server, _paysSubmittedOnly) = (server, paysSubmittedOnly);
        server.Given(Request.Post("/oauth/token")).RespondWith(Token);
        foreach (var method in (string[])["GET", "POST", "PUT"])
        {
            server.Given(new Request(method, "/v1/*")).RespondWith(r => IsOpen(r) ? Answer(r) : Response.Json("""{"errors":[{"category":"invalid_token"}]}""", 401));
        }
    }

    public StubServer Server { get; }

    public string? DropFolder => null;

    /// <summary>E-mail address and name by Gusto's id.</summary>
    public Dictionary<string, (string Email, string Name)> Employees { get; } = new()
    {
        [Id(1)] = ("e1@acme.example", "Ada"),
        [Id(2)] = ("e2@acme.example", Texts.Unicode),
        [Id(3)] = ("e3@acme.example", "Grace"),
    };

    public IReadOnlyList<GustoPayroll> Payrolls => _payrolls;

    /// <summary>How often Gusto answers that it is still calculating or submitting.</summary>
    public int Slowness { get; set; } = 1;

    /// <summary>What a calculation fails with.</summary>
    public string? CalculationError { get; set; }

    /// <summary>Called before a token is given.</summary>
    public Action? Asked { get; set; }

    /// <summary>Called with an employee's entry before a change of it is looked at: somebody comes in between.</summary>
    public Action<JsonObject>? Meanwhile { get; set; }

    public WriteBatch Batch { get; } = new(
        "B1",
        [
            new("L1", "e1@acme.example", new Money(1.10m, "USD"), "2025-01", "commission"), new("L2", "E2@acme.example", new Money(2.20m, "USD"), "2025-01", "commission"),
            new("L3", "e3@acme.example", new Money(3.30m, "USD"), "2025-01", "commission"), new("L4", "e3@acme.example", new Money(0.07m, "USD"), "2025-01", "Commission"),
        ]);

    /// <summary>A line is paid by every payroll that has the whole amount of its employee.</summary>
    public IReadOnlyList<(string LineId, decimal Amount)> Taken =>
    [
        .. from payroll in _payrolls.Where(p => p.Processed || !_paysSubmittedOnly)
           from employee in payroll.Employees
           let lines = Batch.Lines.Where(l => l.Person.Equals(Employees[employee.Key].Email, StringComparison.OrdinalIgnoreCase)).ToList()
           where lines.Count > 0 && Amount(employee.Value, "Commission") == lines.Sum(l => l.Amount.Amount)
           from line in lines
           select (line.Id, line.Amount.Amount),
    ];

    public static string Id(int number) => $"e0000000-0000-4000-8000-{number:000000000000}";

    /// <summary>A regular payroll that is open until a day before it pays.</summary>
    public GustoPayroll AddRegular(DateOnly checkDate, bool processed = false)
    {
        var payroll = new GustoPayroll(_payrolls.Count + 1, false, null, checkDate.AddDays(-20), checkDate.AddDays(-6), checkDate) { Processed = processed };
        Fill(payroll, Employees.Keys);
        _payrolls.Add(payroll);
        return payroll;
    }

    public static decimal Amount(JsonObject employee, string name) => employee["fixed_compensations"]!.AsArray()
        .Where(f => (string)f!["name"]! == name).Sum(f => decimal.Parse((string)f!["amount"]!, CultureInfo.InvariantCulture));

    /// <summary>What somebody does in Gusto by hand.</summary>
    public static void Put(JsonObject employee, string name, string amount)
    {
        var all = employee["fixed_compensations"]!.AsArray();
        foreach (var old in all.Where(f => (string)f!["name"]! == name).ToList())
        {
            all.Remove(old);
        }
        if (decimal.Parse(amount, CultureInfo.InvariantCulture) != 0)
        {
            all.Add(new JsonObject { ["name"] = name, ["amount"] = amount, ["job_uuid"] = "j1" });
        }
        employee["version"] = Guid.NewGuid().ToString("N");
    }

    public void Fill(string stream, int count) => throw new NotSupportedException("Payroll is not read.");

    public IReadOnlyCollection<string> Keys(string stream) => [];

    public string? Change(string stream) => null;

    public string? Remove(string stream) => null;

    public WebhookRequest? Deliver(DateTimeOffset at, IReadOnlyDictionary<string, string> secrets) => null;

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static void Fill(GustoPayroll payroll, IEnumerable<string> employees)
    {
        foreach (var employee in employees)
        {
            payroll.Employees[employee] = new JsonObject
            {
                ["employee_uuid"] = employee,
                ["version"] = Guid.NewGuid().ToString("N"),
                ["excluded"] = false,
                ["memo"] = null,
                ["fixed_compensations"] = new JsonArray(),
                ["hourly_compensations"] = new JsonArray(),
            };
        }
    }

    private Response Token(StubRequest request)
    {
        Asked?.Invoke();
        var asked = request.Json!;
        var used = (string)asked["refresh_token"]!;
        if ((string)asked["client_id"]! != ClientId || (string)asked["client_secret"]! != ClientSecret || (string)asked["grant_type"]! != "refresh_token" || !_refreshTokens.Contains(used))
        {
            return Response.Json("""{"error":"invalid_grant"}""", 400);
        }
        var (access, refresh) = ($"gusto-access-{++_tokens:0000}", $"gusto-refresh-token-{_tokens:0000}");
        _refreshTokens.Add(refresh);
        _sessions[access] = used;
        return Response.Json(new JsonObject { ["access_token"] = access, ["refresh_token"] = refresh, ["token_type"] = "bearer", ["expires_in"] = 7200 }.ToJsonString());
    }

    private bool IsOpen(StubRequest request)
    {
        if (request.Header("Authorization") is not { } header || !header.StartsWith("Bearer ", StringComparison.Ordinal) || !_sessions.TryGetValue(header["Bearer ".Length..], out var used))
        {
            return false;
        }
        _refreshTokens.Remove(used);
        return request.Header("X-Gusto-API-Version") == "2025-06-15";
    }

    private Response Answer(StubRequest request)
    {
        var path = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (request.Method, path) switch
        {
            ("GET", [_, "token_info"]) => Json(new JsonObject { ["scope"] = "public", ["resource"] = new JsonObject { ["type"] = "Company", ["uuid"] = CompanyId } }),
            ("GET", [_, "companies", CompanyId]) => Json(new JsonObject { ["uuid"] = CompanyId, ["name"] = "Acme" }),
            ("GET", [_, "companies", CompanyId, "employees"]) => Json(new JsonArray([.. Page(request, Employees.Keys.Select(Employee))])),
            ("GET", [_, "companies", CompanyId, "payrolls"]) => Json(new JsonArray([.. Page(request, Listed(request).Select(p => (JsonNode)p.Json(employees: null)))])),
            ("POST", [_, "companies", CompanyId, "payrolls"]) => Create(request.Json!),
            (_, [_, "companies", CompanyId, "payrolls", var id, ..]) when _payrolls.Find(p => p.Id == id) is { } payroll => Of(payroll, request, path.Length > 5 ? path[5] : ""),
            _ => Response.Json("""{"errors":[{"category":"not_found"}]}""", 404),
        };
    }

    private JsonNode Employee(string id) => new JsonObject
    {
        ["uuid"] = id,
        ["first_name"] = Employees[id].Name,
        ["last_name"] = "Doe",
        ["email"] = $"private-{id[^1]}@mail.example",
        ["work_email"] = Employees[id].Email,
        ["jobs"] = new JsonArray(new JsonObject { ["uuid"] = "j1", ["primary"] = true }),
    };

    private IEnumerable<GustoPayroll> Listed(StubRequest request)
    {
        var statuses = request.Query("processing_statuses")!.Split(',');
        var (from, to) = (DateOnly.Parse(request.Query("start_date")!, CultureInfo.InvariantCulture), DateOnly.Parse(request.Query("end_date")!, CultureInfo.InvariantCulture));
        return _payrolls.Where(p => p.OffCycle == (request.Query("payroll_types") == "off_cycle") && statuses.Contains(p.Processed ? "processed" : "unprocessed") && p.From >= from && p.To <= to);
    }

    private Response Create(JsonNode asked)
    {
        var payroll = new GustoPayroll(
            _payrolls.Count + 1, true, (string)asked["off_cycle_reason"]!, DateOnly.Parse((string)asked["start_date"]!, CultureInfo.InvariantCulture),
            DateOnly.Parse((string)asked["end_date"]!, CultureInfo.InvariantCulture), new DateOnly(2030, 1, 1));
        Fill(payroll, asked["employee_uuids"]!.AsArray().Select(e => (string)e!));
        _payrolls.Add(payroll);
        return Json(payroll.Json([]));
    }

    private Response Of(GustoPayroll payroll, StubRequest request, string action)
    {
        switch (request.Method, action)
        {
            case ("GET", ""):
                payroll.Advance(CalculationError);
                return Json(payroll.Json(payroll.Processed || payroll.CalculatedAt is not null ? Page(request, payroll.Employees.Values) : []));
            case ("PUT", _) when payroll.Processed:
                return Refused("invalid_operation", "The payroll is processed.");
            case ("PUT", "prepare"):
                payroll.Reopen();
                return Json(payroll.Json(Page(request, payroll.Employees.Values), withTypes: true));
            case ("PUT", "calculate") when payroll.IsBusy:
            case ("PUT", "submit") when payroll.CalculatedAt is null || payroll.IsBusy:
                return Refused("invalid_operation", "The payroll is not ready for that.");
            case ("PUT", "calculate" or "submit"):
                payroll.Begin(action == "calculate" ? "calculating" : "submitting", Slowness);
                return new Response(202, null);
            default:
                return Update(payroll, request.Json!["employee_compensations"]!.AsArray());
        }
    }

    private Response Update(GustoPayroll payroll, JsonArray changes)
    {
        var meanwhile = Meanwhile;
        Meanwhile = null;
        foreach (var change in changes)
        {
            meanwhile?.Invoke(payroll.Employees[(string)change!["employee_uuid"]!]);
        }
        if (changes.Count > 100 || changes.Any(c => (string)payroll.Employees[(string)c!["employee_uuid"]!]["version"]! != (string)c["version"]!))
        {
            return Refused("invalid_resource_version", "You are attempting to update a resource using an out-of-date version.");
        }
        foreach (var change in changes)
        {
            var employee = payroll.Employees[(string)change!["employee_uuid"]!];
            employee["memo"] = (string)change["memo"]!;
            foreach (var amount in change["fixed_compensations"]!.AsArray())
            {
                Put(employee, (string)amount!["name"]!, (string)amount["amount"]!);
            }
        }
        return Json(payroll.Json([]));
    }

    private static IEnumerable<JsonNode> Page(StubRequest request, IEnumerable<JsonNode> all)
    {
        var per = int.Parse(request.Query("per")!, CultureInfo.InvariantCulture);
        return all.Skip((int.Parse(request.Query("page")!, CultureInfo.InvariantCulture) - 1) * per).Take(per).Select(n => n.DeepClone());
    }

    private static Response Refused(string category, string message) =>
        Response.Json(new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["error_key"] = "base", ["category"] = category, ["message"] = message }) }.ToJsonString(), 422);

    private static Response Json(JsonNode node) => Response.Json(node.ToJsonString());
}

/// <summary>A payroll as Gusto keeps it.</summary>
public sealed class GustoPayroll(int number, bool offCycle, string? reason, DateOnly from, DateOnly to, DateOnly checkDate)
{
    private int _left;
    private string? _status;
    private string? _error;

    public string Id { get; } = $"p0000000-0000-4000-8000-{number:000000000000}";

    public bool OffCycle => offCycle;

    public DateOnly From => from;

    public DateOnly To => to;

    public bool Processed { get; set; }

    public string? CalculatedAt { get; private set; }

    public bool IsBusy => _status is "calculating" or "submitting";

    public Dictionary<string, JsonObject> Employees { get; } = [];

    public void Begin(string status, int slowness) => (_status, _left) = (status, slowness);

    /// <summary>As somebody does it in Gusto, or a while after it was asked for.</summary>
    public void Advance(string? error)
    {
        if (!IsBusy || _left-- > 0)
        {
            return;
        }
        if (_status == "submitting")
        {
            (_status, Processed) = ("submit_success", true);
        }
        else
        {
            _error = error;
            _status = error is null ? "calculate_success" : "processing_failed";
            CalculatedAt = error is null ? "2025-02-03T10:00:00Z" : null;
        }
    }

    public void Reopen() => (CalculatedAt, _status) = (null, IsBusy ? _status : null);

    /// <param name="employees">Null: a list does not tell them.</param>
    public JsonObject Json(IEnumerable<JsonNode>? employees, bool withTypes = false)
    {
        var json = new JsonObject
        {
            ["payroll_uuid"] = Id,
            ["processed"] = Processed,
            ["off_cycle"] = offCycle,
            ["off_cycle_reason"] = reason,
            ["calculated_at"] = CalculatedAt,
            ["pay_period"] = new JsonObject { ["start_date"] = Day(from), ["end_date"] = Day(to), ["pay_schedule_uuid"] = null },
            ["check_date"] = Day(checkDate),
            ["payroll_deadline"] = $"{Day(checkDate.AddDays(-2))}T23:00:00Z",
            ["processing_request"] = _status is null ? null : new JsonObject
            {
                ["status"] = _status,
                ["errors"] = _error is null ? new JsonArray() : new JsonArray(new JsonObject { ["error_key"] = "base", ["category"] = "payroll_blocker", ["message"] = _error }),
            },
        };
        if (employees is not null)
        {
            json["employee_compensations"] = new JsonArray([.. employees]);
        }
        if (withTypes)
        {
            json["fixed_compensation_types"] = new JsonArray(new JsonObject { ["name"] = "Bonus" }, new JsonObject { ["name"] = "Commission" });
        }
        return json;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
