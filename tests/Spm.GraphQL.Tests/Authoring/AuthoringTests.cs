using Microsoft.Extensions.DependencyInjection;
using Spm.GraphQL.Authoring;
using Spm.GraphQL.Execution;

namespace Spm.GraphQL.Tests.Authoring;

/// <summary>A schema is made of a program, and executes it.</summary>
public sealed class AuthoringTests
{
    private readonly Company _company = new();

    public static GraphQLExecutor Executor(ExecutorOptions? options = null) =>
        new(
            new ClrSchemaBuilder().AddAssembly(typeof(Company).Assembly).Add([typeof(Manager)])
                .KnowServices(new ServiceCollection().AddSingleton<Company>().BuildServiceProvider().GetRequiredService<IServiceProviderIsService>()).Build(),
            options);

    [Fact]
    public void The_schema_says_what_the_program_says()
    {
        var sdl = Executor().Schema.ToString();
        Assert.Contains("interface IPerson {\n  id: ID!\n  name: String!\n}", sdl);
        Assert.Contains("enum Rank {\n  JUNIOR\n  SENIOR\n\n  \"\"\"Leads a team.\"\"\"\n  TEAM_LEAD\n}", sdl);
        Assert.Contains("union IFound = FoundRep | FoundTerritory", sdl);
        Assert.Contains("type Rep implements IPerson {", sdl);
        Assert.Contains("type Town implements IPlace & Place {", sdl);
        Assert.Contains("interface Place implements IPlace {", sdl);
        Assert.Contains("isSenior: Boolean! @deprecated(reason: \"Ask for the rank.\")", sdl);
        Assert.Contains("hiredOn: Date!\n  quota: Decimal!\n", sdl);
        Assert.Contains("ratings: [Float!]!", sdl);
        Assert.Equal(["first", "after", "last", "before", "rank", "where", "order"], Executor().Schema.QueryType!.Fields["reps"]!.Arguments.Names);
        Assert.Contains("input RenameInput {\n  id: ID!\n  name: String!\n  reason: String\n  rank: Rank! = SENIOR\n  tags: [Int!]\n}", sdl);
        Assert.Contains("tick(count: Int!, intervalMs: Int! = 1): Int!", sdl);
    }

    [Theory]
    [InlineData("{ rep(id: 1) { id name email rank hiredOn quota ratings isSenior } }",
        """{"data":{"rep":{"id":"1","name":"Rep 1","email":"rep1@example.com","rank":"SENIOR","hiredOn":"2025-01-01","quota":10.25,"ratings":[1,2.5],"isSenior":false}}}""")]
    [InlineData("{ boss { __typename id name ... on Manager { reports { name } } } }",
        """{"data":{"boss":{"__typename":"Manager","id":"100","name":"Boss","reports":[{"name":"Rep 1"},{"name":"Rep 2"}]}}}""")]
    [InlineData("{ rep(id: 1) { territory { seat { town ... on Town { hills } } } } nearby { __typename town } }",
        """{"data":{"rep":{"territory":{"seat":{"town":"Springfield","hills":7}}},"nearby":{"__typename":"Town","town":"Shelbyville"}}}""")]
    [InlineData("{ sum(terms: [1, 2]) }", """{"data":{"sum":"3 of 25"}}""")]
    [InlineData("{ find(territory: true) { __typename ... on FoundTerritory { territory { name } } } }",
        """{"data":{"find":{"__typename":"FoundTerritory","territory":{"name":"North"}}}}""")]
    [InlineData("{ echo(ranks: [[JUNIOR, TEAM_LEAD], SENIOR]) }", """{"data":{"echo":"Junior,TeamLead;Senior absent"}}""")]
    [InlineData("{ echo(ranks: [], number: 3) }", """{"data":{"echo":" 3"}}""")]
    [InlineData("{ reps(first: 2, where: { quota: { gt: 20 }, or: [{ rank: { eq: TEAM_LEAD } }, { name: { endsWith: \"5\" } }] }, order: [{ rank: DESC }, { quota: DESC }]) { nodes { name } totalCount pageInfo { hasNextPage } } }",
        """{"data":{"reps":{"nodes":[{"name":"Rep 23"},{"name":"Rep 20"}],"totalCount":10,"pageInfo":{"hasNextPage":true}}}}""")]
    [InlineData("{ reps(where: { not: { email: { neq: null } } }, rank: JUNIOR) { nodes { id } } }", """{"data":{"reps":{"nodes":[{"id":"3"},{"id":"6"},{"id":"9"}]}}}""")]
    [InlineData("{ ownPages(first: 1) { edges { cursor node { id } } } }", """{"data":{"ownPages":{"edges":[{"cursor":"own-1","node":{"id":"1"}}]}}}""")]
    [InlineData("mutation { rename(input: { id: 1, name: \"New\", reason: null, tags: [1, 2] }) { rep { name } errors { __typename } } }",
        """{"data":{"rename":{"rep":{"name":"New True Senior 3"},"errors":null}}}""")]
    [InlineData("mutation { rename(input: { id: 1, name: \"Rep 2\" }) { rep { name } errors { ... on Error { message } ... on NameTakenError { name } } } }",
        """{"data":{"rename":{"rep":null,"errors":[{"message":"Rep 2 is taken.","name":"Rep 2"}]}}}""")]
    public async Task Programs_are_executed(string query, string response) => Assert.Equal(response, await Ask(query));

