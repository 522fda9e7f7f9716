using System.Text;
using System.Text.Json.Nodes;

namespace Spm.Compensation.Tests.PlanDocuments;

/// <summary>Documents that differ from a sound one in one place.</summary>
internal static class Mutations
{
    private static readonly string[] _wrong = ["{}", "[]", "true", "\"zzz zzz\"", "\"\"", "-1", "1.5", "1000000"];

    /// <summary>Each value replaced by one of another type or out of range, each member left out. Of items with the same members one stands for all.</summary>
    public static IEnumerable<(string What, JsonNode Mutant)> Of(JsonNode document)
    {
        foreach (var path in Paths(document, []).DistinctBy(p => Shape(document, p)).ToList())
        {
            foreach (var wrong in _wrong)
            {
                var mutant = document.DeepClone();
                Put(mutant, path, JsonNode.Parse(wrong));
                yield return ($"/{string.Join('/', path)} = {wrong}", mutant);
            }
            if (path[^1] is string name)
            {
                var mutant = document.DeepClone();
                ((JsonObject)At(mutant, path[..^1])).Remove(name);
                yield return ($"/{string.Join('/', path)} left out", mutant);
            }
        }
    }

    /// <summary>Each object with a member that nobody knows; facts take any name.</summary>
    public static IEnumerable<(string What, JsonNode Mutant)> WithAStranger(JsonNode document)
    {
        foreach (var path in Paths(document, []).Prepend([]).Where(p => !p.Contains("facts")).ToList())
        {
            var mutant = document.DeepClone();
            if (At(mutant, path) is JsonObject owner)
            {
                owner["zzz_zzz"] = 1;
                yield return ($"/{string.Join('/', path)}/zzz_zzz", mutant);
            }
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode? node, object[] at) => node switch
    {
        JsonObject owner => owner.SelectMany(m => Paths(m.Value, [.. at, m.Key]).Prepend([.. at, m.Key])),
        JsonArray list => list.SelectMany((item, i) => Paths(item, [.. at, i]).Prepend([.. at, i])),
        _ => [],
    };

    /// <summary>The path without positions, with the members of every object on the way and what kind of thing it says it is.</summary>
    private static string Shape(JsonNode document, object[] path)
    {
        var shape = new StringBuilder();
        JsonNode? at = document;
        foreach (var step in path)
        {
            if (at is JsonObject owner)
            {
                shape.Append('{').AppendJoin(',', owner.Select(m => m.Key is "kind" or "mode" or "by" ? $"{m.Key}={m.Value}" : m.Key)).Append('}').Append(step);
            }
            at = step is string name ? at![name] : at![(int)step];
        }
        return shape.Append(at?.GetValueKind()).ToString();
    }

    private static JsonNode At(JsonNode node, object[] path) => path.Aggregate(node, (at, step) => step is string name ? at[name]! : at[(int)step]!);

    private static void Put(JsonNode document, object[] path, JsonNode? value)
    {
        var owner = At(document, path[..^1]);
        if (path[^1] is string name)
        {
            owner[name] = value;
        }
        else
        {
            owner[(int)path[^1]] = value;
        }
    }
}
