using System.Text.Json;
using Spm.Platform.AuditTrail;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Imports;

/// <summary>
/// Imports reference records. Rows may name records that come later in the file (a rep before their manager): such rows wait and are
/// tried again when the rest is in, as long as that helps. Each chunk is one change of the company.
/// </summary>
internal sealed class RecordImporter(ImportJob job, TenantRuntime tenant, CompanyCommands companies, SpmStore store, IRecordSlice slice, JobAuthor by)
{
    private const int ChunkRows = 2_000;
    private const int MaxWaiting = 200_000;
    private const long MaxWaitingBytes = 64 * 1024 * 1024;

    private static readonly HashSet<string> Lists = ["kinds", "products"];
    private static readonly HashSet<string> Unknown =
        [ErrorCodes.RepUnknown, ErrorCodes.TerritoryUnknown, ErrorCodes.MeasureUnknown, ErrorCodes.PlanUnknown, ErrorCodes.AccountUnknown];

    public Error? CheckHeader(string[] header)
    {
        string[] known = slice.HasExternalId ? ["source", "external_id", .. slice.Fields] : ["source", .. slice.Fields];
        return ImportHeader.Check(
            [.. header.Where(h => !known.Contains(h))],
            slice.HasExternalId && !header.Contains("external_id") ? ["external_id"] : [],
            [.. header.GroupBy(h => h).Where(g => g.Count() > 1).Select(g => g.Key)]);
    }

    public async Task RunAsync(ImportLines lines, CancellationToken stop)
    {
        List<Row> waiting = [];
        var more = true;
        while (more && !stop.IsCancellationRequested)
        {
            List<Row> rows = [];
            var from = lines.Position;
            while (rows.Count < ChunkRows && lines.Position - from < Limits.ImportChunkBytes && (more = lines.Next(out var line)))
            {
                rows.Add(Read(line, lines));
            }
            var mayWait = waiting.Count < MaxWaiting && waiting.Sum(r => (long)r.Raw.Length) < MaxWaitingBytes;
            waiting.AddRange(await PutAsync(rows, lines.Position, mayWait, isRetry: false));
        }
        if (stop.IsCancellationRequested)
        {
            // What the waiting rows wait for may still come: they are not rejected.
            return;
        }
        for (var before = int.MaxValue; waiting.Count > 0 && waiting.Count < before;)
        {
            before = waiting.Count;
            waiting = await PutAsync(waiting, lines.Position, mayWait: true, isRetry: false);
        }
        await PutAsync(waiting, lines.Position, mayWait: false, isRetry: false);
    }

    public Task RetryAsync(ImportLines lines, IReadOnlyList<ImportRowResult> rejected) =>
        PutAsync([.. rejected.Select(r => Read(lines.Reread(r.Row, r.Raw ?? ""), lines))], job.BytesRead, mayWait: false, isRetry: true);

    public async Task<ImportRowResult> CorrectAsync(long row, JsonElement body)
    {
        var result = new ImportRowResult(row, ImportRowResult.Created, [], null);
        await PutAsync([Read(row, body, body.GetRawText())], job.BytesRead, mayWait: false, isRetry: true, results => result = results.Count > 0 ? results[0] : result);
        return result;
    }

