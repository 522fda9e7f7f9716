using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Spm.Platform.Graph;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Imports;

public sealed record ImportView(
    string Id, string Entity, string Source, ImportStatus Status, ImportCounts Rows, ImportBytesView Bytes, double Progress, ImportErrorView? Error, string CreatedAt, string? FinishedAt) : INode
{
    public static ImportView Of(ImportJob job) => new(
        job.Id,
        job.Entity,
        job.Source,
        job.Status,
        job.Rows,
        new ImportBytesView(job.BytesTotal, job.BytesRead),
        job.Status == ImportStatus.Succeeded ? 1 : job.BytesTotal == 0 ? 0 : Math.Round((double)job.BytesRead / job.BytesTotal, 4),
        job.ErrorCode is null ? null : new ImportErrorView(job.ErrorCode, job.ErrorDetail ?? ""),
        Wire.Instant(job.CreatedAt),
        job.FinishedAt is { } at ? Wire.Instant(at) : null);
}

public sealed record ImportBytesView(long Total, long Read);

public sealed record ImportErrorView(string Code, string Detail);

/// <param name="Row">Counted from 1, without the header and blank lines.</param>
/// <param name="Raw">The row as it was sent.</param>
public sealed record ImportRowView(long Row, string Status, IReadOnlyList<FieldError> Errors, string? Raw)
{
    public static ImportRowView Of(ImportRowResult row) => new(row.Row, row.Status, row.Errors, row.Raw);
}

