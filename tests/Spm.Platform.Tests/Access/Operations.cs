using System.Text;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Tests.Imports;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Access;

/// <summary>An operation of the platform as its endpoint says it is.</summary>
public sealed record Operation(string Id, HttpMethod Method, string Route, string Scope)
{
    /// <summary>SCIM has error bodies, media types and habits of its own.</summary>
    public bool IsScim => Route.StartsWith("/scim/", StringComparison.Ordinal);

    /// <summary>What a body of the operation is sent as.</summary>
    public string MediaType => Id == "startImport" ? "application/x-ndjson" : IsScim ? "application/scim+json" : Method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json";

    public static List<Operation> Of(TestPlatform platform) =>
    [
        .. from endpoint in platform.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           where (endpoint.RoutePattern.RawText!.StartsWith("/v1/", StringComparison.Ordinal) || endpoint.RoutePattern.RawText.StartsWith("/scim/", StringComparison.Ordinal)) && endpoint.Metadata.GetMetadata<OperationSigned>() is null
           select new Operation(
               endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName,
               new HttpMethod(endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]),
               endpoint.RoutePattern.RawText!,
               endpoint.Metadata.GetMetadata<OperationScope>()!.Scope),
    ];
}

/// <summary>
/// One call of every operation in a company with something of everything: January's batch is approved, February's is in review, March is
/// closed, April is open. Names in braces stand for its ids; {n} is another number in each call, so that what is put is always new.
/// </summary>
public sealed class Operations
{
    private const string Rejected = """{"external_id":"R2","kind":"order","date":"2025-04-02","amount":"1,5","currency":"USD","rep":"E1"}""";

    private static readonly string Plan = SmallCompany.Document(
        "x{n}", """{"id":"b","measure":"bookings","attainment_period":"year","quota":"to_date","rate_table":{"mode":"step","tiers":[{"from":0,"rate":5}]}}""");

