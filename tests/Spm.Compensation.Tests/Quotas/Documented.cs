using System.Text.Json;
using Spm.Compensation.Documents;

namespace Spm.Compensation.Tests.Quotas;

/// <summary>Reads a rule from the text of a document, and holds its schema against what it reads.</summary>
public static class Documented
{
    public static T Read<T>(string text, Func<DocNode, T> read)
    {
        var errors = new DocErrors();
        var rule = read(DocParser.Parse(text, errors)!);
        Assert.Empty(errors.All);
        return rule;
    }

    /// <summary>The codes of what is wrong, in the order of the text.</summary>
    public static IEnumerable<string> Errors<T>(string text, Func<DocNode, T> read)
    {
        var errors = new DocErrors();
        read(DocParser.Parse(text, errors)!);
        return errors.All.Select(e => e.Code);
    }

    /// <summary>The schema is JSON, closes every object, and names exactly the fields that stand in the examples, which all read well.</summary>
    public static void Agrees<T>(string schema, Func<DocNode, T> read, params string[] examples)
    {
        using var json = JsonDocument.Parse(schema);
        HashSet<string> inSchema = [], inExamples = [];
        Properties(json.RootElement, "", inSchema);
        foreach (var example in examples)
        {
            Read(example, read);
            Fields(DocParser.Parse(example, new DocErrors())!, "", inExamples);
        }
        Assert.Equal(inSchema.Order(), inExamples.Order());
    }

    private static void Properties(JsonElement schema, string path, HashSet<string> found)
    {
        if (schema.TryGetProperty("items", out var items))
        {
            Properties(items, path, found);
        }
        if (schema.TryGetProperty("oneOf", out var branches))
        {
            branches.EnumerateArray().ToList().ForEach(branch => Properties(branch, path, found));
        }
        if (!schema.TryGetProperty("properties", out var properties))
        {
            return;
        }
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean(), path);
        foreach (var property in properties.EnumerateObject())
        {
            found.Add($"{path}/{property.Name}");
            Properties(property.Value, $"{path}/{property.Name}", found);
        }
    }

    private static void Fields(DocNode node, string path, HashSet<string> found)
    {
        foreach (var item in node.Items)
        {
            Fields(item, path, found);
        }
        foreach (var (name, value) in node.Members)
        {
            found.Add($"{path}/{name}");
            Fields(value, $"{path}/{name}", found);
        }
    }
}