    /// <returns>The rows that wait for a record which is not there yet.</returns>
    private async Task<List<Row>> PutAsync(List<Row> rows, long bytesRead, bool mayWait, bool isRetry, Action<IReadOnlyList<ImportRowResult>>? report = null)
    {
        List<Row> waiting = [];
        if (rows.Count == 0)
        {
            return waiting;
        }
        var chunk = new ImportChunk { BytesRead = bytesRead };
        var together = mayWait ? [] : rows.Where(r => r.ExternalId.Length > 0).GroupBy(r => r.ExternalId, r => r.No, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        rows.FindAll(r => r.Error is null).ForEach(r => slice.Prepare(tenant.Company, r.Body));
        using var entry = await tenant.Gate.WriteAsync();
        foreach (var (row, outcome) in await PutPartAsync(rows))
        {
            if (mayWait && outcome.Error is { } refused && refused.Fields.Count > 0 && refused.Fields.All(f => Unknown.Contains(f.Code)))
            {
                waiting.Add(row);
            }
            else
            {
                Note(chunk, row, outcome.Error is { } broken ? Named(broken, row, together) : outcome);
            }
        }
        report?.Invoke(chunk.Results);
        // Not in the commit of the records: putting a record twice changes nothing, so a restart simply reads the file again.
        await store.Writer.WriteAsync(session => Write(session, chunk, rows, isRetry));
        return waiting;
    }

    /// <summary>
    /// One change of the company. Where it is refused as a whole, because somebody's credits would be more than can be added up, halves are tried until
    /// the records stand alone that are too much.
    /// </summary>
    private async Task<IReadOnlyList<(Row Row, Result<PutOutcome> Outcome)>> PutPartAsync(List<Row> rows)
    {
        List<(Row, Result<PutOutcome>)> outcomes = new(rows.Count);
        var changed = await companies.ChangeWithinGateAsync<bool>(tenant, editor =>
        {
            outcomes.AddRange(rows.Select(row => (row, row.Error is { } error ? error : slice.Put(editor, row.Source, row.ExternalId, row.Body))));
            return true;
        }, job: by);
        return changed.IsOk ? outcomes
            : rows.Count == 1 ? [(rows[0], changed.Error!)]
            : [.. await PutPartAsync(rows[..(rows.Count / 2)]), .. await PutPartAsync(rows[(rows.Count / 2)..])];
    }

    /// <summary>Who names a record that stands in the file and does not come in either is told so: both may wait for each other.</summary>
    private static Error Named(Error error, Row row, Dictionary<string, long> together) => error.Fields.Count == 0 ? error : Error.Of(
    [
        .. error.Fields.Select(f => Unknown.Contains(f.Code) && Text(row.Body, f.Field) is { } named && together.TryGetValue(named, out var other)
            ? f with { Detail = $"{f.Detail} Row {other} of the file puts it and does not come in either: it names something that is not there, or this row in turn." }
            : f),
    ]);

    private static void Note(ImportChunk chunk, Row row, Result<PutOutcome> outcome)
    {
        if (outcome.Error is { } error)
        {
            chunk.Rejected(row.No, error, row.Raw);
        }
        else if (outcome.Value == PutOutcome.Created)
        {
            chunk.Created();
        }
        else if (outcome.Value == PutOutcome.Corrected)
        {
            chunk.Corrected(row.No);
        }
        else
        {
            chunk.Unchanged(row.No);
        }
    }

    private void Write(SqlSession session, ImportChunk chunk, List<Row> rows, bool isRetry)
    {
        ImportTable.PutRows(session, job, chunk.Results);
        if (isRetry)
        {
            var listed = chunk.Results.Select(r => r.Row).ToHashSet();
            ImportTable.PutRows(session, job, rows.Where(r => !listed.Contains(r.No)).Select(r => new ImportRowResult(r.No, ImportRowResult.Created, [], null)));
        }
        ImportTable.Advance(session, job, isRetry ? chunk.CountsOfRetry : chunk.Counts, chunk.BytesRead);
    }

    private Row Read(ImportLine line, ImportLines lines)
    {
        var raw = line.Raw;
        if (line.Broken is not null)
        {
            return new Row(line.Row, "", "", default, raw, line.Broken);
        }
        if (line.Cells is not null)
        {
            return Read(line.Row, lines.ToJson(line, Lists), raw);
        }
        try
        {
            using var document = JsonDocument.Parse(raw, new JsonDocumentOptions { MaxDepth = Limits.JsonDepth, AllowDuplicateProperties = false });
            return UnicodeTexts.Check(document.RootElement) is { } broken
                ? new Row(line.Row, "", "", default, raw, broken.Fields.Count > 0 ? broken : RowErrors.Malformed(broken.Detail))
                : Read(line.Row, document.RootElement.Clone(), raw);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair in a name: JSON can write it and no text can hold it.
            return new Row(line.Row, "", "", default, raw, new Error(ErrorCodes.RowMalformed, "A field's name is not Unicode text."));
        }
        catch (JsonException failure)
        {
            return new Row(line.Row, "", "", default, raw, RowErrors.Of<JsonElement>(failure));
        }
    }

    /// <summary>Takes the key out of the row: the rest is the body that a PUT would have.</summary>
    private Row Read(long no, JsonElement body, string raw)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return new Row(no, "", "", default, raw, RowErrors.Malformed("A JSON object is expected."));
        }
        var source = Text(body, "source") is { Length: > 0 } own ? own : job.Source;
        var externalId = slice.HasExternalId ? Text(body, "external_id") ?? "" : "";
        var rest = JsonSerializer.SerializeToElement(body.EnumerateObject()
            .Where(p => p.Name != "source" && (p.Name != "external_id" || !slice.HasExternalId))
            .ToDictionary(p => p.Name, p => p.Value));
        return new Row(no, source, externalId, rest, raw, Keys.Check("source", source));
    }

    private static string? Text(JsonElement body, string field) => Forms.At(body, field) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : value.ValueKind == JsonValueKind.Number ? value.GetRawText() : null;

    private sealed record Row(long No, string Source, string ExternalId, JsonElement Body, string Raw, Error? Error);
}
