using System.Text.Json;
using System.Text.RegularExpressions;

namespace Spm.Connectors;

/// <summary>One schema, read. Null bounds do not bind.</summary>
internal sealed record SchemaNode
{
    public static SchemaNode Any { get; } = new() { Type = "object", AdditionalProperties = true };

    public required string Type { get; init; }

    public IReadOnlyDictionary<string, SchemaNode> Properties { get; init; } = new Dictionary<string, SchemaNode>();

    public IReadOnlyList<string> Required { get; init; } = [];

    public bool AdditionalProperties { get; init; }

    public SchemaNode? Items { get; init; }

    public IReadOnlyList<JsonElement> Enum { get; init; } = [];

    public JsonElement? Default { get; init; }

    public bool WriteOnly { get; init; }

    /// <summary>A secret that the vendor replaces when it is used.</summary>
    public bool Rotates { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public Regex? Pattern { get; init; }

    public string? Format { get; init; }

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }
}
