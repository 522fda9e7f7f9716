using System.Text;
using System.Text.Json;
using Spm.GraphQL.Language;

namespace Spm.GraphQL.Tests.Oracle;

/// <summary>What an implementation says about a document, in a form that can be compared: errors are a set, with their places.</summary>
internal sealed record Verdict(string? Printed, string Errors, string? Schema = null)
{
    /// <summary>What graphql-js says.</summary>
    public static Verdict Of(JsonElement answer)
    {
        if (answer.TryGetProperty("thrown", out var thrown))
        {
            return new Verdict(null, "thrown: " + thrown.GetString());
        }
        if (answer.TryGetProperty("errors", out var errors))
        {
            return new Verdict(null, Lines(errors.EnumerateArray().Select(Line)));
        }
        return new Verdict(
            answer.GetProperty("printed").GetString(),
            answer.TryGetProperty("invalid", out var invalid) ? Lines(invalid.EnumerateArray().Select(Line)) : "",
            answer.TryGetProperty("schema", out var schema) ? schema.GetString() : null);
    }

    /// <summary>What we say.</summary>
    /// <param name="validate">Errors of a document that parses, and the schema that it defines if it does.</param>
    public static Verdict Of(string source, Func<DocumentNode, (IEnumerable<GraphQLError> Errors, string? Schema)> validate)
    {
        var (document, error) = Parser.TryParse(Encoding.UTF8.GetBytes(source));
        if (document is null)
        {
            return new Verdict(null, Lines([Line(error!)]));
        }
        var (errors, schema) = validate(document);
        return new Verdict(document.ToString(), Lines(errors.Select(Line)), schema);
    }

    public static string Lines(IEnumerable<string> errors) => string.Join("\n", errors.Distinct().Order(StringComparer.Ordinal));

    public static string Line(GraphQLError error) =>
        $"{error.Message} @ {string.Join(" ", error.Locations.Select(l => $"{l.Line}:{l.Column}"))}";

    private static string Line(JsonElement error) =>
        $"{error.GetProperty("message").GetString()} @ "
        + string.Join(" ", error.GetProperty("locations").EnumerateArray().Select(l => $"{l[0].GetInt32()}:{l[1].GetInt32()}"));
}
