using System.Text.Json;
using System.Text.Json.Nodes;

namespace Spm.Platform.Kernel;

/// <summary>JSON Merge Patch (RFC 7396): members of the patch replace those of the target, null takes one away, objects are merged, lists are replaced whole.</summary>
public static class MergePatch
{
    public const string MediaType = "application/merge-patch+json";

    /// <param name="patch">An object.</param>
    public static void Apply(JsonObject target, JsonElement patch)
    {
        foreach (var member in patch.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
            {
                target.Remove(member.Name);
            }
            else if (member.Value.ValueKind != JsonValueKind.Object)
            {
                target[member.Name] = JsonNode.Parse(member.Value.GetRawText());
            }
            else if (target[member.Name] is JsonObject known)
            {
                Apply(known, member.Value);
            }
            else
            {
                // Into nothing an object is merged too: its nulls take away what is not there.
                var made = new JsonObject();
                Apply(made, member.Value);
                target[member.Name] = made;
            }
        }
    }
}
