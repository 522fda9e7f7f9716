using System.Text.Json;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Building;
using Spm.GraphQL.Types.Coercion;
using Spm.GraphQL.Validation;

namespace Spm.GraphQL.Tests.Oracle;

/// <summary>
/// Thousands of documents, valid and broken, get the same verdict here and from graphql-js: the same errors at the same places, or the same
/// printed form. What differs on purpose stands in <see cref="Differences"/>, with the reason.
/// </summary>
public sealed class GraphQLJsTests
{
    private const int Documents = 1000;
    private const int Definitions = 800;
    private const int Garbage = 1500;
    private const int VariableSets = 800;

    [Theory]
    [InlineData("pets", OracleSchemas.Pets)]
    [InlineData("shapes", OracleSchemas.Shapes)]
    public void Documents_get_the_verdict_of_graphql_js(string name, string sdl)
    {
        using var oracle = GraphQLJs.Start();
        var schema = Schema.Parse(sdl);
        Assert.Equal(sdl, schema.ToString());
        Assert.Equal(sdl, Assert.Single(oracle.Ask([new { ask = "schema", name, sdl }])).GetProperty("printed").GetString());
        var sources = Enumerable.Range(0, Documents).SelectMany(seed => Sources(new DocumentGenerator(schema, seed).Document(), seed)).ToArray();
        var answers = oracle.Ask([.. sources.Select((source, i) => new { ask = "validate", schema = name, source, suggest = i % 3 > 0 })]);
        Compare(sources, answers, (source, i) => Verdict.Of(
            source,
            document => (
                DocumentValidator.Validate(schema, document, new ValidationOptions { Suggest = i % 3 > 0, MaxErrors = int.MaxValue })
                    .Where(e => !Differences.OnlyInLaterEditions(e)),
                null)));
    }

    [Fact]
    public void Definitions_get_the_verdict_of_graphql_js()
    {
        using var oracle = GraphQLJs.Start();
        var sources = Enumerable.Range(0, Definitions).SelectMany(seed => Sources(new SdlGenerator(seed).Definitions(), seed)).ToArray();
        var answers = oracle.Ask([.. sources.Select(source => new { ask = "sdl", source })]);
        Compare(sources, answers, (source, _) => Verdict.Of(source, Define));
    }

    [Fact]
    public void Whatever_is_no_document_is_refused_as_by_graphql_js()
    {
        using var oracle = GraphQLJs.Start();
        var sources = Enumerable.Range(0, Garbage).Select(seed => new RandomText(seed).Garbage()).ToArray();
        var answers = oracle.Ask([.. sources.Select(source => new { ask = "parse", source })]);
        Compare(sources, answers, (source, _) => Verdict.Of(source, _ => ([], null)));
    }

    [Fact]
    public void Variables_are_coerced_as_by_graphql_js()
    {
        using var oracle = GraphQLJs.Start();
        var schema = Schema.Parse(OracleSchemas.Pets);
        oracle.Ask([new { ask = "schema", name = "pets", sdl = OracleSchemas.Pets }]);
        var sets = Enumerable.Range(0, VariableSets).Select(seed => new VariableGenerator(schema, seed).Set()).ToArray();
        var answers = oracle.Ask([.. sets.Select(s => new { ask = "variables", schema = "pets", source = s.Source, variables = JsonDocument.Parse(s.Json).RootElement })]);
        Compare([.. sets.Select(s => $"{s.Source} {s.Json}")], answers, (_, i) =>
        {
            var definitions = ((OperationDefinitionNode)Parser.Parse(sets[i].Source).Definitions[0]).VariableDefinitions;
            var (_, errors) = VariableCoercion.Coerce(schema, definitions, JsonDocument.Parse(sets[i].Json).RootElement, maxErrors: int.MaxValue);
            return new Verdict(null, Verdict.Lines(errors.Select(Verdict.Line)));
        });
    }

    /// <summary>A document as it was generated, and broken.</summary>
    private static IEnumerable<string> Sources(string source, int seed)
    {
        yield return source;
        if (seed % 3 == 0)
        {
            yield return new RandomText(seed).Break(source);
        }
    }

    private static (IEnumerable<GraphQLError>, string?) Define(DocumentNode document)
    {
        var errors = DocumentValidator.ValidateSdl(document);
        if (!errors.IsEmpty)
        {
            return (errors, null);
        }
        var schema = Schema.CreateUnchecked(SdlReader.Read(document));
        return (SchemaValidator.Validate(schema).Where(e => !Differences.OnlyInLaterEditions(e)), schema.ToString());
    }

    private static void Compare(IReadOnlyList<string> sources, IReadOnlyList<JsonElement> answers, Func<string, int, Verdict> ours)
    {
        List<string> different = [];
        for (var i = 0; i < sources.Count; i++)
        {
            var (theirs, mine) = (Verdict.Of(answers[i]), ours(sources[i], i));
            if (theirs != mine && !Differences.Explained(sources[i], theirs, mine))
            {
                different.Add($"--- {i}\n{sources[i]}\n--- graphql-js\n{theirs.Errors}\n{(theirs.Errors == mine.Errors ? theirs.Printed + theirs.Schema : "")}\n"
                    + $"--- ours\n{mine.Errors}\n{(theirs.Errors == mine.Errors ? mine.Printed + mine.Schema : "")}");
            }
        }
        Assert.True(different.Count == 0, $"{different.Count} of {sources.Count} differ:\n{string.Join("\n", different.Take(5))}");
    }
}
