using Spm.Connectors;
using Spm.Platform.Connections.Mapping;
using Spm.Platform.Connections.Runs;
using Spm.Platform.Kernel;

namespace Spm.Platform.Connections;

/// <summary>Rows of a preview: what came, and what it would become by the rules that a run keeps.</summary>
internal static class Previews
{
    public static PreviewRowView Of(InvalidRow row) => new(
        row.Key, new Dictionary<string, string?> { ["raw"] = row.Raw }, RecordState.Quarantined, new Dictionary<string, string>(),
        [.. row.Errors.Select(e => new FieldError(e.Pointer.TrimStart('/'), e.Code, e.Detail))]);

    /// <param name="refusal">What a run would refuse the record for; null where it would take it.</param>
    public static PreviewRowView Of(SourceRecord record, RecordMapper mapper, Func<SourceRecord, Error?> refusal)
    {
        var texts = EntityTexts.Names(mapper.Stream.Entity).ToDictionary(n => n, n => EntityTexts.Text(record, n), StringComparer.Ordinal);
        foreach (var (name, text) in record.Fields)
        {
            texts[EntityTexts.Own + name] = text;
        }
        if (record.Deleted)
        {
            return new PreviewRowView(record.Key, texts, RecordState.Gone, new Dictionary<string, string>(), []);
        }
        var becomes = mapper.Fields(record);
        foreach (var (name, text) in mapper.FactsOf(record).Where(f => f.Text is not null))
        {
            becomes[MappingDefaults.Facts + name] = text!;
        }
        if (mapper.Into == MappingTarget.None || !mapper.Counts(record))
        {
            return new PreviewRowView(record.Key, texts, RecordState.Ignored, becomes, MappingHints.LeftOut(mapper, record));
        }
        var refused = refusal(record);
        IReadOnlyList<FieldError> errors = refused is null ? [] : refused.Fields.Count > 0 ? refused.Fields : [new FieldError("", refused.Code, refused.Detail)];
        return new PreviewRowView(
            record.Key, texts, refused is null ? RecordState.Accepted : RecordState.Rejected, becomes,
            [.. errors.Select(e => MappingHints.Explained(mapper, record, e)), .. MappingHints.Absent(mapper, record)]);
    }
}
