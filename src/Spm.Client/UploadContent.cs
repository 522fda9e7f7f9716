using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Spm.Client;

/// <summary>A file on its way, reporting how much of it has left.</summary>
internal sealed class UploadContent : HttpContent
{
    private const int Chunk = 64 * 1024;

    private readonly Stream _stream;
    private readonly IProgress<ImportProgress>? _progress;

    public UploadContent(Stream stream, string mediaType, IProgress<ImportProgress>? progress)
    {
        _stream = stream;
        _progress = progress;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    protected override Task SerializeToStreamAsync(Stream target, TransportContext? context) =>
        SerializeToStreamAsync(target, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream target, TransportContext? context, CancellationToken ct)
    {
        var buffer = new byte[Chunk];
        long sent = 0;
        int read;
        while ((read = await _stream.ReadAsync(buffer, ct)) > 0)
        {
            await target.WriteAsync(buffer.AsMemory(0, read), ct);
            sent += read;
            _progress?.Report(new ImportProgress(ImportPhase.Sending, (double)sent / Math.Max(_stream.Length, 1), null));
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _stream.Length;
        return true;
    }
}

/// <summary>Rows written as NDJSON straight into the request; their total length is not known beforehand.</summary>
internal sealed class RowsContent<T> : HttpContent
{
    private readonly IEnumerable<T> _rows;

    public RowsContent(IEnumerable<T> rows)
    {
        _rows = rows;
        Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
    }

    protected override Task SerializeToStreamAsync(Stream target, TransportContext? context) =>
        SerializeToStreamAsync(target, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream target, TransportContext? context, CancellationToken ct)
    {
        await using var lines = new StreamWriter(target, bufferSize: 64 * 1024, leaveOpen: true) { NewLine = "\n" };
        foreach (var row in _rows)
            await lines.WriteLineAsync(JsonSerializer.Serialize(row, SpmJson.Options).AsMemory(), ct);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
