using System.Net;

namespace Spm.Connectors.Hosting.Http;

/// <summary>
/// Bounds the content of every answer, as it is after decompression: in length, unless the connector reads it as a stream and says so
/// (<see cref="ConnectorContext.Streamed"/>), and in time. A vendor, or who sits in its place, ends a run and not the host.
/// </summary>
internal sealed class AnswerHandler(ConnectorHttpOptions options, TimeProvider clock) : DelegatingHandler
{
    private static readonly HttpRequestOptionsKey<object?> Streamed = new(ConnectorContext.Streamed);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var streamed = request.Options.TryGetValue(Streamed, out var said) && said is true;
        response.Content = new Bounded(
            response.Content, options.AnswerBytes,
            open => new AnswerStream(open, $"{request.Method} {request.RequestUri!.AbsolutePath}", streamed, options, clock));
        return response;
    }

    /// <summary>The content of an answer, read by way of an <see cref="AnswerStream"/>.</summary>
    private sealed class Bounded : HttpContent
    {
        private readonly HttpContent _answer;
        private readonly Func<Stream, AnswerStream> _bound;
        private AnswerStream? _stream;

        public Bounded(HttpContent answer, long most, Func<Stream, AnswerStream> bound)
        {
            (_answer, _bound) = (answer, bound);
            foreach (var (name, values) in answer.Headers.NonValidated)
            {
                Headers.TryAddWithoutValidation(name, values);
            }
            if (Headers.ContentLength > most)
            {
                // Who buffers makes room for as much as is announced.
                Headers.ContentLength = null;
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override async Task<Stream> CreateContentReadStreamAsync() => await OpenAsync(CancellationToken.None).ConfigureAwait(false);

        protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) => await OpenAsync(cancellationToken).ConfigureAwait(false);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        /// <summary>Whoever buffers holds all of it, whatever was said.</summary>
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            var open = await OpenAsync(cancellationToken).ConfigureAwait(false);
            open.IsHeld = true;
            await open.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _stream?.Dispose();
                _answer.Dispose();
            }
            base.Dispose(disposing);
        }

        /// <summary>One for all who ask: what was read counts, though one of them has failed.</summary>
        private async ValueTask<AnswerStream> OpenAsync(CancellationToken cancellationToken) =>
            _stream ??= _bound(await _answer.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
    }
}
