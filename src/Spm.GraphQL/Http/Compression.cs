using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Spm.GraphQL.Http;

/// <summary>Compresses responses for clients who take that. Events and messages of WebSockets are short, and go as they are.</summary>
internal static class Compression
{
    private const string Brotli = "br";
    private const string GZip = "gzip";

    /// <summary>What the client would rather have; null where it takes neither.</summary>
    public static string? Of(HttpRequest request)
    {
        var header = request.Headers.AcceptEncoding;
        return header.Count > 0 && StringWithQualityHeaderValue.TryParseList(header, out var accepted)
            ? accepted.Where(a => a.Quality is not 0 && (Is(a, Brotli) || Is(a, GZip))).OrderByDescending(a => a.Quality ?? 1).ThenBy(a => a.Value.Length).FirstOrDefault()?.Value.Value
            : null;
    }

    public static async Task WriteAsync(HttpResponse response, string encoding, ReadOnlyMemory<byte> body)
    {
        response.Headers.ContentEncoding = encoding;
        var output = response.BodyWriter.AsStream(leaveOpen: true);
        Stream stream = encoding.Equals(Brotli, StringComparison.OrdinalIgnoreCase)
            ? new BrotliStream(output, CompressionLevel.Fastest)
            : new GZipStream(output, CompressionLevel.Fastest);
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(body, response.HttpContext.RequestAborted).ConfigureAwait(false);
        }
    }

    private static bool Is(StringWithQualityHeaderValue accepted, string encoding) => accepted.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase);
}
