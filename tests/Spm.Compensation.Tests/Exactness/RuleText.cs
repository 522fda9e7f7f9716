using System.Text.Json;
using Spm.Compensation.Documents;

namespace Spm.Compensation.Tests.Exactness;

/// <summary>Reads pay rules from JSON in tests, and holds a schema against what its reader understands.</summary>
public static class RuleText
{
    public static T Read<T>(Func<DocNode, T> read, string json)
    {
        var errors = new DocErrors();
        var rule = read(DocParser.Parse(json, errors)!);
        Assert.Empty(errors.All);
        return rule;
    }

    /// <summary>The codes of a document's errors in order of where they stand.</summary>
    public static string[] Refusals<T>(Func<DocNode, T> read, string json)
    {
        var errors = new DocErrors();
        if (DocParser.Parse(json, errors) is { } node)
        {
            _ = read(node);
        }
        return [.. errors.All.Select(e => e.Code)];
    }

    /// <summary>A schema names each field with a description, none besides, and its reader asks for exactly these: no field is field_unknown.</summary>
    public static void AgreesWithSchema<T>(Func<DocNode, T> read, string schema)
    {
        using var parsed = JsonDocument.Parse(schema);
        var root = parsed.RootElement;
        Assert.False(root.GetProperty("additionalProperties").GetBoolean());
        var fields = root.GetProperty("properties").EnumerateObject().ToArray();
        Assert.All(fields, f => Assert.True(f.Value.GetProperty("description").GetString()!.Length > 10, f.Name));
        var everyField = $"{{{string.Join(',', fields.Select(f => $"\"{f.Name}\": {{}}"))}}}";
        Assert.DoesNotContain("field_unknown", Refusals(read, everyField));
        Assert.Contains("field_unknown", Refusals(read, """{ "no_field_is_called_so": 1 }"""));
        var required = root.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()!).ToArray() : [];
        Assert.Equal(required.Length, Refusals(read, "{}").Count(code => code == "field_missing"));
        Assert.All(required, name => Assert.Contains(name, fields.Select(f => f.Name)));
    }
}
