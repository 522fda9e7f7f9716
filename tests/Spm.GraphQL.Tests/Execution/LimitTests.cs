using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Spm.GraphQL.Execution;
using Spm.GraphQL.Tests.Authoring;

namespace Spm.GraphQL.Tests.Execution;

/// <summary>Every limit is attacked.</summary>
public sealed class LimitTests
{
    private static readonly IServiceProvider Services = new ServiceCollection().AddSingleton<Company>().BuildServiceProvider();

    [Theory]
    [InlineData("{ boss { ... on Manager { reports { territory { name } } } } }", 3, 9, 9, "The operation is 4 fields deep; 3 are allowed.")]
    [InlineData("{ rep(id: 1) { ...A ...B } } fragment A on Rep { id name ...B } fragment B on Rep { email rank }", 9, 6, 9, "The operation has 7 fields; 6 are allowed.")]
    [InlineData("{ a: broken b: broken }", 9, 9, 1, "The operation has 2 aliases; 1 are allowed.")]
    public async Task Operations_that_are_too_large_are_not_executed(string query, int depth, int fields, int aliases, string error)
    {
        var executor = AuthoringTests.Executor(new ExecutorOptions { MaxDepth = depth, MaxFields = fields, MaxAliases = aliases });
        Assert.Contains(error, await Ask(executor, query));
        Assert.DoesNotContain(error, await Ask(executor, query, trusted: true));
    }

    [Fact]
    public async Task A_document_that_doubles_with_every_fragment_is_refused_at_once()
    {
        var fragments = string.Concat(Enumerable.Range(0, 60).Select(i => $"fragment F{i} on Manager {{ ...G{i} x{i}: name ...H{i} }} fragment G{i} on Manager {{ ...F{i + 1} }} fragment H{i} on Manager {{ ...F{i + 1} }} "));
        var watch = Stopwatch.StartNew();
        Assert.Contains("fields; 5000 are allowed", await Ask(AuthoringTests.Executor(), $"{{ boss {{ ...F0 }} }} {fragments} fragment F60 on Manager {{ id name }}"));
        Assert.InRange(watch.ElapsedMilliseconds, 0, 5000);
    }

    [Theory]
    [InlineData("{ reps(first: 10) { nodes { territory { name } } } }", "", 21)]
    [InlineData("query ($n: Int) { reps(first: $n) { nodes { territory { name } } edges { node { id } } } }", """{"n": 4}""", 17)]
    [InlineData("query ($n: Int) { reps(last: $n) { nodes { id } } }", "", 4)]
    [InlineData("{ reps { ...P } } fragment P on RepConnection { nodes { id } totalCount }", "", 4)]
    [InlineData("{ boss { ... on Manager { reports { territory { id } } } } }", "", 21)]
    [InlineData("{ rep(id: 1) { name } }", "", 1)]
    public async Task The_cost_is_the_objects_that_there_may_be(string query, string variables, double cost)
    {
        var executor = AuthoringTests.Executor(new ExecutorOptions { MaxCost = 10 });
        var request = GraphQLRequest.Of(query, variables.Length == 0 ? null : variables) with { Services = Services, ReportCost = true };
        using var told = await executor.ExecuteAsync(request with { IsTrusted = true });
        Assert.EndsWith($"\"extensions\":{{\"cost\":{{\"cost\":{cost},\"maxCost\":10}}}}}}", told.ToString());
        using var result = await executor.ExecuteAsync(request);
        Assert.Equal(cost > 10, result.ToString().Contains($"The operation may cost {cost}; 10 are allowed."));
        Assert.Equal(cost <= 10, result.HasData);
    }

    [Fact]
    public async Task Late_requests_are_given_up()
    {
        var executor = AuthoringTests.Executor(new ExecutorOptions { Timeout = TimeSpan.FromMilliseconds(100) });
        var watch = Stopwatch.StartNew();
        Assert.Contains("took longer than 0.1 seconds", await Ask(executor, "{ wait(milliseconds: 60000) }"));
        Assert.InRange(watch.ElapsedMilliseconds, 50, 20000);
        // The next one has its own time.
        Assert.Equal("""{"data":{"wait":"done"}}""", await Ask(executor, "{ wait(milliseconds: 1) }"));
    }

