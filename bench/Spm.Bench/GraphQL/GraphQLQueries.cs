using System.Text;
using System.Text.Json;

namespace Spm.Bench.GraphQL;

/// <summary>A query with its variables, as requests that are ready to be sent.</summary>
/// <param name="Requests">Whole requests of HTTP.</param>
/// <param name="Expected">The answer to each of them.</param>
internal sealed record GraphQLQuery(string Name, ReadOnlyMemory<byte>[] Requests, Func<int, JsonElement> Expected);

/// <summary>One object, a page of fifty, and ten thousand leaves.</summary>
internal static class GraphQLQueries
{
    private static readonly GraphQLData Data = new();

    public static GraphQLQuery[] All { get; } =
    [
        Query("A", "query A($id: ID!) { rep(id: $id) { id name email } }", [.. Data.Reps.Select(r => new { id = r.Id })],
            i => new { rep = new { Data.Reps[i].Id, Data.Reps[i].Name, Data.Reps[i].Email } }),
        Query("B",
            "query B($first: Int!, $offset: Int) { reps(first: $first, offset: $offset) { id name territory { id name } attainment { quota credited percent } } }",
            [.. Enumerable.Range(0, 20).Select(i => new { first = 50, offset = i * 50 })],
            i => new { reps = Data.Slice(50, i * 50).Select(r => new { r.Id, r.Name, r.Territory, r.Attainment }) }),
        Query("C",
            "query C($first: Int!, $offset: Int) { reps(first: $first, offset: $offset) { id name payouts(first: 12) { id period amount status } } }",
            [.. Enumerable.Range(0, 5).Select(i => new { first = 200, offset = i * 200 })],
            i => new
            {
                reps = Data.Slice(200, i * 200).Select(r => new
                {
                    r.Id, r.Name, payouts = r.AllPayouts.Take(12).Select(p => new { p.Id, p.Period, p.Amount, status = p.Status.ToString().ToUpperInvariant() }),
                }),
            }),
    ];

    private static GraphQLQuery Query(string name, string query, object[] variables, Func<int, object> expected) => new(
        name,
        [.. variables.Select(v => Request(JsonSerializer.Serialize(new { query, operationName = name, variables = v })))],
        i => JsonSerializer.SerializeToElement(new { data = expected(i) }, JsonSerializerOptions.Web));

    private static ReadOnlyMemory<byte> Request(string body) => Encoding.UTF8.GetBytes(
        "POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAccept: application/json\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}
