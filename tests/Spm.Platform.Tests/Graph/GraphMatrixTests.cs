using System.Text.Json;
using Spm.GraphQL.Types;
using Spm.Platform.Access;
using Spm.Platform.Kernel;
using Spm.Platform.Tests.Access;
using Spm.Platform.Tests.Architecture;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Graph;

/// <summary>Every root field against every role, and against another tenant: what REST refuses, GraphQL refuses.</summary>
public sealed class GraphMatrixTests
{
    private const string Operator = $"--Spm:Operator:ApiKey={Support.Credentials.OperatorKey}";

    [Fact]
    public async Task Every_root_field_stands_in_the_matrix_and_the_matrix_in_the_page()
    {
        await using var platform = await TestPlatform.StartAsync();
        var schema = platform.Service<Schema>();

        Assert.Equal(Names(schema.QueryType), RootFields.Queries.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Names(schema.MutationType), RootFields.Mutations.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Names(schema.SubscriptionType), RootFields.Subscriptions.Keys.Order(StringComparer.Ordinal));
        var page = await File.ReadAllLinesAsync(Repository.At("docs", "graphql.md"), TestContext.Current.CancellationToken);
        Assert.Equal(Table(Operation.Of(platform)), page.SkipWhile(l => !l.StartsWith("| Field |", StringComparison.Ordinal)).TakeWhile(l => l.StartsWith('|')));
    }