    /// <summary>By operation, in an order in which whoever may do everything can do nearly all of it.</summary>
    public static readonly IReadOnlyDictionary<string, (string Path, string? Body)> Calls = new Dictionary<string, (string, string?)>(StringComparer.Ordinal)
    {
        ["putCompany"] = ("/v1/company", """{"name":"Acme {n}","currency":"USD"}"""),
        ["getCompany"] = ("/v1/company", null),
        ["putFiscalYear"] = ("/v1/calendar/years/2026", """{"start":"2026-01-01"}"""),
        ["getCalendar"] = ("/v1/calendar", null),
        ["listPeriods"] = ("/v1/periods", null),
        ["getPeriod"] = ("/v1/periods/2025-01", null),
        ["closePeriod"] = ("/v1/periods/2025-04/close", null),
        ["reopenPeriod"] = ("/v1/periods/2025-04/reopen", null),
        ["putMeasure"] = ("/v1/measures/crm/units", """{"name":"Units {n}","value":"quantity","kinds":["order"]}"""),
        ["patchMeasure"] = ("/v1/measures/{measure}", """{"name":"Bookings {n}"}"""),
        ["getMeasure"] = ("/v1/measures/{measure}", null),
        ["listMeasures"] = ("/v1/measures", null),
        ["putPlan"] = ("/v1/plans/crm/other", Plan),
        ["patchPlan"] = ("/v1/plans/{plan}", """{"name":"Plan {n}"}"""),
        ["getPlan"] = ("/v1/plans/{plan}", null),
        ["listPlans"] = ("/v1/plans", null),
        ["checkPlan"] = ("/v1/plans/check", Plan),
        ["listPlanFindings"] = ("/v1/plans/{plan}/findings", null),
        ["putRep"] = ("/v1/reps/hris/E9", """{"name":"Rep {n}","manager":"{manager}"}"""),
        ["patchRep"] = ("/v1/reps/{rep}", """{"title":"AE {n}"}"""),
        ["getRep"] = ("/v1/reps/{rep}", null),
        ["listReps"] = ("/v1/reps", null),
        ["putTerritory"] = ("/v1/territories/crm/EAST", """{"name":"East {n}","reps":[{"rep":"{rep}"}]}"""),
        ["patchTerritory"] = ("/v1/territories/{territory}", """{"name":"Secret West {n}"}"""),
        ["getTerritory"] = ("/v1/territories/{territory}", null),
        ["listTerritories"] = ("/v1/territories", null),
        ["putAccount"] = ("/v1/accounts/crm/A9", """{"name":"Account {n}","territory":"{territory}"}"""),
        ["patchAccount"] = ("/v1/accounts/{account}", """{"name":"Secret Account {n}"}"""),
        ["getAccount"] = ("/v1/accounts/{account}", null),
        ["listAccounts"] = ("/v1/accounts", null),
        ["putQuota"] = ("/v1/quotas", """{"rep":"{rep}","measure":"{measure}","period":"2025-12","amount":"{n}"}"""),
        ["deleteQuota"] = ("/v1/quotas?rep={rep}&measure={measure}&period=2025-12", null),
        ["listQuotas"] = ("/v1/quotas", null),
        ["putFxRate"] = ("/v1/fx-rates", """{"from":"EUR","day":"2025-12-01","rate":"1.{n}"}"""),
        ["deleteFxRate"] = ("/v1/fx-rates?from=EUR&day=2025-12-01", null),
        ["listFxRates"] = ("/v1/fx-rates", null),
        ["postTransaction"] = ("/v1/transactions", """{"source":"crm","external_id":"P{n}","kind":"order","date":"2025-04-05","amount":"10","currency":"USD","rep":"{rep}"}"""),
        ["putTransaction"] = ("/v1/transactions/crm/Q{n}", """{"kind":"order","date":"2025-04-05","amount":"10","currency":"USD","rep":"{rep}"}"""),
        ["getTransaction"] = ("/v1/transactions/{transaction}", null),
        ["listTransactionCredits"] = ("/v1/transactions/{transaction}/credits", null),
        ["listTransactions"] = ("/v1/transactions", null),
        ["startImport"] = ("/v1/imports?entity=transactions&source=crm", Rejected),
        ["listImports"] = ("/v1/imports", null),
        ["getImport"] = ("/v1/imports/{import}", null),
        ["listImportRows"] = ("/v1/imports/{import}/rows", null),
        ["getImportResults"] = ("/v1/imports/{import}/results", null),
        ["correctImportRow"] = ("/v1/imports/{import}/rows/1", Rejected),
        ["retryImport"] = ("/v1/imports/{import}/retry", null),
        ["listRepPerformance"] = ("/v1/performance/reps?period=2025", null),
        ["listAttainments"] = ("/v1/attainments", null),
        ["getRepLive"] = ("/v1/reps/{rep}/live?period=2025-01", null),
        ["explainRep"] = ("/v1/reps/{rep}/explain?period=2025-01", null),
        ["estimateRep"] = ("/v1/reps/{rep}/estimate", """{"deals":[{"date":"2025-04-20","amount":"100"}]}"""),
        ["remodelPlan"] = ("/v1/plans/{plan}/remodel", $$"""{"year":"2025","document":{{Plan}}}"""),
        ["getTerritoryLive"] = ("/v1/territories/{territory}/live", null),
        ["getPlanLive"] = ("/v1/plans/{plan}/live", null),
        ["listDetections"] = ("/v1/detections?year=2025", null),
        ["listProblems"] = ("/v1/problems", null),
        ["summarizeProblems"] = ("/v1/problems/summary", null),
        ["getReconciliation"] = ("/v1/reconciliation", null),
        ["listPayouts"] = ("/v1/payouts", null),
        ["getPayout"] = ("/v1/payouts/{payout}", null),
        ["explainPayout"] = ("/v1/payouts/{payout}/explain", null),
        ["submitPayout"] = ("/v1/payouts/{payout}/submit", null),
        ["rejectPayout"] = ("/v1/payouts/{payout}/reject", null),
        ["approvePayout"] = ("/v1/payouts/{payout}/approve", null),
        ["createPayoutBatch"] = ("/v1/payout-batches", """{"period":"2025-03"}"""),
        ["listPayoutBatches"] = ("/v1/payout-batches", null),
        ["getPayoutBatch"] = ("/v1/payout-batches/{batch}", null),
        ["listPayoutLines"] = ("/v1/payout-batches/{batch}/lines", null),
        ["approvePayoutBatch"] = ("/v1/payout-batches/{review}/approve", null),
        ["rejectPayoutBatch"] = ("/v1/payout-batches/{review}/reject", null),
        ["claimPayoutBatch"] = ("/v1/payout-batches/{batch}/claim", """{"lease_seconds":900}"""),
        ["acknowledgePayoutLines"] = ("/v1/payout-batches/{batch}/ack", """{"claim":"{claim}","lines":[{"line":"{line}","result":"paid"}]}"""),
        ["releasePayoutBatch"] = ("/v1/payout-batches/{batch}/release", """{"claim":"{claim}"}"""),
        ["getTrialBalance"] = ("/v1/ledger/trial-balance", null),
        ["listPostings"] = ("/v1/ledger/postings", null),
        ["createApiKey"] = ("/v1/api-keys", """{"name":"Key {n}","roles":["rep"],"rep":"{rep}"}"""),
        ["listApiKeys"] = ("/v1/api-keys", null),
        ["getApiKey"] = ("/v1/api-keys/{key}", null),
        ["rotateApiKey"] = ("/v1/api-keys/{key}/rotate", """{"overlap_seconds":60}"""),
        ["revokeApiKey"] = ("/v1/api-keys/{key}/revoke", null),
        ["listChanges"] = ("/v1/changes", null),
        ["listAuditEntries"] = ("/v1/audit", null),
        ["verifyAudit"] = ("/v1/audit/verification", null),
        ["exportPersonalData"] = ("/v1/reps/{left}/personal-data", null),
        ["erasePersonalData"] = ("/v1/reps/{left}/erase", null),
        ["listConnectors"] = ("/v1/connectors", null),
        ["getConnector"] = ("/v1/connectors/files", null),
        ["createConnection"] = ("/v1/connections", """{"connector":"files","name":"Folder {n}","source":"folder{n}"}"""),
        ["listConnections"] = ("/v1/connections", null),
        ["getConnection"] = ("/v1/connections/{connection}", null),
        ["putConnection"] = ("/v1/connections/{connection}", """{"connector":"files","name":"Folder {n}"}"""),
        ["checkConnection"] = ("/v1/connections/{connection}/check", null),
        ["discoverConnection"] = ("/v1/connections/{connection}/discover", null),
        ["previewConnection"] = ("/v1/connections/{connection}/preview", """{"stream":"opportunities"}"""),
        ["pauseConnection"] = ("/v1/connections/{connection}/pause", null),
        ["resumeConnection"] = ("/v1/connections/{connection}/resume", null),
        ["runConnection"] = ("/v1/connections/{connection}/run", null),
        ["backfillConnection"] = ("/v1/connections/{connection}/backfill", null),
        ["listConnectionRuns"] = ("/v1/connections/{connection}/runs", null),
        ["getConnectionRun"] = ("/v1/connections/{connection}/runs/{run}", null),
        ["listConnectionRows"] = ("/v1/connections/{connection}/rows", null),
        ["retryConnectionRows"] = ("/v1/connections/{connection}/retry", null),
        ["getConnectionReconciliation"] = ("/v1/connections/{connection}/reconciliation", null),
        ["deleteConnection"] = ("/v1/connections/{spare}", null),
        ["createWebhook"] = ("/v1/webhooks", """{"url":"https://webhooks.invalid/in/{n}","enabled":false}"""),
        ["listWebhooks"] = ("/v1/webhooks", null),
        ["getWebhook"] = ("/v1/webhooks/{webhook}", null),
        ["putWebhook"] = ("/v1/webhooks/{webhook}", """{"url":"https://webhooks.invalid/in/{n}"}"""),
        ["rotateWebhookSecret"] = ("/v1/webhooks/{webhook}/rotate", """{"overlap_seconds":0}"""),
        ["testWebhook"] = ("/v1/webhooks/{webhook}/test", null),
        ["replayWebhook"] = ("/v1/webhooks/{webhook}/replay", """{"since":"2025-01-01T00:00:00Z"}"""),
        ["listDeliveries"] = ("/v1/webhooks/{webhook}/deliveries", null),
        ["getDelivery"] = ("/v1/webhooks/{webhook}/deliveries/{event}", null),
        ["deleteWebhook"] = ("/v1/webhooks/{unused}", null),
        ["createUser"] = ("/scim/v2/Users", """{"userName":"user{n}@example.com","title":"AE"}"""),
        ["listUsers"] = ("/scim/v2/Users", null),
        ["getUser"] = ("/scim/v2/Users/{user}", null),
        ["putUser"] = ("/scim/v2/Users/{user}", """{"userName":"ann@example.com","displayName":"Secret Ann {n}"}"""),
        ["patchUser"] = ("/scim/v2/Users/{user}", """{"Operations":[{"op":"replace","path":"title","value":"AE {n}"}]}"""),
        ["createGroup"] = ("/scim/v2/Groups", """{"displayName":"Group {n}","members":[{"value":"{user}"}]}"""),
        ["listGroups"] = ("/scim/v2/Groups", null),
        ["getGroup"] = ("/scim/v2/Groups/{group}", null),
        ["putGroup"] = ("/scim/v2/Groups/{group}", """{"displayName":"Secret Group {n}"}"""),
        ["patchGroup"] = ("/scim/v2/Groups/{group}", """{"Operations":[{"op":"replace","path":"displayName","value":"Secret Group {n}"}]}"""),
        ["deleteGroup"] = ("/scim/v2/Groups/{spare_group}", null),
        ["deleteUser"] = ("/scim/v2/Users/{spare_user}", null),
        ["getScimConfig"] = ("/scim/v2/ServiceProviderConfig", null),
        ["listScimResourceTypes"] = ("/scim/v2/ResourceTypes", null),
        ["getScimResourceType"] = ("/scim/v2/ResourceTypes/User", null),
        ["listScimSchemas"] = ("/scim/v2/Schemas", null),
        ["getScimSchema"] = ("/scim/v2/Schemas/urn:ietf:params:scim:schemas:core:2.0:User", null),
        ["createTenant"] = ("/v1/tenants", """{"id":"t{n}","name":"Tenant {n}"}"""),
        ["listTenants"] = ("/v1/tenants", null),
    };

    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private int _n = 100;

