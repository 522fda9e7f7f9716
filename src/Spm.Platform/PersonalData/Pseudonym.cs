using System.Text.Json;
using System.Text.Json.Nodes;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.PersonalData;

/// <summary>
/// What is said of a rep in the place of who it was. Ids, external ids, dates, titles, plans and amounts stay: pay follows from them. Names, addresses and
/// facts that no plan asks for go.
/// </summary>
/// <param name="rep">The rep's id.</param>
/// <param name="asked">Facts that plans of the company ask for.</param>
internal sealed class Pseudonym(string rep, IReadOnlySet<string> asked)
{
    public string Name { get; } = $"Erased {rep[^6..]}";

    public static Pseudonym Of(Company company, Entry<RepDoc> rep) => new(rep.Id, Asked(company));

    public RepDoc In(RepDoc doc) => doc with { Name = Name, Email = null, Facts = Facts(doc.Facts) };

    /// <summary>A revision of the rep as it is stored.</summary>
    public string InRevision(string body) => JsonSerializer.Serialize(In(JsonSerializer.Deserialize<RepDoc>(body, Json.Stored)!), Json.Stored);

    /// <summary>A state in the audit trail, whose members are those of a revision; what cannot be read that way is dropped whole.</summary>
    public string? InState(string? state)
    {
        try
        {
            return state is null ? null : InRevision(state);
        }
        catch (JsonException)
        {
            return "{}";
        }
    }

    /// <summary>Wherever an answer names the rep beside its id.</summary>
    public string InView(string json)
    {
        var node = JsonNode.Parse(json);
        Replace(node);
        return node?.ToJsonString(Json.Options) ?? json;
    }

    private void Replace(JsonNode? node)
    {
        if (node is JsonObject view)
        {
            if (view["id"] is JsonValue id && id.TryGetValue<string>(out var text) && text == rep && view.ContainsKey("name"))
            {
                view["name"] = Name;
            }
            foreach (var (_, value) in view.ToList())
            {
                Replace(value);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var value in list)
            {
                Replace(value);
            }
        }
    }

    private JsonElement? Facts(JsonElement? facts)
    {
        if (facts is not { } given)
        {
            return null;
        }
        var kept = given.EnumerateObject().Where(f => asked.Contains(f.Name)).ToDictionary(f => f.Name, f => f.Value);
        return kept.Count == 0 ? null : JsonSerializer.SerializeToElement(kept, Json.Stored);
    }

    /// <summary>Those that a plan document declares under `facts.rep`: its expressions may ask for no others.</summary>
    private static HashSet<string> Asked(Company company)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var plan in company.PlanDocs.All.Select(p => p.Doc.Document).Where(d => d.ValueKind == JsonValueKind.Object))
        {
            if (plan.TryGetProperty("facts", out var facts) && facts.TryGetProperty("rep", out var ofReps))
            {
                names.UnionWith(ofReps.EnumerateObject().Select(f => f.Name));
            }
        }
        return names;
    }
}
