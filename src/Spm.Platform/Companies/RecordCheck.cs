using Spm.Compensation.Periods;
using Spm.Platform.Kernel;

namespace Spm.Platform.Companies;

/// <summary>The rules that records of several kinds share, each broken one noted with its field.</summary>
/// <param name="self">The registry of the record that is checked and its key there: it cannot be named before it is in, not even by itself.</param>
public sealed class RecordCheck(CompanyEditor editor, string source, (object Registry, string ExternalId)? self = null)
{
    private readonly List<FieldError> _errors = [];

    public CompanyEditor Editor => editor;

    /// <summary>Of the record that is checked: references are looked for there first.</summary>
    public string Source => source;

    public bool Failed => _errors.Count > 0;

    public Error Error => Error.Of(_errors);

    public void Fail(string field, string code, string detail) => _errors.Add(new FieldError(field, code, detail));

    public string Name(string? name) => Text("name", name, Limits.NameLength, required: true) ?? "";

    public string? Text(string field, string? value, int max, bool required = false)
    {
        var text = value?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            if (required)
            {
                Fail(field, ErrorCodes.FieldRequired, $"The field '{field}' is required.");
            }
            return null;
        }
        if (text.Length > max)
        {
            Fail(field, ErrorCodes.FieldTooLong, $"The field '{field}' has {text.Length} characters; {max} are allowed.");
        }
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            Fail(field, ErrorCodes.FieldMalformed, $"The field '{field}' has a NUL character.");
        }
        return text;
    }

    /// <summary>The id of the record that is meant, or null with the reason noted.</summary>
    public string? Reference<TDoc>(string field, string? reference, RegistryEditor<TDoc> registry, string unknownCode)
        where TDoc : class
    {
        if (string.IsNullOrWhiteSpace(reference))
        {
            Fail(field, ErrorCodes.FieldRequired, $"The field '{field}' is required.");
            return null;
        }
        var found = registry.Resolve(reference, source);
        if (found.Ambiguous)
        {
            Fail(field, ErrorCodes.ReferenceAmbiguous, $"Several sources have a {registry.Kind.Name} '{reference}': give its id.");
        }
        else if (!found.Found && self == (registry, reference))
        {
            Fail(field, ErrorCodes.HierarchyCycle, $"The {registry.Kind.Name} would be above itself.");
        }
        else if (!found.Found)
        {
            Fail(field, unknownCode, $"There is no {registry.Kind.Name} '{reference}'.");
        }
        return found.Found && !found.Ambiguous ? registry[found.No].Id : null;
    }

    public DateRange? Range(string field, DateOnly? from, DateOnly? to)
    {
        if (to <= (from ?? DateOnly.MinValue))
        {
            Fail($"{field}/to", ErrorCodes.RangeEmpty, $"The range ends at {to:yyyy-MM-dd}, which is not after {from:yyyy-MM-dd}: `to` is the first day after it.");
            return null;
        }
        return new DateRange(from ?? DateOnly.MinValue, to);
    }

    /// <summary>Either one reference for all time or a list of dated ones that share no day.</summary>
    public IReadOnlyList<DatedRef> Dated<TDoc>(
        string single, string list, string? reference, IReadOnlyList<(string? Reference, DateOnly? From, DateOnly? To)>? entries, RegistryEditor<TDoc> registry, string unknownCode)
        where TDoc : class
    {
        if (!string.IsNullOrWhiteSpace(reference))
        {
            if (entries is not null)
            {
                Fail(single, ErrorCodes.FieldMalformed, $"Give either '{single}' or '{list}'.");
            }
            return Reference(single, reference, registry, unknownCode) is { } id ? [new DatedRef(id, null, null)] : [];
        }
        if (entries is null)
        {
            return [];
        }
        if (entries.Count > Limits.MaxDatedEntries)
        {
            Fail(list, ErrorCodes.LimitExceeded, $"At most {Limits.MaxDatedEntries} dated entries are kept.");
            return [];
        }
        List<DatedRef> refs = [];
        List<Dated<int>> ranges = [];
        for (var i = 0; i < entries.Count; i++)
        {
            var id = Reference($"{list}/{i}/{single}", entries[i].Reference, registry, unknownCode);
            if (Range($"{list}/{i}", entries[i].From, entries[i].To) is { } range && id is not null)
            {
                refs.Add(new DatedRef(id, entries[i].From, entries[i].To));
                ranges.Add(new Dated<int>(range, i));
            }
        }
        if (!Timeline<int>.TryCreate(ranges, out _, out var overlap))
        {
            Fail($"{list}/{overlap.Second.Value}", ErrorCodes.AssignmentOverlaps, $"{overlap.First.Range} and {overlap.Second.Range} share a day.");
        }
        return refs;
    }
}
