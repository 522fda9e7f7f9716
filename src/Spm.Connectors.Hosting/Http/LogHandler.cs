using System.Diagnostics;

namespace Spm.Connectors.Hosting.Http;

/// <summary>One line a call: method, path without query, status, time. Headers and bodies are not for logs.</summary>
internal sealed class LogHandler(IConnectorLog log) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            Write($"{(int)response.StatusCode}");
            return response;
        }
        catch (Exception e)
        {
            Write(e.GetType().Name);
            throw;
        }

        void Write(string outcome) => log.Write(
            LogLevel.Debug, $"{request.Method} {request.RequestUri!.AbsolutePath} {outcome} {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
    }
}