public sealed class ImportEndpoints(ImportCommands commands, ImportQueries queries, SpmStore store, IdempotentAnswers answers) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/imports", (Delegate)StartAsync)
            .Operation("startImport", "Imports", "Takes a file of rows (NDJSON or CSV) and works it off in the background; records need configuration.write.", Scopes.TransactionsWrite, ErrorCodes.EntityUnknown, ErrorCodes.ParameterInvalid, ErrorCodes.MediaTypeUnsupported, ErrorCodes.PayloadTooLarge)
            .Parameters(("entity", "transactions, reps, territories, accounts, quotas, measures, plans or fx_rates."), ("source", "The system the rows come from, where a row does not say."), ("delimiter", "Of CSV: , ; | or tab; , when left out."))
            .Accepts<string>("application/x-ndjson", "text/csv").Answers<ImportView>(202).IdempotentByItself();
        routes.MapGet("/v1/imports", (Delegate)List)
            .Operation("listImports", "Imports", "Import jobs, newest first.", Scopes.TransactionsRead, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid).Paged().Answers<Page<ImportView>>();
        routes.MapGet("/v1/imports/{id}", (string id, HttpContext http) => Answer.Of(commands.Find(http.Caller(), id), ImportView.Of))
            .Operation("getImport", "Imports", "A job's status, counts and progress.", Scopes.TransactionsWrite, ErrorCodes.NotFound).Answers<ImportView>();
        routes.MapGet("/v1/imports/{id}/rows", ListRows)
            .Operation("listImportRows", "Imports", "Rows that were not simply created, with why.", Scopes.TransactionsWrite, ErrorCodes.NotFound, ErrorCodes.CursorInvalid)
            .Paged(("status", "rejected, corrected or unchanged; all three when left out.")).Answers<Page<ImportRowView>>();
        routes.MapGet("/v1/imports/{id}/results", ResultsAsync)
            .Operation("getImportResults", "Imports", "The outcome of every row of a finished job, one JSON object a line.", Scopes.TransactionsWrite, ErrorCodes.NotFound, ErrorCodes.ImportRunning).Produces<string>(200, "application/x-ndjson");
        routes.MapPut("/v1/imports/{id}/rows/{row}", CorrectAsync)
            .Operation("correctImportRow", "Imports", "Puts a corrected row in the place of a rejected one.", Scopes.TransactionsWrite, ErrorCodes.ImportRowUnknown, ErrorCodes.ImportRunning)
            .Reads<object>().Answers<ImportRowView>();
        routes.MapPost("/v1/imports/{id}/retry", RetryAsync)
            .Operation("retryImport", "Imports", "Tries all rejected rows again as they stand.", Scopes.TransactionsWrite, ErrorCodes.NotFound, ErrorCodes.ImportRunning, ErrorCodes.ImportFailed).Answers<ImportView>(202).Idempotent();
    }

    private async Task<IResult> StartAsync(HttpContext http)
    {
        var (entity, source, delimiter) = (http.Parameter("entity"), http.Parameter("source"), http.Parameter("delimiter") ?? ",");
        if (commands.Check(http.Caller(), entity, source, delimiter) is { } refusal)
        {
            return Answer.Problem(refusal);
        }
        ImportFormat? format = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) ? type.MediaType.Value?.ToLowerInvariant() switch
        {
            "application/x-ndjson" or "application/ndjson" or "application/jsonl" => ImportFormat.Ndjson,
            "text/csv" => ImportFormat.Csv,
            _ => null,
        } : null;
        if (format is null)
        {
            return Answer.Problem(new Error(ErrorCodes.MediaTypeUnsupported, "Send application/x-ndjson or text/csv."));
        }
        var key = IdempotencyKey.Of(http);
        if (!key.IsOk)
        {
            return Answer.Problem(key.Error!);
        }
        // A body that was read to be handed on, and came back with the tenant, is a small one.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = Limits.ImportBytes + 1;
        }
        return key.Value is null
            ? await QueueAsync(http, await commands.ReceiveAsync(http.Caller(), entity!, source!, format.Value, delimiter, http.Request.Body, null, http.RequestAborted))
            : await StartOnceAsync(http, key.Value, hash => commands.ReceiveAsync(http.Caller(), entity!, source!, format.Value, delimiter, http.Request.Body, hash, http.RequestAborted));
    }

    /// <summary>The job and the answer to its key are one commit. The file is hashed as it comes in and is never in memory.</summary>
    private async Task<IResult> StartOnceAsync(HttpContext http, IdempotencyKey key, Func<IncrementalHash, Task<Result<ImportUpload>>> receive)
    {
        if (!answers.TryEnter(key))
        {
            return IdempotentAnswers.InUse();
        }
        try
        {
            using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            sha.AppendData(Encoding.UTF8.GetBytes($"{http.Request.QueryString} {http.Request.ContentType}\n"));
            var upload = await receive(sha);
            var hash = sha.GetHashAndReset();
            if (upload.IsOk && answers.Answered(key, hash) is { } answered)
            {
                commands.Drop(upload.Value);
                return answered;
            }
            return await QueueAsync(http, upload, (session, job) => answers.Keep(
                session,
                key,
                hash,
                StatusCodes.Status202Accepted,
                new Dictionary<string, string> { ["Content-Type"] = "application/json; charset=utf-8", ["Location"] = Location(job) },
                JsonSerializer.SerializeToUtf8Bytes(ImportView.Of(job), Json.Options)));
        }
        finally
        {
            answers.Leave(key);
        }
    }

    private async Task<IResult> QueueAsync(HttpContext http, Result<ImportUpload> upload, Action<SqlSession, ImportJob>? also = null)
    {
        if (!upload.IsOk)
        {
            return Answer.Problem(upload.Error!);
        }
        var job = await commands.QueueAsync(upload.Value, also);
        return http.Accepted(ImportView.Of(job), Location(job));
    }

    private static string Location(ImportJob job) => $"/v1/imports/{job.Id}";

    private IResult List(HttpContext http)
    {
        var seek = http.Seek(ImportQueries.Keys);
        return seek.Error is { } refusal
            ? Answer.Problem(refusal)
            : http.Page(ImportQueries.Keys, queries.List(http.Caller(), seek.Value), ImportView.Of);
    }

    private IResult ListRows(string id, HttpContext http)
    {
        var (job, seek) = (commands.Find(http.Caller(), id), http.Seek(ImportQueries.RowKeys));
        return (job.Error ?? seek.Error) is { } refusal
            ? Answer.Problem(refusal)
            : http.Page(ImportQueries.RowKeys, queries.Rows(http.Caller(), id, http.Parameter("status"), seek.Value), ImportRowView.Of);
    }

    private async Task ResultsAsync(string id, HttpContext http)
    {
        var job = commands.Find(http.Caller(), id);
        if (!job.IsOk)
        {
            await Answer.Problem(job.Error!).ExecuteAsync(http);
            return;
        }
        if (job.Value.IsUnfinished)
        {
            // Rows that wait for others would be left out, or taken for created.
            await Answer.Problem(new Error(ErrorCodes.ImportRunning, $"Import {id} has not finished.")).ExecuteAsync(http);
            return;
        }
        http.Response.ContentType = "application/x-ndjson";
        await using var writer = new StreamWriter(http.Response.Body, bufferSize: 1 << 16);
        long next = 1;
        long after = 0;
        while (true)
        {
            var page = store.Read(s => ImportTable.Rows(s, job.Value, null, new Seek<long>(after, Limits.MaxPageSize)));
            foreach (var row in page)
            {
                next = await WriteCreatedAsync(writer, next, row.Row);
                await writer.WriteLineAsync(JsonSerializer.Serialize(new { row = row.Row, status = row.Status, errors = row.Errors }, Json.Options));
                next = row.Row + 1;
            }
            if (page.Count < Limits.MaxPageSize)
            {
                await WriteCreatedAsync(writer, next, job.Value.Rows.Read + 1);
                return;
            }
            after = page[^1].Row;
        }
    }

    private static async Task<long> WriteCreatedAsync(StreamWriter writer, long from, long to)
    {
        for (; from < to; from++)
        {
            await writer.WriteLineAsync($"{{\"row\":{from},\"status\":\"created\"}}");
        }
        return from;
    }

    private async Task<IResult> CorrectAsync(string id, long row, HttpContext http)
    {
        var body = await http.ReadJsonAsync();
        return body.IsOk ? Answer.Of(await commands.CorrectAsync(http.Caller(), id, row, body.Value), ImportRowView.Of) : Answer.Problem(body.Error!);
    }

    private async Task<IResult> RetryAsync(string id, HttpContext http)
    {
        var job = await commands.RetryAsync(http.Caller(), id);
        return job.IsOk ? http.Accepted(ImportView.Of(job.Value), Location(job.Value)) : Answer.Problem(job.Error!);
    }
}
