using System.Text.Json;
using System.Text.Json.Nodes;
using Spm.Platform.Kernel;

namespace Spm.Platform.Provisioning;

/// <summary>
/// What a provider sends, in the one form that is kept: attributes by the names and in the types of the schema. Names may come in any case. What is not
/// kept, and what only the platform says, is passed over, as RFC 7643 has it: providers send all they have.
/// </summary>
internal static class ScimBody
{
    /// <summary>A user or group has so many values of one attribute at most; members of a group have a bound of their own.</summary>
    public const int MaxValues = 100;

    public const int MaxMembers = 100_000;

    /// <summary>A resource as a whole.</summary>
    public static Result<JsonObject> Read(ScimKind kind, JsonElement body)
    {
        var resource = new JsonObject();
        var read = Each(kind, body, (attribute, holder, value) =>
        {
            Put(resource, holder, attribute.Name, value);
            return null;
        });
        return read is { } refused ? refused : resource;
    }

    /// <summary>Goes through the attributes that an object has, those of extensions too, in the form that is kept.</summary>
    /// <param name="use">Is given the attribute, the extension that holds it, and its value; null takes it away. Null when all is well.</param>
    public static Error? Each(ScimKind kind, JsonElement body, Func<ScimAttribute, string?, JsonNode?, Error?> use)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return new Error(ErrorCodes.ScimSyntax, "A JSON object is expected.");
        }
        foreach (var property in body.EnumerateObject())
        {
            if (kind.Extension(property.Name) is { } extension)
            {
                if (property.Value.ValueKind != JsonValueKind.Object)
                {
                    return new Error(ErrorCodes.ScimSyntax, $"'{extension.Id}' is an object.");
                }
                foreach (var own in property.Value.EnumerateObject())
                {
                    if (extension.Find(own.Name) is { IsReadOnly: false } attribute && Use(attribute, extension.Id, own.Value) is { } wrong)
                    {
                        return wrong;
                    }
                }
            }
            else if (kind.Find(property.Name) is var (attribute, holder) && !attribute.IsReadOnly && Use(attribute, holder, property.Value) is { } wrong)
            {
                return wrong;
            }
        }
        return null;

        Error? Use(ScimAttribute attribute, string? holder, JsonElement value)
        {
            var read = Value(attribute, value);
            return read.IsOk ? use(attribute, holder, read.Value.Node) : read.Error;
        }
    }

    /// <summary>A value of an attribute in its type; no node where it says that there is none.</summary>
    public static Result<ScimValue> Value(ScimAttribute attribute, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return new ScimValue(null);
        }
        if (!attribute.IsMany)
        {
            // A single one may come as a list of one.
            return One(attribute, value is { ValueKind: JsonValueKind.Array } && value.GetArrayLength() == 1 ? value[0] : value);
        }
        var values = new JsonArray();
        foreach (var item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value])
        {
            var one = One(attribute, item);
            if (!one.IsOk)
            {
                return one;
            }
            if (one.Value.Node is { } node)
            {
                values.Add(node);
            }
        }
        return Checked(attribute, values) is { } wrong ? wrong : new ScimValue(values.Count == 0 ? null : values);
    }

    /// <summary>Null when so many values may stand together.</summary>
    public static Error? Checked(ScimAttribute attribute, JsonArray values)
    {
        var most = attribute.Name == "members" ? MaxMembers : MaxValues;
        return values.Count > most ? new Error(ErrorCodes.ScimValue, $"'{attribute.Name}' has at most {most} values.")
            : values.Count(IsPrimary) > 1 ? new Error(ErrorCodes.ScimValue, $"One of '{attribute.Name}' is primary at most.")
            : null;
    }

    public static bool IsPrimary(JsonNode? value) => value is JsonObject o && o["primary"]?.GetValueKind() == JsonValueKind.True;

    /// <summary>One value of an attribute that may have several.</summary>
    public static Result<ScimValue> One(ScimAttribute attribute, JsonElement value) => (attribute.Type, value.ValueKind) switch
    {
        (ScimType.Complex, JsonValueKind.Object) => Complex(attribute, value),
        // The value alone, as some providers write it: a manager by the id, a member by the id.
        (ScimType.Complex, JsonValueKind.String) when attribute.Part("value") is { } only => value.GetString()!.Length == 0
            ? new ScimValue(null)
            : One(only, value).Then(v => new ScimValue(new JsonObject { ["value"] = v.Node })),
        (ScimType.Text, JsonValueKind.String) => Text(attribute, value.GetString()!),
        (ScimType.Truth, JsonValueKind.True or JsonValueKind.False) => new ScimValue(JsonValue.Create(value.GetBoolean())),
        // "True" and "False" come from Microsoft Entra ID.
        (ScimType.Truth, JsonValueKind.String) when bool.TryParse(value.GetString(), out var truth) => new ScimValue(JsonValue.Create(truth)),
        _ => new Error(ErrorCodes.ScimValue, $"'{attribute.Name}' is {Expected(attribute.Type)}."),
    };

    /// <summary>Puts a value where the resource keeps it; null takes it away.</summary>
    public static void Put(JsonObject resource, string? holder, string name, JsonNode? value)
    {
        if (holder is not null)
        {
            var extension = resource[holder] as JsonObject;
            if (extension is null)
            {
                resource[holder] = extension = [];
            }
            Put(extension, null, name, value);
            if (extension.Count == 0)
            {
                resource.Remove(holder);
            }
        }
        else if (value is null)
        {
            resource.Remove(name);
        }
        else
        {
            resource[name] = value;
        }
    }

    public static JsonNode? Get(JsonObject resource, string? holder, string name) => holder is null ? resource[name] : (resource[holder] as JsonObject)?[name];

    public static string? Text(JsonObject resource, string? holder, string name) => Get(resource, holder, name)?.GetValue<string>();

    private static Result<ScimValue> Complex(ScimAttribute attribute, JsonElement value)
    {
        var complex = new JsonObject();
        foreach (var property in value.EnumerateObject())
        {
            if (attribute.Part(property.Name) is not { IsReadOnly: false } part)
            {
                continue;
            }
            var read = Value(part, property.Value);
            if (!read.IsOk)
            {
                return read;
            }
            Put(complex, null, part.Name, read.Value.Node);
        }
        return attribute.Part("value") is not null && complex["value"] is null && attribute.IsMany && complex.Count > 0
            ? new Error(ErrorCodes.ScimValue, $"A value of '{attribute.Name}' has a 'value'.")
            : new ScimValue(complex.Count == 0 || (attribute.Part("value") is not null && complex["value"] is null) ? null : complex);
    }

    private static Result<ScimValue> Text(ScimAttribute attribute, string text) =>
        text.Length > Limits.NameLength ? new Error(ErrorCodes.ScimValue, $"'{attribute.Name}' has {text.Length} characters; {Limits.NameLength} are allowed.")
        : text.Any(char.IsControl) ? new Error(ErrorCodes.ScimValue, $"'{attribute.Name}' has a control character.")
        : new ScimValue(string.IsNullOrWhiteSpace(text) ? null : JsonValue.Create(text.Trim()));

    private static string Expected(ScimType type) => type switch
    {
        ScimType.Truth => "true or false",
        ScimType.Complex => "an object",
        _ => "a text",
    };
}

/// <param name="Node">Null: there is no value.</param>
internal readonly record struct ScimValue(JsonNode? Node);