    private Operations()
    {
    }

    /// <summary>What must not be known elsewhere, by what it is the id of.</summary>
    public IReadOnlyDictionary<string, string> Ids => _ids;

    public static async Task<Operations> CreateAsync(TestPlatform platform)
    {
        var operations = new Operations();
        await SmallCompany.CreateAsync(platform);
        (await platform.PutAsync("/v1/territories/crm/WEST", """{"name":"Secret West","reps":[{"rep":"E1"}]}""")).Expect(201);
        (await platform.PutAsync("/v1/accounts/crm/A1", """{"name":"Secret Account","territory":"WEST"}""")).Expect(201);
        foreach (var month in (string[])["01", "02", "03"])
        {
            await platform.SellAsync($"T{month}1", "E1", $"2025-{month}-05", "1000");
            await platform.SellAsync($"T{month}2", "E2", $"2025-{month}-06", "900");
            await platform.CloseAsync($"2025-{month}");
        }
        await operations.NoteAsync(platform);
        return operations;
    }

    /// <summary>One operation as somebody; what a claim answers with is kept for the acknowledgement.</summary>
    public async Task<TestPlatform.Answer> CallAsync(TestPlatform platform, TestCaller caller, Operation operation)
    {
        var (path, body) = Calls[operation.Id];
        if (operation.Id is "deleteUser" or "deleteGroup")
        {
            var kind = operation.Id["delete".Length..];
            _ids[$"spare_{kind.ToLowerInvariant()}"] = await ScimAsync(platform, $"{kind}s", $$"""{"userName":"spare{{Interlocked.Increment(ref _n)}}","displayName":"Spare"}""");
        }
        if (operation.Id == "deleteConnection")
        {
            // What one role has deleted is not there for the next one.
            _ids["spare"] = (await platform.PostAsync("/v1/connections", $$"""{"connector":"files","name":"Spare","source":"spare{{Interlocked.Increment(ref _n)}}"}""")).Expect(201).Json.Text("id");
        }
        var n = Interlocked.Increment(ref _n);
        using var request = new HttpRequestMessage(operation.Method, Fill(path, n));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {caller.Credential}");
        if (operation.Method == HttpMethod.Post)
        {
            request.Headers.TryAddWithoutValidation("If-Match", await SeenAsync(platform, operation, Fill(path, n)));
        }
        if (body is not null)
        {
            request.Content = new StringContent(Fill(body, n), Encoding.UTF8, operation.MediaType);
        }
        using var response = await platform.Http.SendAsync(request);
        var answer = new TestPlatform.Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
        if (operation.Id == "claimPayoutBatch" && answer.Status == 200)
        {
            (_ids["claim"], _ids["line"]) = (answer.Json.Text("claim"), answer.Json.GetProperty("lines")[0].Text("id"));
        }
        return answer;
    }

