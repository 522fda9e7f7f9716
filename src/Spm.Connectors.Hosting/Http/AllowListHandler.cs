namespace Spm.Connectors.Hosting.Http;

/// <summary>Lets a call through only to the hosts of the manifest, and to the one that the host itself put in the place of the vendor's.</summary>
internal sealed class AllowListHandler(IReadOnlyList<string> allowed, Uri baseAddress) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri!;
        var own = uri.Host == baseAddress.Host && uri.Port == baseAddress.Port && uri.Scheme == baseAddress.Scheme;
        if (own || (uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort && HostNames.Match(allowed, uri.Host)))
        {
            return base.SendAsync(request, cancellationToken);
        }
        throw new ConnectorException(ErrorKind.Config, $"The manifest does not allow {uri.Scheme}://{uri.Authority}.");
    }
}
