using System.Runtime.CompilerServices;
using static Spm.Client.SpmPaging;

namespace Spm.Client;

/// <summary>Streams files of rows to the platform and follows the job. Nothing is held in memory on either side.</summary>
public sealed class ImportsClient
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan SlowestPoll = TimeSpan.FromSeconds(1);

    private readonly SpmTransport _transport;

    internal ImportsClient(SpmTransport transport) => _transport = transport;

    /// <summary>Sends a file and waits for the job. CSV or NDJSON by the file's extension.</summary>
    /// <param name="delimiter">Of a CSV file: one character; a comma when left out.</param>
    public async Task<ImportJob> ImportFileAsync(
        string entity, string source, string file, IProgress<ImportProgress>? progress = null, string? delimiter = null, CancellationToken ct = default)
    {
        await using var stream = File.OpenRead(file);
        var content = new UploadContent(stream, MediaTypeOf(file), progress);
        return await ImportAsync(entity, source, content, progress, delimiter, ct);
    }

    /// <summary>Sends rows as they are produced and waits for the job.</summary>
    public Task<ImportJob> ImportRowsAsync<T>(
        string entity, string source, IEnumerable<T> rows, IProgress<ImportProgress>? progress = null, CancellationToken ct = default) =>
        ImportAsync(entity, source, new RowsContent<T>(rows), progress, null, ct);

    /// <summary>Sends the content and returns the queued job without waiting for it.</summary>
    public Task<ImportJob> StartAsync(
        string entity, string source, HttpContent content, string? idempotencyKey = null, string? delimiter = null, CancellationToken ct = default) =>
        _transport.UploadAsync<ImportJob>(Query("v1/imports", ("entity", entity), ("source", source), ("delimiter", delimiter)), content, idempotencyKey, ct);

    public Task<ImportJob> GetAsync(string id, CancellationToken ct = default) =>
        _transport.GetAsync<ImportJob>($"v1/imports/{Segment(id)}", ct);

    /// <summary>Polls until the job has finished, at first often and then once a second.</summary>
    public async Task<ImportJob> WaitAsync(string id, IProgress<ImportProgress>? progress = null, CancellationToken ct = default)
    {
        var pause = FirstPoll;
        while (true)
        {
            var job = await GetAsync(id, ct);
            progress?.Report(new ImportProgress(ImportPhase.Loading, job.IsFinished ? 1 : job.Progress, job));
            if (job.IsFinished)
                return job;
            await Task.Delay(pause, ct);
            pause = pause * 1.5 < SlowestPoll ? pause * 1.5 : SlowestPoll;
        }
    }

    public IAsyncEnumerable<ImportRow> RejectedAsync(string id, CancellationToken ct = default) =>
        _transport.PagesAsync<ImportRow>($"v1/imports/{Segment(id)}/rows?status=rejected", ct);

    /// <summary>Sends one rejected row again, corrected.</summary>
    public Task<ImportRow> CorrectRowAsync<T>(string id, long row, T corrected, CancellationToken ct = default)
        where T : notnull =>
        _transport.PutAsync<ImportRow>($"v1/imports/{Segment(id)}/rows/{row}", corrected, ct);

    /// <summary>Tries all rejected rows again as they stand, say once the missing reps have been loaded.</summary>
    public Task<ImportJob> RetryAsync(string id, CancellationToken ct = default) =>
        _transport.PostOnceAsync<ImportJob>($"v1/imports/{Segment(id)}/retry", null, null, ct);

    /// <summary>Every row's outcome, one JSON line each, as the platform streams it.</summary>
    public async IAsyncEnumerable<string> ResultLinesAsync(string id, [EnumeratorCancellation] CancellationToken ct = default)
    {
        using var response = await _transport.OpenAsync($"v1/imports/{Segment(id)}/results", ct);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(ct));
        while (await reader.ReadLineAsync(ct) is { } line)
            yield return line;
    }

    /// <summary>The media type the platform expects for a file of this name.</summary>
    public static string MediaTypeOf(string file) =>
        Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".csv" => "text/csv",
            ".ndjson" or ".jsonl" => "application/x-ndjson",
            var other => throw new ArgumentException($"'{other}' is neither .ndjson, .jsonl nor .csv."),
        };

    private async Task<ImportJob> ImportAsync(
        string entity, string source, HttpContent content, IProgress<ImportProgress>? progress, string? delimiter, CancellationToken ct)
    {
        var job = await StartAsync(entity, source, content, idempotencyKey: null, delimiter, ct);
        return await WaitAsync(job.Id, progress, ct);
    }
}
