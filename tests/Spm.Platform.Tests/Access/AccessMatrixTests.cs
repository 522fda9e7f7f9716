using Spm.Platform.Access;
using Spm.Platform.Kernel;
using Spm.Platform.Tests.Architecture;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Access;

/// <summary>Every operation against every role, and without a credential. What each role may do stands in docs/security.md.</summary>
public sealed class AccessMatrixTests
{
    [Fact]
    public async Task Every_operation_stands_in_the_matrix_and_the_matrix_in_the_page()
    {
        await using var platform = await TestPlatform.StartAsync();
        var operations = Operation.Of(platform);

        Assert.Equal(operations.Select(o => o.Id).Order(StringComparer.Ordinal), Operations.Calls.Keys.Order(StringComparer.Ordinal));
        var page = await File.ReadAllLinesAsync(Repository.At("docs", "security.md"), TestContext.Current.CancellationToken);
        Assert.Equal(Table(operations), page.SkipWhile(l => !l.StartsWith("| Operation |", StringComparison.Ordinal)).TakeWhile(l => l.StartsWith('|')));
    }

    [Fact]
    public async Task A_role_does_what_its_scopes_say_and_is_refused_everything_else()
    {
        await using var platform = await TestPlatform.StartAsync(settings: $"--Spm:Operator:ApiKey={Support.Credentials.OperatorKey}");
        var calls = await Operations.CreateAsync(platform);
        List<string> wrong = [];
        foreach (var role in Roles.All)
        {
            var caller = await platform.RoleAsync(role.Name);
            foreach (var operation in Operation.Of(platform))
            {
                var answer = await calls.CallAsync(platform, caller, operation);
                var isRight = role.Scopes.Contains(operation.Scope)
                    ? answer.Status is < 500 and not 401 and not 404 && Refused(answer) != ErrorCodes.Forbidden
                    : answer.Status == 403 && Refused(answer) == ErrorCodes.Forbidden;
                if (!isRight)
                {
                    wrong.Add($"{role.Name} {operation.Id}: {answer.Status} {answer.Text[..Math.Min(200, answer.Text.Length)]}");
                }
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Nobody_comes_in_without_a_credential_and_the_operator_does_not_look_into_tenants()
    {
        await using var platform = await TestPlatform.StartAsync(settings: $"--Spm:Operator:ApiKey={Support.Credentials.OperatorKey}");
        var calls = await Operations.CreateAsync(platform);
        foreach (var operation in Operation.Of(platform))
        {
            var nobody = await calls.CallAsync(platform, platform.As("spm_nobody_has_this_key_here"), operation);
            Assert.True(nobody.Status == 401 && nobody.Headers["WWW-Authenticate"].StartsWith("Bearer ", StringComparison.Ordinal), operation.Id);
            if (Scopes.OfTenants.Contains(operation.Scope))
            {
                var refused = await calls.CallAsync(platform, platform.As(Support.Credentials.OperatorKey), operation);
                Assert.True(refused.Status is 403 or 404, $"{operation.Id}: {refused.Status}");
            }
        }
    }

    [Fact]
    public async Task Every_write_is_in_the_audit_trail()
    {
        await using var platform = await TestPlatform.StartAsync(settings: $"--Spm:Operator:ApiKey={Support.Credentials.OperatorKey}");
        var calls = await Operations.CreateAsync(platform);
        var all = platform.As(TestPlatform.Key);
        string[] keepsNothing = ["checkPlan", "estimateRep", "remodelPlan", "discoverConnection", "previewConnection"];
        List<string> unheard = [], refused = [];
        foreach (var id in Operations.Calls.Keys)
        {
            var operation = Operation.Of(platform).Single(o => o.Id == id);
            if (operation.Method == HttpMethod.Get || keepsNothing.Contains(id) || operation.Scope == Scopes.TenantsWrite)
            {
                continue;
            }
            var before = await EntriesAsync(platform);
            var answer = await calls.CallAsync(platform, all, operation);
            (answer.Status >= 300 ? refused : await EntriesAsync(platform) == before ? unheard : []).Add(id);
        }
        Assert.Empty(unheard);
        // The one is rejected before it could be approved, the other approved before it could be rejected.
        Assert.Equal(["approvePayout", "rejectPayoutBatch"], refused);
        Assert.True((await platform.GetAsync("/v1/audit/verification")).Expect(200).Json.GetProperty("sound").GetBoolean());
    }

    private static async Task<long> EntriesAsync(TestPlatform platform) => (await platform.GetAsync("/v1/audit/verification")).Expect(200).Json.GetProperty("entries").GetInt64();

    private static string Refused(TestPlatform.Answer answer) => answer.Status >= 400 ? answer.Code : "";

    private static IEnumerable<string> Table(List<Operation> operations) =>
    [
        $"| Operation | Scope | {string.Join(" | ", Roles.All.Select(r => r.Name.Replace('_', ' ')))} |",
        $"|---|---|{string.Concat(Roles.All.Select(_ => "---|"))}",
        .. operations.OrderBy(o => o.Scope, StringComparer.Ordinal).ThenBy(o => o.Id, StringComparer.Ordinal)
            .Select(o => $"| {o.Id} | {o.Scope} | {string.Join(" | ", Roles.All.Select(r => Cell(r, o.Scope)))} |"),
    ];

    /// <summary>Where a role sees only some rows, the cell says which.</summary>
    private static string Cell(Role role, string scope) =>
        !role.Scopes.Contains(scope) ? ""
        : role.Reach == Reach.Everyone || scope == Scopes.CalendarRead ? "yes"
        : role.Reach switch { Reach.Self => "own", Reach.Team => "team", _ => "approved" };
}
