using System.Text.Json;
using System.Text.Json.Nodes;
using Spm.Connectors;
using Spm.Platform.Kernel;
using Spm.Platform.Transactions;

namespace Spm.Platform.Connections.Mapping;

/// <summary>Makes of the records of one stream what its mapping says. Pure: who is meant by a name is asked of whoever knows.</summary>
internal sealed class RecordMapper
{
    private readonly (string Name, HashSet<string> Texts)[] _only;
    private readonly (string Field, FieldMapping Mapping)[] _fields;
    private readonly (string Fact, FieldMapping Mapping)[] _facts;

    public RecordMapper(StreamManifest stream, StreamMapping mapping)
    {
        Stream = stream;
        Into = mapping.Into!.Value;
        _only = [.. (mapping.Only ?? new Dictionary<string, IReadOnlyList<string>>()).Select(o => (o.Key, o.Value.ToHashSet(StringComparer.Ordinal)))];
        var fields = mapping.Fields ?? new Dictionary<string, FieldMapping>();
        _fields = [.. fields.Where(f => !IsFact(f.Key)).Select(f => (f.Key, f.Value))];
        _facts = [.. fields.Where(f => IsFact(f.Key)).Select(f => (f.Key[MappingDefaults.Facts.Length..], f.Value))];
    }

    public StreamManifest Stream { get; }

    public MappingTarget Into { get; }

    /// <summary>Whether the mapping says where this field comes from.</summary>
    public bool Sets(string field) => Array.Exists(_fields, f => f.Field == field && (f.Mapping.From ?? f.Mapping.Value) is not null);

    /// <summary>Deals bear the source's own key; other transactions stand beside them and must not be taken for one.</summary>
    public string ExternalId(string key) => Stream.Entity == "opportunity" ? key : ExternalId(Stream.Entity, key);

    public static string ExternalId(string entity, string key) => $"{entity}/{key}";

    /// <summary>
    /// The external id of the bill that a payment or refund is of, or of the payment where a refund names no bill: it is about what that is about. Null
    /// where the mapping says the deal otherwise.
    /// </summary>
    public string? PartOf(SourceRecord record) => Array.Find(_fields, f => f.Field == "deal").Mapping is { From: "invoice" or "payment" } mapping
        ? Text(record, mapping) is { Length: > 0 } key ? ExternalId(mapping.From, key) : record.Entity is Refund { Payment: { Length: > 0 } payment } ? ExternalId("payment", payment) : null
        : null;

    /// <summary>What is wrong with the record itself: one without an amount says no currency either, which is nothing to correct besides.</summary>
    public Error OfRecord(Error refused) =>
        Array.Exists(_fields, f => f is { Field: "currency", Mapping: { From: "currency", Value: null } }) && Array.Exists(_fields, f => f is { Field: "amount", Mapping: { From: "amount", Value: null } })
        && refused.Fields.Any(IsMissing("amount")) && refused.Fields.Any(IsMissing("currency")) ? Error.Of([.. refused.Fields.Where(f => !IsMissing("currency")(f))]) : refused;

    /// <summary>False for a record that counts for nothing: a deal that is not won.</summary>
    public bool Counts(SourceRecord record) => Array.TrueForAll(_only, o => Has(record, o));

    /// <summary>The names by which a record does not count, with the texts that one of them would have to have.</summary>
    public IEnumerable<(string Name, IEnumerable<string> Texts)> LeavesOut(SourceRecord record) => _only.Where(o => !Has(record, o)).Select(o => (o.Name, (IEnumerable<string>)o.Texts));

    /// <summary>Everything that the mapping sets, with where it comes from; facts by their full names.</summary>
    public IEnumerable<(string Field, FieldMapping Mapping)> Mapped => [.. _fields, .. _facts.Select(f => (MappingDefaults.Facts + f.Fact, f.Mapping))];

    /// <summary>Fields by name; those that nothing is known of stay away.</summary>
    public Dictionary<string, string> Fields(SourceRecord record)
    {
        var texts = new Dictionary<string, string>(_fields.Length, StringComparer.Ordinal);
        foreach (var (field, mapping) in _fields)
        {
            if (Text(record, mapping) is { } text)
            {
                texts[field] = text;
            }
        }
        return texts;
    }

    public IEnumerable<(string Name, string? Text)> FactsOf(SourceRecord record) => _facts.Select(f => (f.Fact, Text(record, f.Mapping)));

    /// <param name="rep">Who is meant by the owner of a deal.</param>
    /// <param name="deal">What a bill or payment is about, by its external id.</param>
    public TransactionInput Transaction(SourceRecord record, Func<string, string> rep, Func<string, string?> deal)
    {
        var splits = record.Entity is Opportunity { Splits.Count: > 0 } shared && Array.Find(_fields, f => f.Field == "rep").Mapping is { From: "owner" } owners
            ? shared.Splits.Where(s => !s.Overlay).Select(s => new SplitInput { Rep = rep(Worded(s.Person, owners)), Percent = s.Percent.ToString(System.Globalization.CultureInfo.InvariantCulture) }).ToArray()
            : [];
        return new TransactionInput
        {
            ExternalId = ExternalId(record.Key),
            Kind = Field(record, "kind"),
            Date = Field(record, "date"),
            Amount = Field(record, "amount"),
            Currency = Field(record, "currency"),
            Quantity = Field(record, "quantity"),
            Margin = Field(record, "margin"),
            Rep = splits.Length == 0 && Field(record, "rep") is { } owner ? rep(owner) : null,
            Splits = splits,
            Account = Field(record, "account"),
            Territory = Field(record, "territory"),
            Product = Field(record, "product"),
            House = Field(record, "house"),
            Deal = PartOf(record) is { } whole ? deal(whole) : Field(record, "deal"),
            Facts = Facts(record),
        };
    }

    private static Func<FieldError, bool> IsMissing(string field) => e => e.Field == field && e.Code == ErrorCodes.FieldRequired;

    private static bool Has(SourceRecord record, (string Name, HashSet<string> Texts) only) => EntityTexts.Text(record, only.Name) is { } text && only.Texts.Contains(text);

    private JsonElement? Facts(SourceRecord record)
    {
        if (_facts.Length == 0)
        {
            return null;
        }
        var facts = new JsonObject();
        foreach (var (name, text) in FactsOf(record).Where(f => f.Text is not null))
        {
            facts[name] = text;
        }
        return facts.Count == 0 ? null : JsonSerializer.SerializeToElement(facts);
    }

    private static bool IsFact(string field) => field.StartsWith(MappingDefaults.Facts, StringComparison.Ordinal);

    /// <summary>Null where nothing is known of it.</summary>
    private string? Field(SourceRecord record, string name)
    {
        foreach (var (field, mapping) in _fields)
        {
            if (field == name)
            {
                return Text(record, mapping);
            }
        }
        return null;
    }

    private static string? Text(SourceRecord record, FieldMapping mapping)
    {
        var text = mapping.Value ?? (mapping.From is { } from ? EntityTexts.Text(record, from) : null);
        text = string.IsNullOrEmpty(text) ? mapping.Otherwise : text;
        return text is null ? null : Worded(text, mapping);
    }

    private static string Worded(string text, FieldMapping mapping) => mapping.Words?.TryGetValue(text, out var word) == true ? word : text;
}