    [Theory]
    [InlineData("{ firstReps(count: 2) { id } }", """{"data":{"firstReps":[{"id":"1"},{"id":"2"},null]}}""")]
    [InlineData("{ firstReps(count: 0) { territory { name } } lastReps { id territory { name } } }",
        """{"data":{"firstReps":[null],"lastReps":[{"id":"24","territory":null},{"id":"25","territory":{"name":"Territory 1"}}]}}""")]
    [InlineData("{ holes { id } }", """{"errors":[{"message":"Cannot return null for non-nullable field Query.holes.","locations":[{"line":1,"column":3}],"path":["holes",1]}],"data":null}""")]
    public async Task Lists_that_are_structs_are_written_as_any_other(string query, string response) => Assert.Equal(response, await Ask(query));

    [Fact]
    public async Task Items_of_a_list_are_fetched_together()
    {
        var response = await Ask("{ a: reps(first: 10) { nodes { territory { name } } } b: reps(last: 2) { nodes { territory(upper: true) { name } } } }");
        Assert.Equal([1, 2, 3, 0], Assert.Single(_company.Fetches));
        Assert.Contains("""{"territory":{"name":"Territory 3"}},{"territory":null}""", response);
        Assert.Contains("""{"territory":{"name":"TERRITORY 1"}}]""", response);
    }

    [Fact]
    public async Task Pages_follow_one_another()
    {
        List<string> ids = [];
        string? after = null;
        do
        {
            var page = System.Text.Json.JsonElement.Parse(await Ask($"{{ reps(first: 7{(after is null ? "" : $", after: \"{after}\"")}) {{ nodes {{ id }} pageInfo {{ hasNextPage endCursor }} }} }}"))
                .GetProperty("data").GetProperty("reps");
            ids.AddRange(page.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("id").GetString()!));
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);
        Assert.Equal(Enumerable.Range(1, 25).Select(i => $"{i}"), ids);
    }

    [Theory]
    [InlineData("{ reps(first: 11) { totalCount } }", "A page of `reps` has at most 10 items.")]
    [InlineData("{ reps(first: -1) { totalCount } }", "`first` and `last` are not negative.")]
    [InlineData("{ reps(after: \"x\") { totalCount } }", "The cursor is none of this list.")]
    [InlineData("{ broken }", "Unexpected error.")]
    public async Task Refusals_are_told_and_secrets_are_not(string query, string error)
    {
        var response = await Ask(query);
        Assert.StartsWith($"{{\"errors\":[{{\"message\":\"{error}\",\"locations\":", response);
        Assert.DoesNotContain("1234", response);
    }

    [Fact]
    public async Task Events_are_answered_one_by_one()
    {
        Assert.Equal(["""{"data":{"tick":1}}""", """{"data":{"tick":2}}"""], await Events("subscription { tick(count: 2) }"));
        Assert.Equal(
            ["""{"data":{"hired":{"name":"Rep 1"}}}""", """{"errors":[{"message":"The office is closed.","locations":[{"line":1,"column":16}],"path":["hired"]}]}"""],
            await Events("subscription { hired { name } }"));
    }

    private async Task<string> Ask(string query)
    {
        using var result = await Executor().ExecuteAsync(Request(query));
        return result.ToString();
    }

    private async Task<List<string>> Events(string query)
    {
        List<string> events = [];
        await foreach (var result in Executor().StreamAsync(Request(query)))
        {
            using (result)
            {
                events.Add(result.ToString());
            }
        }
        return events;
    }

    private GraphQLRequest Request(string query) =>
        GraphQLRequest.Of(query) with { Services = new ServiceCollection().AddSingleton(_company).BuildServiceProvider() };
}
