using System.Text.Json;
using System.Text.Json.Nodes;
using Spm.Platform.Kernel;

namespace Spm.Platform.Provisioning;

/// <summary>Changes a resource by the operations of a PATCH (RFC 7644, section 3.5.2): all of them or none.</summary>
internal static class ScimPatch
{
    public const string Schema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    public const int MaxOperations = 1000;

    public static Result<JsonObject> Apply(ScimKind kind, JsonObject resource, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || Member(body, "Operations") is not { ValueKind: JsonValueKind.Array } operations || operations.GetArrayLength() is 0 or > MaxOperations)
        {
            return new Error(ErrorCodes.ScimSyntax, $"'Operations' is a list of 1 to {MaxOperations} operations.");
        }
        var patched = resource.DeepClone().AsObject();
        foreach (var operation in operations.EnumerateArray())
        {
            if (Apply(kind, patched, operation, Member(operation, "op"), Member(operation, "path"), Member(operation, "value")) is { } refused)
            {
                return refused;
            }
        }
        return patched;
    }

    private static Error? Apply(ScimKind kind, JsonObject resource, JsonElement operation, JsonElement? op, JsonElement? path, JsonElement? value)
    {
        if (operation.ValueKind != JsonValueKind.Object || op is not { ValueKind: JsonValueKind.String } || path is { ValueKind: not (JsonValueKind.String or JsonValueKind.Null) })
        {
            return new Error(ErrorCodes.ScimSyntax, "An operation is an object with 'op', 'path' and 'value'.");
        }
        // Microsoft Entra ID writes Add and Replace.
        var name = op.Value.GetString()!.ToLowerInvariant();
        if (name is not ("add" or "replace" or "remove"))
        {
            return new Error(ErrorCodes.ScimSyntax, $"'{name}' is not add, replace or remove.");
        }
        if (name != "remove" && value is null)
        {
            return new Error(ErrorCodes.ScimValue, $"The operation {name} has no 'value'.");
        }
        if (path is not { ValueKind: JsonValueKind.String })
        {
            return name == "remove"
                ? new Error(ErrorCodes.ScimNoTarget, "The operation remove has no 'path'.")
                : Pathless(kind, resource, value!.Value, name == "add");
        }
        if (kind.Extension(path.Value.GetString()!) is { } extension && name != "remove")
        {
            return Pathless(kind, resource, JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { [extension.Id] = value!.Value }), name == "add");
        }
        var target = ScimParser.Path(kind, path.Value.GetString()!);
        if (!target.IsOk)
        {
            return target.Error;
        }
        return target.Value.Attribute.Attribute.IsReadOnly ? new Error(ErrorCodes.ScimMutability, $"'{target.Value.Attribute.Attribute.Name}' is said by the platform.")
            : name == "remove" ? Remove(resource, target.Value, value)
            : target.Value is { Filter: null, Part: null } ? Whole(resource, target.Value.Attribute, value!.Value, name == "add")
            : Part(resource, target.Value, value!.Value, name == "add");
    }

    /// <summary>Attributes by their names; a name may be a path to a part, as Microsoft Entra ID writes it: <c>name.givenName</c>.</summary>
    private static Error? Pathless(ScimKind kind, JsonObject resource, JsonElement value, bool adds)
    {
        foreach (var property in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().ToArray() : [])
        {
            if (property.Name.AsSpan().ContainsAny('.', '[') && ScimParser.Path(kind, property.Name) is { IsOk: true, Value: var path } && (path.Part ?? (object?)path.Filter) is not null
                && !path.Attribute.Attribute.IsReadOnly && Part(resource, path, property.Value, adds) is { } wrong)
            {
                return wrong;
            }
        }
        return ScimBody.Each(kind, value, (attribute, holder, read) => Set(resource, new ScimFilter.Step(attribute, holder), read, adds));
    }

    private static Error? Whole(JsonObject resource, ScimFilter.Step step, JsonElement value, bool adds)
    {
        var read = ScimBody.Value(step.Attribute, value);
        return read.IsOk ? Set(resource, step, read.Value.Node, adds) : read.Error;
    }

    /// <summary>What is added goes beside the values that are there; a complex value is merged with the one that is there.</summary>
    private static Error? Set(JsonObject resource, ScimFilter.Step step, JsonNode? value, bool adds)
    {
        var (attribute, holder) = (step.Attribute, step.Holder);
        var before = ScimBody.Get(resource, holder, attribute.Name);
        if (adds && value is null)
        {
            return null;
        }
        if (attribute.IsMany && adds && before is JsonArray there)
        {
            return Join(attribute, there, value!.AsArray());
        }
        if (attribute is { IsMany: false, Type: ScimType.Complex } && before is JsonObject old && value is JsonObject more)
        {
            foreach (var (name, part) in more)
            {
                old[name] = part?.DeepClone();
            }
            return null;
        }
        ScimBody.Put(resource, holder, attribute.Name, attribute.IsMany && value is JsonArray values ? Distinct(values) : value);
        return null;
    }

    private static Error? Join(ScimAttribute attribute, JsonArray there, JsonArray more)
    {
        var known = there.Select(Key).ToHashSet(StringComparer.Ordinal);
        if (more.Any(ScimBody.IsPrimary))
        {
            foreach (var old in there.OfType<JsonObject>())
            {
                old.Remove("primary");
            }
        }
        foreach (var value in more.ToArray())
        {
            if (known.Add(Key(value)))
            {
                there.Add(value!.DeepClone());
            }
        }
        return ScimBody.Checked(attribute, there);
    }

    /// <summary>A part of an attribute, of all its values or of those that a filter picks; or those values as a whole.</summary>
    private static Error? Part(JsonObject resource, ScimPath path, JsonElement value, bool adds)
    {
        var (step, filter, part) = path;
        if (part?.IsReadOnly == true)
        {
            return new Error(ErrorCodes.ScimMutability, $"'{part.Name}' is said by the platform.");
        }
        var read = part is null ? ScimBody.One(step.Attribute, value) : ScimBody.Value(part, value);
        if (!read.IsOk)
        {
            return read.Error;
        }
        var values = ScimBody.Get(resource, step.Holder, step.Attribute.Name);
        var targets = Objects(values).Where(v => filter?.Holds(v) != false).ToList();
        if (targets.Count == 0)
        {
            // Without a value that is meant there is nothing to replace; what is added begins as the filter says.
            if (filter is not null && !adds)
            {
                return new Error(ErrorCodes.ScimNoTarget, $"No value of '{step.Attribute.Name}' is meant by the filter.");
            }
            var fresh = Wished(filter);
            if (step.Attribute.IsMany)
            {
                var list = values as JsonArray ?? [];
                list.Add(fresh);
                ScimBody.Put(resource, step.Holder, step.Attribute.Name, list.Parent is null ? list : list.DeepClone());
                targets.AddRange(Objects(ScimBody.Get(resource, step.Holder, step.Attribute.Name)).TakeLast(1));
            }
            else
            {
                ScimBody.Put(resource, step.Holder, step.Attribute.Name, fresh);
                targets.Add(fresh);
            }
        }
        foreach (var target in targets)
        {
            if (part is not null)
            {
                ScimBody.Put(target, null, part.Name, read.Value.Node?.DeepClone());
            }
            else if (read.Value.Node is JsonObject whole)
            {
                foreach (var (name, node) in whole)
                {
                    target[name] = node?.DeepClone();
                }
            }
        }
        return Tidy(resource, step, part?.Name == "primary" && read.Value.Node?.GetValue<bool>() == true ? targets : []);
    }

    /// <param name="primaries">Those that have become primary: another one is no longer.</param>
    private static Error? Tidy(JsonObject resource, ScimFilter.Step step, List<JsonObject> primaries)
    {
        if (ScimBody.Get(resource, step.Holder, step.Attribute.Name) is not JsonArray values)
        {
            if (ScimBody.Get(resource, step.Holder, step.Attribute.Name) is JsonObject { Count: 0 })
            {
                ScimBody.Put(resource, step.Holder, step.Attribute.Name, null);
            }
            return null;
        }
        foreach (var value in values.OfType<JsonObject>().ToArray())
        {
            if (primaries.Count > 0 && !primaries.Contains(value))
            {
                value.Remove("primary");
            }
            if (value["value"] is null)
            {
                values.Remove(value);
            }
        }
        if (values.Count == 0)
        {
            ScimBody.Put(resource, step.Holder, step.Attribute.Name, null);
        }
        return ScimBody.Checked(step.Attribute, values);
    }

    private static Error? Remove(JsonObject resource, ScimPath path, JsonElement? value)
    {
        var (step, filter, part) = path;
        var values = ScimBody.Get(resource, step.Holder, step.Attribute.Name);
        if (filter is null && part is null && step.Attribute.IsMany && value is { ValueKind: not JsonValueKind.Null } named)
        {
            // Members that are named in the value, as Microsoft Entra ID takes them away.
            var read = ScimBody.Value(step.Attribute, named);
            if (!read.IsOk)
            {
                return read.Error;
            }
            var gone = (read.Value.Node as JsonArray ?? []).Select(Key).ToHashSet(StringComparer.Ordinal);
            ScimBody.Put(resource, step.Holder, step.Attribute.Name, Kept(values, v => !gone.Contains(Key(v))));
        }
        else if (part is not null)
        {
            foreach (var target in Objects(values).Where(v => filter?.Holds(v) != false))
            {
                target.Remove(part.Name);
            }
        }
        else
        {
            ScimBody.Put(resource, step.Holder, step.Attribute.Name, filter is null ? null : Kept(values, v => v is not JsonObject o || !filter.Holds(o)));
        }
        return Tidy(resource, step, []);
    }

    private static JsonArray? Kept(JsonNode? values, Func<JsonNode?, bool> isKept)
    {
        var kept = (values as JsonArray ?? []).Where(isKept).Select(v => v?.DeepClone()).ToArray();
        return kept.Length == 0 ? null : new JsonArray(kept);
    }

    /// <summary>What a value must be for a filter of comparisons with eq to mean it.</summary>
    private static JsonObject Wished(ScimFilter? filter)
    {
        var wished = new JsonObject();
        switch (filter)
        {
            case ScimFilter.Comparison { Operator: "eq", Value: { } value } equal
                when ScimBody.Value(equal.Path[^1].Attribute, JsonSerializer.SerializeToElement(value)) is { IsOk: true, Value.Node: { } typed }:
                wished[equal.Path[^1].Attribute.Name] = typed.DeepClone();
                break;
            case ScimFilter.Both both:
                foreach (var (name, node) in Wished(both.Left).Concat(Wished(both.Right)))
                {
                    wished[name] = node?.DeepClone();
                }
                break;
        }
        return wished;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? values) => values switch
    {
        JsonArray many => many.OfType<JsonObject>(),
        JsonObject one => [one],
        _ => [],
    };

    /// <summary>Two values are the same one when they have the same `value`, and the same `type` where there are types.</summary>
    private static string Key(JsonNode? value) => value is JsonObject o ? $"{o["value"]}\u001f{o["type"]}" : value?.ToJsonString() ?? "";

    private static JsonArray Distinct(JsonArray values) => new([.. values.DistinctBy(Key).Select(v => v?.DeepClone())]);

    /// <summary>Members of a message may come in any case.</summary>
    private static JsonElement? Member(JsonElement of, string name) =>
        of.ValueKind != JsonValueKind.Object ? null
        : of.TryGetProperty(name, out var exact) ? exact
        : of.EnumerateObject().Where(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(p => (JsonElement?)p.Value).FirstOrDefault();
}
