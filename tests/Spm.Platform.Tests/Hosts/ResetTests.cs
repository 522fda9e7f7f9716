using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Spm.Client;
using Spm.Platform.Credentials;
using Spm.Platform.Hosts;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Hosts;

/// <summary>
/// A process that ends between accepting a connection and the client's look at it: the handler lets the socket's own exception out, not within an
/// HttpRequestException. Nothing was sent.
/// </summary>
public sealed class ResetTests
{
    [Fact]
    public async Task A_request_to_a_host_that_resets_the_connection_can_be_handed_on_again()
    {
        using var forwarder = new RequestForwarder(new Resetting());
        var http = new DefaultHttpContext();
        http.Request.Method = HttpMethods.Post;
        Assert.False(await forwarder.TryAsync(http, "http://127.0.0.1:1"));
    }

    [Fact]
    public async Task An_issuer_that_resets_the_connection_cannot_be_reached()
    {
        using var http = new HttpClient(new Resetting());
        using var issuer = new DiscoveredIssuer(TokenSettings.Default with { Authority = new Uri("https://issuer.example") }, http, new ManualClock());
        var unavailable = await Assert.ThrowsAsync<IssuerUnavailableException>(async () => await issuer.KeysAsync("k1"));
        Assert.Contains("https://issuer.example", unavailable.Message);
    }

    /// <summary>The command line tells what its client tells.</summary>
    [Fact]
    public async Task A_platform_that_resets_the_connection_cannot_be_reached_by_its_client()
    {
        using var http = new HttpClient(new Resetting()) { BaseAddress = new Uri("http://127.0.0.1:1") };
        using var client = new SpmClient(http, "spm_key");
        var unreachable = await Assert.ThrowsAsync<HttpRequestException>(() => client.Calendar.GetAsync());
        Assert.Equal(HttpRequestError.ConnectionError, unreachable.HttpRequestError);
    }

    private sealed class Resetting : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromException<HttpResponseMessage>(new SocketException((int)SocketError.NotConnected));
    }
}