    /// <summary>The address that an operation without a body is called at.</summary>
    public string PathOf(Operation operation) => Fill(Calls[operation.Id].Path, Interlocked.Increment(ref _n));

    /// <summary>The tag of a payout or batch before it is moved, whoever moves it: what is asked here is not whether the state was seen.</summary>
    private static async Task<string> SeenAsync(TestPlatform platform, Operation operation, string path) =>
        operation.Route.Contains("{id}/", StringComparison.Ordinal)
        && (await platform.GetAsync(path[..path.LastIndexOf('/')])).Headers.TryGetValue("ETag", out var tag) ? tag : "\"none\"";

    private async Task NoteAsync(TestPlatform platform)
    {
        foreach (var (name, collection, externalId) in Named)
        {
            _ids[name] = await platform.IdAsync(collection, externalId);
        }
        _ids["transaction"] = (await platform.ListAsync("/v1/transactions"))[0].Text("id");
        _ids["payout"] = (await platform.PayoutAsync("E1", "2025-03")).Text("id");
        _ids["batch"] = await platform.ApprovedBatchAsync("2025-01");
        _ids["review"] = await platform.BatchAsync("2025-02");
        (_ids["claim"], _ids["line"]) = ("clm_none", "pln_none");
        _ids["spare"] = "con_none";
        _ids["user"] = await ScimAsync(platform, "Users", """{"userName":"ann@example.com","displayName":"Secret Ann"}""");
        _ids["group"] = await ScimAsync(platform, "Groups", """{"displayName":"Secret Group"}""");
        (_ids["spare_user"], _ids["spare_group"]) = ("usr_none", "grp_none");
        (_ids["connection"], _ids["run"]) = await ConnectAsync(platform);
        _ids["key"] = (await platform.PostAsync("/v1/api-keys", """{"name":"Secret key","scopes":["reps.read"]}""")).Expect(201).Json.GetProperty("api_key").Text("id");
        (await platform.PutAsync("/v1/reps/hris/LEFT", """{"name":"Secret Person","left_on":"2020-01-01"}""")).Expect(201);
        _ids["left"] = await platform.IdAsync("reps", "LEFT");
        _ids["webhook"] = await WebhookAsync(platform);
        _ids["unused"] = await WebhookAsync(platform);
        _ids["event"] = (await platform.PostAsync($"/v1/webhooks/{_ids["webhook"]}/test")).Expect(200).Json.Text("event");
        using var file = new StringContent(Rejected, Encoding.UTF8, "application/x-ndjson");
        using var started = await platform.Http.PostAsync("/v1/imports?entity=transactions&source=crm", file);
        _ids["import"] = System.Text.Json.JsonDocument.Parse(await started.Content.ReadAsStringAsync()).RootElement.Text("id");
        while ((await platform.GetAsync($"/v1/imports/{_ids["import"]}")).Json.Text("status") is "queued" or "running")
        {
            await Task.Delay(20);
        }
    }

