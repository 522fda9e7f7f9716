using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Spm.Platform.Access;
using Spm.Platform.Kernel;

namespace Spm.Platform.Companies;

/// <summary>One kind of record that is put by its key, whichever door it comes through: one by one, or as a row of an import.</summary>
public interface IRecordSlice
{
    /// <summary>The collection's name in URLs and imports: "reps".</summary>
    string Entity { get; }

    /// <summary>False for records that have a key of their own in their fields, such as quotas.</summary>
    bool HasExternalId { get; }

    /// <summary>The fields a row may have besides source and external_id.</summary>
    IReadOnlyCollection<string> Fields { get; }

    /// <summary>Does beforehand, while the company is open to others, what takes long about a record that is about to be put.</summary>
    void Prepare(Company company, JsonElement body)
    {
    }

    /// <summary>Checks the body and adds the record to the editor.</summary>
    Result<PutOutcome> Put(CompanyEditor editor, string source, string externalId, JsonElement body);
}

public enum PutOutcome : byte
{
    Created,
    Corrected,

    /// <summary>The record already said this; no revision is made.</summary>
    Unchanged,
}

/// <summary>A kind of record with an input, the rules it must keep, and a view.</summary>
public abstract class RecordSlice<TInput, TDoc> : IRecordSlice
    where TInput : class
    where TDoc : class
{
    public abstract string Entity { get; }

    /// <summary>One of them, in words: "rep".</summary>
    public virtual string Noun => Entity.TrimEnd('s');

    public bool HasExternalId => true;

    public virtual string ReadScope => Scopes.ConfigurationRead;

    /// <summary>In the order they were created.</summary>
    public Keyset<Entry<TDoc>, long> Keys => field ??= Keyset.Of<Entry<TDoc>>(Entity, e => e.No, first: -1);

    /// <summary>In the order of when they changed last.</summary>
    public Keyset<Entry<TDoc>, (long At, long No)> UpdatedKeys => field ??= Keyset.Updated<Entry<TDoc>>(Entity, e => (e.UpdatedAt, e.No));

    public Keyset<Entry<TDoc>, TextKey> NameKeys => field ??= Keyset.OfText<Entry<TDoc>>($"{Entity}-name", e => new TextKey(Name(e.Doc), e.No));

    public Keyset<Entry<TDoc>, TextKey> ExternalIdKeys => field ??= Keyset.OfText<Entry<TDoc>>($"{Entity}-external-id", e => new TextKey(e.ExternalId, e.No));

    public IReadOnlyCollection<string> Fields { get; } = RecordFields.Of<TInput>();

    public abstract Registry<TDoc> Of(Company company);

    /// <summary>False for a record that the caller must not know of.</summary>
    public virtual bool IsSeen(Entry<TDoc> entry, Company company, Sight sight) => true;

    /// <summary>What people call the record.</summary>
    protected abstract string Name(TDoc doc);

    public abstract object View(Entry<TDoc> entry, Company company);

    /// <summary>Fields that stand for a list: who sends one means that list.</summary>
    protected virtual IReadOnlyDictionary<string, string> Singles => FrozenDictionary<string, string>.Empty;

    /// <summary>What a PUT would send that leaves the record as it is.</summary>
    public virtual JsonObject Body(Entry<TDoc> entry, Company company)
    {
        var body = JsonSerializer.SerializeToNode(View(entry, company), Json.Options)!.AsObject();
        foreach (var derived in body.Select(f => f.Key).Where(f => !Fields.Contains(f)).ToArray())
        {
            body.Remove(derived);
        }
        return body;
    }

    /// <summary>What a PUT would send that changes the record as a merge patch says.</summary>
    /// <param name="patch">An object.</param>
    public JsonElement Patched(Entry<TDoc> entry, Company company, JsonElement patch)
    {
        var body = Body(entry, company);
        foreach (var (single, list) in Singles)
        {
            if (patch.TryGetProperty(single, out _) && !patch.TryGetProperty(list, out _))
            {
                body.Remove(list);
            }
        }
        MergePatch.Apply(body, patch);
        return JsonSerializer.SerializeToElement(body, Json.Options);
    }

    public virtual void Prepare(Company company, JsonElement body)
    {
    }

    public Result<PutOutcome> Put(CompanyEditor editor, string source, string externalId, JsonElement body)
    {
        var input = Bodies.Read<TInput>(body);
        if (!input.IsOk)
        {
            return input.Error!;
        }
        if ((Kernel.Keys.Check("source", source) ?? Kernel.Keys.Check("external_id", externalId)) is { } refusal)
        {
            return refusal;
        }
        var registry = Registry(editor);
        var check = new RecordCheck(editor, source, (registry, externalId));
        var doc = Check(input.Value, check, registry.Find(source, externalId));
        if (check.Failed)
        {
            return check.Error;
        }
        var known = registry.Find(source, externalId);
        if (known is not null && JsonSerializer.Serialize(known.Doc, Json.Stored) == JsonSerializer.Serialize(doc, Json.Stored))
        {
            return PutOutcome.Unchanged;
        }
        var no = known?.No ?? registry.Count;
        editor.Put(registry, source, externalId, doc, CreditsAlike);
        Affects(editor, no);
        return known is null ? PutOutcome.Created : PutOutcome.Corrected;
    }

    protected abstract RegistryEditor<TDoc> Registry(CompanyEditor editor);

    /// <summary>Makes the record, noting broken rules in <paramref name="check"/>; what it returns then is dropped.</summary>
    protected abstract TDoc Check(TInput input, RecordCheck check, Entry<TDoc>? old);

    /// <summary>True when no transaction can be credited or measured differently by the change.</summary>
    protected abstract bool CreditsAlike(TDoc before, TDoc after);

    /// <summary>Tells the editor whose incentives the change may touch, besides those that re-crediting touches.</summary>
    protected virtual void Affects(CompanyEditor editor, int no)
    {
    }
}

/// <summary>The names that an input's fields have on the wire.</summary>
public static class RecordFields
{
    public static IReadOnlyCollection<string> Of<TInput>() =>
        [.. typeof(TInput).GetProperties().Where(p => p.GetIndexParameters().Length == 0).Select(p => p.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name))];
}
