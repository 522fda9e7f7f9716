using System.Text.Json;
using System.Text.RegularExpressions;

namespace Spm.Connectors;

/// <summary>Reads the keywords of a schema.</summary>
internal static class SchemaReader
{
    /// <summary>Objects within objects.</summary>
    private const int MaxDepth = 8;

    private static readonly string[] Types = ["object", "string", "integer", "number", "boolean", "array"];
    private static readonly string[] Formats = ["date", "date-time", "uri", "email", "hostname"];

    public static SchemaNode Read(JsonElement json, string pointer, List<LocatedError> errors, int depth)
    {
        if (depth > MaxDepth)
        {
            errors.Add(new LocatedError(pointer, "too_deep", $"A schema is at most {MaxDepth} levels deep."));
            return SchemaNode.Any;
        }
        if (ManifestNode.Of(json, pointer, errors) is not { } node)
        {
            return SchemaNode.Any;
        }
        foreach (var said in (string[])["$schema", "$id", "title", "description", "examples"])
        {
            node.Member(said, required: false);
        }
        var schema = new SchemaNode
        {
            Type = node.OneOf("type", Types),
            Properties = Properties(node, errors, depth),
            Required = node.Texts("required", required: false),
            AdditionalProperties = Flag(node, "additionalProperties"),
            Items = node.Object("items", required: false) is { } items ? Read(items.Element, items.Pointer, errors, depth + 1) : null,
            Enum = [.. node.Items("enum", required: false).Select(i => i.Item.Clone())],
            Default = node.Member("default", required: false)?.Clone(),
            WriteOnly = Flag(node, "writeOnly"),
            Rotates = Flag(node, "rotates"),
            MinLength = Whole(node, "minLength"),
            MaxLength = Whole(node, "maxLength"),
            Pattern = Pattern(node),
            Format = node.Member("format", required: false) is null ? null : node.OneOf("format", Formats),
            Minimum = Number(node, "minimum"),
            Maximum = Number(node, "maximum"),
            MinItems = Whole(node, "minItems"),
            MaxItems = Whole(node, "maxItems"),
        };
        node.RefuseOthers();
        Agree(schema, node, depth, errors);
        return schema;
    }

    private static Dictionary<string, SchemaNode> Properties(ManifestNode node, List<LocatedError> errors, int depth)
    {
        var properties = new Dictionary<string, SchemaNode>(StringComparer.Ordinal);
        if (node.Object("properties", required: false) is { } object_)
        {
            foreach (var member in object_.Element.EnumerateObject())
            {
                properties[member.Name] = Read(member.Value, $"{object_.Pointer}/{JsonPositions.Escape(member.Name)}", errors, depth + 1);
            }
        }
        return properties;
    }

    private static void Agree(SchemaNode schema, ManifestNode node, int depth, List<LocatedError> errors)
    {
        foreach (var name in schema.Required.Where(r => !schema.Properties.ContainsKey(r)))
        {
            node.Error("required", "member_unknown", $"'{name}' is required and not among the properties.");
        }
        if (schema.WriteOnly && (schema.Type != "string" || depth != 1))
        {
            node.Error("writeOnly", "secret_misplaced", "A secret is a text at the top of the configuration.");
        }
        if (schema.WriteOnly && schema.Default is not null)
        {
            node.Error("default", "secret_misplaced", "A secret has no default.");
        }
        if (schema is { Rotates: true, WriteOnly: false })
        {
            node.Error("rotates", "secret_misplaced", "Only a secret rotates.");
        }
        if (schema is { Type: "array", Items: null })
        {
            node.Error("", "member_missing", "A list says what its items are.");
        }
        if (schema.Default is { } value)
        {
            SchemaValidator.Validate(schema, value, node.Pointer + "/default", errors);
        }
    }

    private static bool Flag(ManifestNode node, string name) => node.Member(name, required: false) is not null && node.Flag(name);

    private static int? Whole(ManifestNode node, string name) => node.Member(name, required: false) is null ? null : node.Whole(name, 0);

    private static decimal? Number(ManifestNode node, string name)
    {
        if (node.Member(name, required: false) is not { } value)
        {
            return null;
        }
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number))
        {
            return number;
        }
        node.Error(name, "wrong_type", "This must be a number.");
        return null;
    }

    private static Regex? Pattern(ManifestNode node)
    {
        var text = node.Text("pattern", required: false);
        try
        {
            // Without backtracking, no text that a tenant sends can keep it busy.
            return text.Length == 0 ? null : new Regex(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            node.Error("pattern", "wrong_shape", e.Message);
            return null;
        }
    }
}