    [Fact]
    public async Task Every_operation_of_REST_has_a_field()
    {
        await using var platform = await TestPlatform.StartAsync();
        // A transaction is posted with its key, a record is put whole, a plan has its findings, records have live figures of their own, a transaction its credits; results of an import are a
        // file, and so is all that is known of a person; erasing it stays beside that.
        string[] elsewhere =
        [
            "putTransaction", "patchRep", "patchTerritory", "patchAccount", "patchMeasure", "patchPlan", "listPlanFindings", "getTerritoryLive", "getPlanLive", "listTransactionCredits", "getImportResults", "exportPersonalData", "erasePersonalData",
            // SCIM is a protocol of its own.
            "createUser", "listUsers", "getUser", "putUser", "patchUser", "deleteUser", "createGroup", "listGroups", "getGroup", "putGroup", "patchGroup", "deleteGroup",
            "getScimConfig", "listScimResourceTypes", "getScimResourceType", "listScimSchemas", "getScimSchema",
        ];
        Assert.Equal(elsewhere.Order(StringComparer.Ordinal), Operation.Of(platform).Select(o => o.Id).Except(GraphCalls.All.Select(c => c.Operation)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_role_does_what_its_scopes_say_and_is_refused_everything_else()
    {
        await using var platform = await TestPlatform.StartAsync(settings: Operator);
        var calls = await GraphCalls.CreateAsync(platform);
        var scopes = Operation.Of(platform).ToDictionary(o => o.Id, o => o.Scope, StringComparer.Ordinal);
        List<string> wrong = [];
        foreach (var role in Roles.All)
        {
            var caller = await platform.RoleAsync(role.Name);
            foreach (var (kind, field, operation, document) in GraphCalls.All)
            {
                var answer = await calls.CallAsync(caller, kind, field, document);
                var isRight = role.Scopes.Contains(scopes[operation])
                    ? answer.Status == 200 && answer.Codes.All(c => c is not ErrorCodes.Forbidden and not "INTERNAL_SERVER_ERROR" and not "GRAPHQL_VALIDATION_FAILED")
                    : answer.Codes is [ErrorCodes.Forbidden];
                if (!isRight)
                {
                    wrong.Add($"{role.Name} {field}: {answer.Text[..Math.Min(300, answer.Text.Length)]}");
                }
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_refused_field_is_null_and_what_stands_beside_it_is_answered()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var answer = await (await platform.RoleAsync("rep")).AskAsync("{ company { name } apiKeys { totalCount } trialBalance { balanced } webhooks { id } }");

        Assert.Equal([ErrorCodes.Forbidden, ErrorCodes.Forbidden, ErrorCodes.Forbidden], answer.Codes);
        Assert.Equal("""{"company":{"name":"Acme"},"apiKeys":null,"trialBalance":null,"webhooks":null}""", answer.Json.GetProperty("data").GetRawText());
        var schema = platform.Service<Schema>();
        Assert.DoesNotContain(schema.QueryType!.Fields.Concat(schema.MutationType!.Fields), f => f.Type is NonNullType);
    }

    [Fact]
    public async Task Whoever_may_do_everything_does_every_field_without_an_error()
    {
        await using var platform = await TestPlatform.StartAsync();
        var calls = await GraphCalls.CreateAsync(platform);
        List<string> wrong = [], refused = [];
        foreach (var (kind, field, _, document) in GraphCalls.All.Where(c => !c.Field.Contains("enant", StringComparison.Ordinal)))
        {
            var answer = await calls.CallAsync(platform.As(TestPlatform.Key), kind, field, document);
            if (answer.Codes.Length > 0 || answer.Json.GetProperty("data").GetProperty(field) is not { ValueKind: not JsonValueKind.Null } value)
            {
                wrong.Add($"{field}: {answer.Text[..Math.Min(300, answer.Text.Length)]}");
            }
            else if (kind == "mutation" && value.GetProperty("userErrors").GetArrayLength() > 0)
            {
                refused.Add(field);
            }
        }
        Assert.Empty(wrong);
        // The one is rejected before it could be approved, the other approved before it could be rejected.
        Assert.Equal(["approvePayout", "rejectPayoutBatch"], refused);
        Assert.True((await platform.GetAsync("/v1/audit/verification")).Expect(200).Json.GetProperty("sound").GetBoolean());
    }

    [Fact]
    public async Task Ids_of_another_tenant_are_nothing_and_nothing_of_it_is_told()
    {
        await using var platform = await TestPlatform.StartAsync(settings: Operator);
        var calls = await GraphCalls.CreateAsync(platform);
        var stranger = await platform.TenantAsync("other");
        (await stranger.PutAsync("/v1/company", """{"name":"Other","currency":"USD"}""")).Expect(200);
        (await stranger.PutAsync("/v1/calendar/years/2025", """{"start":"2025-01-01"}""")).Expect(200);
        (await stranger.PutAsync("/v1/measures/crm/bookings", """{"name":"Bookings","value":"amount","kinds":["order"]}""")).Expect(201);
        var before = await WritesAsync(platform);
        List<string> wrong = [];
        foreach (var (kind, field, _, document) in GraphCalls.All.Where(c => !c.Field.Contains("enant", StringComparison.Ordinal)))
        {
            var answer = await calls.CallAsync(stranger, kind, field, document);
            if (calls.Names(document) && !IsNothing(answer, kind, field))
            {
                wrong.Add($"{field}: {answer.Text}");
            }
            var secrets = calls.Ids.Where(i => !document.Contains($"{{{i.Key}}}", StringComparison.Ordinal)).Select(i => i.Value);
            if (secrets.Concat(["Secret West", "Secret Account", "Secret key"]).Any(s => answer.Text.Contains(s, StringComparison.Ordinal)))
            {
                wrong.Add($"{field} tells: {answer.Text}");
            }
        }
        Assert.Empty(wrong);
        Assert.Equal(before, await WritesAsync(platform));
    }

    [Fact]
    public async Task Nobody_comes_in_without_a_credential_and_the_operator_does_not_look_into_tenants()
    {
        await using var platform = await TestPlatform.StartAsync(settings: Operator);
        var calls = await GraphCalls.CreateAsync(platform);
        var nobody = await platform.As("spm_nobody_has_this_key_here").AskAsync("{ company { name } }");
        Assert.Equal(401, nobody.Status);
        Assert.Equal([ErrorCodes.Unauthenticated], nobody.Codes);
        var scopes = Operation.Of(platform).ToDictionary(o => o.Id, o => o.Scope, StringComparer.Ordinal);
        foreach (var (kind, field, operation, document) in GraphCalls.All)
        {
            var answer = await calls.CallAsync(platform.As(Support.Credentials.OperatorKey), kind, field, document);
            // A job is looked for before it is known which scope it asks for.
            var isRight = Scopes.OfOperator.Contains(scopes[operation]) ? answer.Codes is []
                : answer.Codes is [ErrorCodes.Forbidden or ErrorCodes.NotFound] || answer.Text == """{"data":{"import":null}}""" || answer.Text.Contains("\"code\":\"not_found\"", StringComparison.Ordinal);
            Assert.True(isRight, $"{field}: {answer.Text}");
        }
    }

    /// <summary>Null without an error, a refusal that knows no such thing, or an error that says so.</summary>
    private static bool IsNothing(GraphAnswer answer, string kind, string field)
    {
        if (answer.Codes.Length > 0)
        {
            return answer.Codes.All(c => c == ErrorCodes.NotFound);
        }
        var value = answer.Json.GetProperty("data").GetProperty(field);
        return value.ValueKind == JsonValueKind.Null || value.GetRawText() == "[null]"
            || (kind == "mutation" && value.GetProperty("userErrors").EnumerateArray().Any(e => e.Text("code") is var code && (code == ErrorCodes.NotFound || code.EndsWith("_unknown", StringComparison.Ordinal))));
    }

    private static async Task<int> WritesAsync(TestPlatform platform) =>
        (await platform.ListAsync("/v1/audit?limit=1000")).Count(e => !e.Text("action").StartsWith("payout_batch.read", StringComparison.Ordinal));

    private static IEnumerable<string> Names(ObjectType? root) => root!.Fields.Select(f => f.Name.Value).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Table(List<Operation> operations) =>
    [
        "| Field | Does what REST calls | Scope |",
        "|---|---|---|",
        .. GraphCalls.All.Select(c => $"| {c.Kind} {c.Field} | {c.Operation} | {operations.Single(o => o.Id == c.Operation).Scope} |").Order(StringComparer.Ordinal),
    ];
}
