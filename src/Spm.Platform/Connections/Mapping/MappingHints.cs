using Spm.Connectors;
using Spm.Platform.Kernel;

namespace Spm.Platform.Connections.Mapping;

/// <summary>What a preview says to whoever writes a mapping: why a record is left out, what is named and not there, and where a field that a rule refuses came from.</summary>
internal static class MappingHints
{
    public static IReadOnlyList<FieldError> LeftOut(RecordMapper mapper, SourceRecord record) => mapper.Into == MappingTarget.None
        ? [new FieldError("into", ErrorCodes.RecordLeftOut, $"'{mapper.Stream.Name}' is mapped into none, and its records become nothing.")]
        : [.. mapper.LeavesOut(record).Select(only => new FieldError(
            $"only/{only.Name}", ErrorCodes.RecordLeftOut, $"{Said(record, only.Name)}, and only records count whose `{only.Name}` is one of: {string.Join(", ", only.Texts)}."))];

    /// <summary>Names of the vendor's own fields that the record does not have at all: one that is not there says nothing, in every record.</summary>
    public static IEnumerable<FieldError> Absent(RecordMapper mapper, SourceRecord record) =>
        from mapped in mapper.Mapped
        let name = mapped.Mapping.From
        where name?.StartsWith(EntityTexts.Own, StringComparison.Ordinal) == true && !record.Fields.ContainsKey(name[EntityTexts.Own.Length..])
        select new FieldError(
            mapped.Field, ErrorCodes.MappedFieldAbsent,
            $"`{mapped.Field}` comes from `{name}`, and the record has no such field. It has: {string.Join(", ", record.Fields.Keys.Order(StringComparer.Ordinal).Select(f => EntityTexts.Own + f))}.");

    /// <summary>A refusal, and where what it refuses came from.</summary>
    public static FieldError Explained(RecordMapper mapper, SourceRecord record, FieldError error)
    {
        var field = error.Field.StartsWith("splits/", StringComparison.Ordinal) ? "rep" : error.Field;
        var from = mapper.Mapped.Where(m => m.Field == field).Select(m => Source(m.Field, m.Mapping, record)).FirstOrDefault()
            ?? (MappingDefaults.FieldsOf(mapper.Into).Contains(field) ? $"The mapping does not say where `{field}` comes from." : null);
        return from is null ? error : error with { Detail = $"{error.Detail} {from}{ToDo(error)}" };
    }

    private static string Source(string field, FieldMapping mapping, SourceRecord record) =>
        mapping.Value is not null ? $"The mapping sets `{field}` so for every record."
        : mapping.From is { } name ? $"`{field}` comes from `{name}`: {Said(record, name)}."
        : $"The mapping leaves `{field}` away.";

    private static string Said(SourceRecord record, string name) => EntityTexts.Text(record, name) is { Length: > 0 } text ? $"here it is '{text}'" : "it is not set here";

    private static string ToDo(FieldError error) => (error.Code, error.Field) switch
    {
        (ErrorCodes.RepUnknown, "manager") => " Whoever comes in the same stream is found once they are read.",
        (ErrorCodes.RepUnknown, _) => " Put a rep with this external id or e-mail address, have people of this source become reps, or give `words`.",
        (ErrorCodes.FieldRequired, _) => " Map it from another name, or give `value` or `otherwise`.",
        _ => "",
    };
}
