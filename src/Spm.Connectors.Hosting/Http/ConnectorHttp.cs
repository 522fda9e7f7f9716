using System.Security.Cryptography.X509Certificates;

namespace Spm.Connectors.Hosting.Http;

/// <summary>
/// Makes the HttpClient of a connection. From the connector to the wire: allow-list, resilience, rate limit (so that retries count too),
/// log, recording, the bounds of an answer, and a socket that reaches public addresses alone. Redirects are not followed: a vendor that sends one is asked there
/// only if the connector does it itself, through the allow-list. There are no cookies and no proxy of the machine.
/// </summary>
public static class ConnectorHttp
{
    /// <param name="log">Already redacting.</param>
    /// <param name="recorder">Writes down what goes over the wire, or answers from what was written down.</param>
    /// <param name="certificate">Shown to whoever asks for one, at every host of the manifest.</param>
    public static HttpClient Create(
        ConnectorManifest manifest, Uri baseAddress, TimeProvider clock, IConnectorLog log,
        ConnectorHttpOptions? options = null, DelegatingHandler? recorder = null, ClientCertificate? certificate = null)
    {
        options ??= new ConnectorHttpOptions();
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (!options.AllowPrivateAddresses)
        {
            sockets.ConnectCallback = PrivateAddresses.ConnectAsync;
        }
        sockets.SslOptions.ClientCertificateContext = certificate?.Context();
        if (options.TrustedRoots is { } roots)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(roots);
            sockets.SslOptions.CertificateChainPolicy = policy;
        }
        HttpMessageHandler handler = Over(new AnswerHandler(options, clock), sockets);
        handler = recorder is null ? handler : Over(recorder, handler);
        handler = Over(new LogHandler(log), handler);
        var limits = manifest.Streams.Select(s => (s.RateLimit, Stream: (string?)s.Name)).Append((manifest.RateLimit, null));
        foreach (var (limit, stream) in limits.Where(l => l.RateLimit is not null))
        {
            handler = Over(new RateLimitHandler(limit!, clock, stream), handler);
        }
        handler = Over(new ResilienceHandler(options, clock, log), handler);
        handler = Over(new AllowListHandler(manifest.AllowedHosts, baseAddress), handler);
        // Attempts have their own timeout; the client's would cut a wait that the vendor asked for.
        return new HttpClient(handler) { BaseAddress = baseAddress, Timeout = Timeout.InfiniteTimeSpan };
    }

    private static DelegatingHandler Over(DelegatingHandler outer, HttpMessageHandler inner)
    {
        outer.InnerHandler = inner;
        return outer;
    }
}
