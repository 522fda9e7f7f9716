using System.Text.Json;
using System.Text.Json.Nodes;

namespace Spm.Connectors;

/// <summary>
/// The schema of a connector's configuration: the part of JSON Schema that a form needs. A keyword that is not understood is an error of
/// the manifest rather than a rule nobody checks. Secrets are texts at the top with <c>writeOnly: true</c>: they are kept encrypted, never
/// shown again, and reach the connector by name.
/// </summary>
public sealed class ConfigSchema
{
    private readonly SchemaNode _root;

    private ConfigSchema(JsonElement json, SchemaNode root)
    {
        Json = json;
        _root = root;
        Secrets = [.. root.Properties.Where(p => p.Value.WriteOnly).Select(p => p.Key)];
        Rotating = [.. root.Properties.Where(p => p.Value.Rotates).Select(p => p.Key)];
    }

    /// <summary>An object with any members.</summary>
    public static ConfigSchema Anything { get; } = Read("""{ "type": "object", "additionalProperties": true }""");

    /// <summary>As it stands in the manifest, for forms.</summary>
    public JsonElement Json { get; }

    /// <summary>Names of the secrets.</summary>
    public IReadOnlyList<string> Secrets { get; }

    /// <summary>Those of the secrets that the vendor replaces when they are used.</summary>
    public IReadOnlyList<string> Rotating { get; }

    /// <exception cref="ManifestException">The schema breaks rules.</exception>
    public static ConfigSchema Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        List<LocatedError> errors = [];
        var schema = Read(document.RootElement, "", errors);
        return errors.Count == 0 ? schema : throw new ManifestException("schema", errors);
    }

    internal static ConfigSchema Read(JsonElement json, string pointer, List<LocatedError> errors)
    {
        var root = SchemaReader.Read(json, pointer, errors, depth: 0);
        if (root.Type != "object")
        {
            errors.Add(new LocatedError(pointer, "wrong_type", "A configuration is an object."));
        }
        return new ConfigSchema(json.Clone(), root);
    }

    /// <summary>What is wrong with a configuration; empty if nothing is. Secrets are expected inside.</summary>
    public IReadOnlyList<LocatedError> Validate(JsonElement config)
    {
        List<LocatedError> errors = [];
        SchemaValidator.Validate(_root, config, "", errors);
        return errors;
    }

    /// <summary>Takes a valid configuration apart: what may be shown, with defaults filled in, and the secrets.</summary>
    /// <exception cref="ManifestException">It is not valid.</exception>
    public (ConnectorConfig Config, IReadOnlyDictionary<string, string> Secrets) Split(JsonElement config)
    {
        if (Validate(config) is { Count: > 0 } errors)
        {
            throw new ManifestException("configuration", errors);
        }
        var shown = new JsonObject();
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in config.EnumerateObject())
        {
            if (Secrets.Contains(member.Name))
            {
                secrets[member.Name] = member.Value.GetString()!;
            }
            else
            {
                shown[member.Name] = JsonNode.Parse(member.Value.GetRawText());
            }
        }
        foreach (var (name, property) in _root.Properties.Where(p => p.Value.Default is not null && !shown.ContainsKey(p.Key)))
        {
            shown[name] = JsonNode.Parse(property.Default!.Value.GetRawText());
        }
        return (new ConnectorConfig(JsonDocument.Parse(shown.ToJsonString()).RootElement), secrets);
    }
}
