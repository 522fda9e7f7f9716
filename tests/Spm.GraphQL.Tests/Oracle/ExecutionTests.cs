using System.Text;
using System.Text.Json;
using Spm.GraphQL.Execution;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types;
using Spm.GraphQL.Validation;

namespace Spm.GraphQL.Tests.Oracle;

/// <summary>
/// Generated operations on data full of nulls and errors get the response of graphql-js: the same data to the byte, and the same errors with
/// their places and paths.
/// </summary>
public sealed class ExecutionTests
{
    private const int Documents = 400;

    [Theory]
    [InlineData("pets", OracleSchemas.Pets, false)]
    [InlineData("shapes", OracleSchemas.Shapes, false)]
    [InlineData("pets", OracleSchemas.Pets, true)]
    [InlineData("shapes", OracleSchemas.Shapes, true)]
    public async Task Operations_get_the_response_of_graphql_js(string name, string sdl, bool late)
    {
        using var oracle = GraphQLJs.Start();
        oracle.Ask([new { ask = "schema", name, sdl }]);
        var schema = World.SchemaOf(sdl);
        var executor = new GraphQLExecutor(schema);
        var cases = Enumerable.Range(late ? Documents : 0, Documents).Select(seed => Case.Of(schema, seed)).OfType<Case>().ToArray();
        var answers = oracle.Ask([.. cases.Select(c => new
        {
            ask = "execute", schema = name, source = c.Source, operationName = c.Operation, variables = JsonElement.Parse(c.Variables), seed = c.Seed, late,
        })]);
        List<string> different = [];
        var executed = 0;
        for (var i = 0; i < cases.Length; i++)
        {
            using var result = await executor.ExecuteAsync(GraphQLRequest.Of(cases[i].Source, cases[i].Variables, cases[i].Operation) with
            {
                IsTrusted = true,
                Services = new Services(new World(cases[i].Seed, late)),
            });
            if (answers[i].TryGetProperty("thrown", out _) || answers[i].TryGetProperty("invalid", out _))
            {
                continue;
            }
            executed++;
            var (theirs, ours) = (Theirs(answers[i], late), Ours(result, late));
            if (theirs != ours)
            {
                different.Add($"--- {i} {cases[i].Seed}\n{cases[i].Source}\n{cases[i].Variables}\n--- graphql-js\n{theirs}\n--- ours\n{ours}");
            }
        }
        Assert.InRange(executed, Documents / 2, Documents);
        Assert.True(different.Count == 0, $"{different.Count} of {executed} differ:\n{string.Join("\n", different.Take(3))}");
    }

    private static string Theirs(JsonElement answer, bool late)
    {
        var data = answer.TryGetProperty("data", out var given) ? given : default;
        var errors = answer.GetProperty("failed").EnumerateArray().Select(e => new Failure(
            e.GetProperty("message").GetString()!,
            string.Join(" ", e.GetProperty("locations").EnumerateArray().Select(l => $"{l[0]}:{l[1]}")),
            e.TryGetProperty("path", out var path) ? [.. path.EnumerateArray().Select(p => p.ToString())] : []));
        return Shown(data, errors, late);
    }

    private static string Ours(ExecutionResult result, bool late)
    {
        var body = JsonElement.Parse(result.Body.Span, new JsonDocumentOptions { MaxDepth = 512 });
        var data = result.HasData ? body.GetProperty("data") : default;
        return Shown(data, result.Errors.Select(e => new Failure(
            e.Message, string.Join(" ", e.Locations.Select(l => $"{l.Line}:{l.Column}")), [.. (e.Path ?? []).Select(p => $"{p}")])), late);
    }

    /// <summary>
    /// Which of the errors beneath one null are told depends on what comes first. Where values come late, only the nulls have to be the same.
    /// </summary>
    private static string Shown(JsonElement data, IEnumerable<Failure> errors, bool late)
    {
        var text = new StringBuilder(data.ValueKind == JsonValueKind.Undefined ? "no data" : data.GetRawText());
        var lines = errors.Select(e => late && e.Path.Length > 0 ? string.Join('/', Nulled(data, e.Path)) : $"{e.Message} @ {e.Locations} in {string.Join('/', e.Path)}");
        return text.Append('\n').AppendJoin('\n', lines.Distinct().Order(StringComparer.Ordinal)).ToString();
    }

    private static IEnumerable<string> Nulled(JsonElement data, string[] path)
    {
        foreach (var step in path)
        {
            if (data.ValueKind == JsonValueKind.Null)
            {
                yield break;
            }
            yield return step;
            data = data.ValueKind == JsonValueKind.Array ? data[int.Parse(step)] : data.GetProperty(step);
        }
    }

    private sealed record Failure(string Message, string Locations, string[] Path);

    /// <summary>A document that can be executed, more or less, with its variables.</summary>
    private sealed record Case(string Source, string? Operation, string Variables, string Seed)
    {
        public static Case? Of(Schema schema, int seed)
        {
            var source = new OperationGenerator(schema, seed).Operation();
            var (document, _) = Parser.TryParse(Encoding.UTF8.GetBytes(source));
            var operation = document?.Definitions.OfType<OperationDefinitionNode>().FirstOrDefault();
            if (operation is null || operation.Operation == OperationType.Subscription || DocumentValidator.Validate(schema, document!).Length > 0)
            {
                return null;
            }
            var values = new VariableGenerator(schema, seed);
            var random = new RandomText(seed);
            var variables = operation.VariableDefinitions.Where(v => v.Type is NonNullTypeNode || random.Chance(0.8))
                .Select(v => $"{JsonSerializer.Serialize(v.Variable.Name.Value)}: {values.Value(schema.TypeOf(v.Type)!, 3)}");
            return new Case(source, operation.Name?.Value, $"{{{string.Join(", ", variables)}}}", $"w{seed}");
        }
    }

    private sealed class Services(World world) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(World) ? world : null;
    }
}