    private static async Task<(string Connection, string Run)> ConnectAsync(TestPlatform platform)
    {
        var connection = (await platform.PostAsync("/v1/connections", """{"connector":"files","name":"Secret folder"}""")).Expect(201).Json.Text("id");
        await Until.TrueAsync(async () => (await platform.ListAsync($"/v1/connections/{connection}/runs")).Any(r => r.Text("status") == "complete"));
        return (connection, (await platform.ListAsync($"/v1/connections/{connection}/runs"))[0].Text("id"));
    }

    private static async Task<string> ScimAsync(TestPlatform platform, string collection, string body) =>
        (await platform.PostAsync($"/scim/v2/{collection}", body)).Expect(201).Json.Text("id");

    private static async Task<string> WebhookAsync(TestPlatform platform) =>
        (await platform.PostAsync("/v1/webhooks", """{"url":"https://webhooks.invalid/in","events":["webhook.test"]}""")).Expect(201).Json.GetProperty("webhook").Text("id");

    private static readonly (string, string, string)[] Named =
    [
        ("rep", "reps", "E1"), ("manager", "reps", "M1"), ("plan", "plans", "ae"), ("measure", "measures", "bookings"), ("territory", "territories", "WEST"), ("account", "accounts", "A1"),
    ];

    /// <summary>From now on the name stands for this id.</summary>
    public void Note(string name, string id) => _ids[name] = id;

    /// <summary>Puts ids in the place of their names.</summary>
    public string Fill(string text) => Fill(text, Interlocked.Increment(ref _n));

    private string Fill(string text, int n)
    {
        foreach (var (name, id) in _ids)
        {
            text = text.Replace($"{{{name}}}", id, StringComparison.Ordinal);
        }
        return text.Replace("{n}", $"{n}", StringComparison.Ordinal);
    }
}