    [Fact]
    public async Task Callers_who_leave_are_not_answered()
    {
        using var left = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await AuthoringTests.Executor().ExecuteAsync(GraphQLRequest.Of("{ wait(milliseconds: 60000) }"), left.Token));
    }

    [Theory]
    [InlineData("{ numbers(count: 101) }", "The list has more than 100 items.")]
    [InlineData("{ boss { name ... on Manager { reports { name territory { name } ratings } } } }", "The response has more than 60 bytes.")]
    public async Task Responses_end_somewhere(string query, string error)
    {
        var executor = AuthoringTests.Executor(new ExecutorOptions { MaxListItems = 100, MaxResponseBytes = error.Contains("bytes") ? 60 : 1000 });
        Assert.Contains(error, await Ask(executor, query));
    }

    [Fact]
    public async Task Strangers_learn_nothing_of_a_closed_schema()
    {
        var executor = AuthoringTests.Executor(new ExecutorOptions { OpenSchema = false });
        Assert.Contains("Introspection is not allowed.", await Ask(executor, "{ __schema { types { name } } }"));
        Assert.Contains("Introspection is not allowed.", await Ask(executor, "{ ...A } fragment A on Query { __type(name: \"Rep\") { name } }"));
        Assert.DoesNotContain("Did you mean", await Ask(executor, "{ rap(id: 1) { name } }"));
        Assert.Contains("{\"data\":{\"__typename\":\"Query\"}}", await Ask(executor, "{ __typename }"));
        Assert.Contains("Did you mean", await Ask(executor, "{ rap(id: 1) { name } }", trusted: true));
        Assert.Contains("\"TEAM_LEAD\"", await Ask(executor, "{ __type(name: \"Rank\") { enumValues { name } } }", trusted: true));
    }

    [Fact]
    public async Task The_cache_of_documents_is_bounded()
    {
        var executor = AuthoringTests.Executor(new ExecutorOptions { CachedDocuments = 10, CachedBytes = 300 });
        for (var i = 0; i < 100; i++)
        {
            Assert.Contains("\"data\"", await Ask(executor, $"{{ a{i}: __typename }}"));
            Assert.Contains("\"data\"", await Ask(executor, "{ __typename }"));
            Assert.InRange(executor.CachedDocuments, 1, 10);
        }
        await Ask(executor, $"{{ __typename }} #{new string('x', 400)}");
        Assert.InRange(executor.CachedDocuments, 1, 10);
    }

    [Fact]
    public async Task Conditions_that_turn_out_otherwise_get_another_plan()
    {
        var executor = AuthoringTests.Executor();
        foreach (var (a, b) in new[] { (true, true), (false, true), (true, false), (false, false), (true, true) })
        {
            using var result = await executor.ExecuteAsync(GraphQLRequest.Of(
                "query ($a: Boolean!, $b: Boolean!) { x: __typename @include(if: $a) y: __typename @skip(if: $b) x: __typename @include(if: $b) }",
                $$"""{"a": {{(a ? "true" : "false")}}, "b": {{(b ? "true" : "false")}}}"""));
            var expected = (a, b) switch
            {
                (true, true) => """{"x":"Query"}""",
                (false, true) => """{"x":"Query"}""",
                (true, false) => """{"x":"Query","y":"Query"}""",
                _ => """{"y":"Query"}""",
            };
            Assert.Equal($$"""{"data":{{expected}}}""", result.ToString());
        }
    }

    private static async Task<string> Ask(GraphQLExecutor executor, string query, bool trusted = false)
    {
        using var result = await executor.ExecuteAsync(GraphQLRequest.Of(query) with { Services = Services, IsTrusted = trusted });
        return result.ToString();
    }
}
