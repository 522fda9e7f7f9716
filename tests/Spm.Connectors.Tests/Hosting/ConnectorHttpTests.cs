using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Conformance.Support;
using Spm.Connectors.Hosting.Http;
using Spm.Connectors.Hosting.Secrets;
using Spm.Connectors.Tests.Fake;

namespace Spm.Connectors.Tests.Hosting;

public sealed class ConnectorHttpTests : IAsyncLifetime
{
    private static readonly ConnectorManifest Manifest = new AcmeSubject().Manifest with { AllowedHosts = ["localhost.example"] };
    private readonly CapturedLog _log = new();
    private StubServer _stub = null!;

    public async ValueTask InitializeAsync()
    {
        _stub = await StubServer.StartAsync();
        _stub.Given(Request.Get("/a")).RespondWith(Response.Json("{\"token\":\"abc-secret\"}"));
        _stub.Given(Request.Post("/a")).RespondWith(Response.Json("{}", 201));
    }

    public ValueTask DisposeAsync() => _stub.DisposeAsync();

    private static readonly ConnectorHttpOptions Unbroken = new() { AllowPrivateAddresses = true, Retries = 0 };

    private HttpClient Client(ConnectorHttpOptions? options = null, ConnectorManifest? manifest = null, DelegatingHandler? recorder = null, Uri? address = null) => ConnectorHttp.Create(
        manifest ?? Manifest, address ?? _stub.Address, TimeProvider.System, _log,
        options ?? new ConnectorHttpOptions { AllowPrivateAddresses = true, FirstDelay = TimeSpan.FromMilliseconds(1), AttemptTimeout = TimeSpan.FromSeconds(2) },
        recorder);

    [Fact]
    public async Task A_GET_is_tried_again_after_a_failure()
    {
        _stub.Fail(StubFault.Of(500), StubFault.LostAnswer, StubFault.Of(503));
        Assert.Equal(HttpStatusCode.OK, (await Client().GetAsync("/a")).StatusCode);
        Assert.Equal(4, _stub.Requests.Count);
    }

    [Fact]
    public async Task A_connection_that_is_reset_as_it_is_made_is_a_failure_like_any_other()
    {
        // The handler lets this out as it is, not within an HttpRequestException.
        var reset = new SocketException((int)SocketError.NotConnected);
        using var once = new Failing(reset, times: 1);
        Assert.Equal(HttpStatusCode.OK, (await Client(recorder: once).GetAsync("/a")).StatusCode);
        Assert.Equal(ErrorKind.Transient, HttpFailure.Of(reset).Kind);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("gzip")]
    public async Task An_answer_that_is_too_long_is_a_failure_of_the_vendor_and_not_the_end_of_the_host(string encoding)
    {
        await using var vendor = await RawVendor.StartAsync(encoding, Timeout.InfiniteTimeSpan);
        var bounded = Unbroken with { AnswerBytes = 1024 * 1024 };
        using var client = Client(bounded, address: vendor.Address);
        var buffered = await Assert.ThrowsAsync<ConnectorException>(() => client.GetStringAsync("/a"));
        Assert.Equal((ErrorKind.RemoteBug, "The answer to GET /a is longer than 1 MB, which is the most that is held in memory. Ask for less at once."), (buffered.Kind, buffered.Message));

        // Who reads a stream to its end may hold all of it as well.
        using var response = await client.GetAsync("/a", HttpCompletionOption.ResponseHeadersRead);
        await using var content = await response.Content.ReadAsStreamAsync();
        Assert.Equal(ErrorKind.RemoteBug, (await Assert.ThrowsAsync<ConnectorException>(() => content.CopyToAsync(Stream.Null))).Kind);
    }

    [Fact]
    public async Task An_answer_that_says_it_is_huge_has_no_room_made_for_it()
    {
        await using var vendor = await RawVendor.StartAsync("identity", Timeout.InfiniteTimeSpan, announced: int.MaxValue - 1000);
        using var response = await Client(Unbroken, address: vendor.Address).GetAsync("/a", HttpCompletionOption.ResponseHeadersRead);
        Assert.Null(response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task An_answer_that_is_read_as_a_stream_may_be_of_any_length_unless_it_is_held()
    {
        await using var vendor = await RawVendor.StartAsync("identity", Timeout.InfiniteTimeSpan);
        // By way of a session, too, whose calls are others than the connector's.
        var context = new ConnectorContext
        {
            Config = ConnectorConfig.Empty,
            Secrets = new NamedSecrets(new Dictionary<string, string>(), []),
            Clock = TimeProvider.System,
            Log = _log,
            BaseAddress = vendor.Address,
            Http = Client(Unbroken with { AnswerBytes = 1024 * 1024 }, address: vendor.Address),
        };
        using var client = SessionHandler.Client(context, new SessionHandler(context, _ => Task.FromResult(new Session("token"))));
        using var response = await client.SendAsync(Streamed(), HttpCompletionOption.ResponseHeadersRead);
        await using var content = await response.Content.ReadAsStreamAsync();
        await content.ReadExactlyAsync(new byte[4 * 1024 * 1024]);

        using var held = await client.SendAsync(Streamed(), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(ErrorKind.RemoteBug, (await Assert.ThrowsAsync<ConnectorException>(() => held.Content.ReadAsStringAsync())).Kind);

        static HttpRequestMessage Streamed()
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/a");
            request.Options.Set(new HttpRequestOptionsKey<bool>(ConnectorContext.Streamed), true);
            return request;
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_body_that_comes_byte_by_byte_or_not_at_all_is_not_waited_for()
    {
        foreach (var pause in (TimeSpan[])[TimeSpan.FromMilliseconds(20), TimeSpan.FromMinutes(10)])
        {
            await using var slow = await RawVendor.StartAsync("identity", pause);
            using var client = Client(Unbroken with { AttemptTimeout = TimeSpan.FromMilliseconds(300) }, address: slow.Address);
            Assert.Equal(ErrorKind.Transient, (await Assert.ThrowsAsync<ConnectorException>(() => client.GetStringAsync("/a"))).Kind);
        }
    }

    [Fact]
    public async Task A_POST_that_may_have_been_done_is_not_sent_again()
    {
        _stub.Fail(StubFault.Of(500));
        Assert.Equal(HttpStatusCode.InternalServerError, (await Client().PostAsync("/a", null)).StatusCode);
        _stub.Fail(StubFault.LostAnswer);
        await Assert.ThrowsAsync<HttpRequestException>(() => Client().PostAsync("/a", null));
        Assert.Equal(2, _stub.Requests.Count);
    }

    [Fact]
    public async Task A_POST_that_was_turned_away_is_sent_again_with_its_body()
    {
        _stub.Fail(StubFault.TooMany(0));
        Assert.Equal(HttpStatusCode.Created, (await Client().PostAsync("/a", new StringContent("x"))).StatusCode);
        Assert.Equal(["x", "x"], _stub.Requests.Select(r => r.Body));
    }

    [Fact]
    public async Task A_wait_that_the_vendor_asks_for_is_kept()
    {
        _stub.Fail(StubFault.TooMany(1));
        var start = TimeProvider.System.GetTimestamp();
        await Client().GetAsync("/a");
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromSeconds(0.95));
    }

    [Fact]
    public async Task A_wait_that_is_too_long_is_told_instead()
    {
        _stub.Fail(StubFault.TooMany(3600));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Client().GetAsync("/a")).StatusCode);
    }

    [Fact]
    public async Task A_vendor_that_keeps_failing_is_left_alone_for_a_while()
    {
        var client = Client(new ConnectorHttpOptions { AllowPrivateAddresses = true, Retries = 0, BreakerCalls = 4 });
        _stub.Fail([.. Enumerable.Repeat(StubFault.Of(500), 10)]);
        for (var i = 0; i < 4; i++)
        {
            await client.GetAsync("/a");
        }
        var thrown = await Assert.ThrowsAsync<ConnectorException>(() => client.GetAsync("/a"));
        Assert.Equal(ErrorKind.Transient, thrown.Kind);
        Assert.NotNull(thrown.RetryAfter);
        Assert.Equal(4, _stub.Requests.Count);
    }

    [Theory]
    [InlineData("https://other.example/a")]
    [InlineData("http://localhost.example/a")]
    [InlineData("https://localhost.example:8443/a")]
    [InlineData("http://127.0.0.1:1/a")]
    public async Task Only_the_hosts_of_the_manifest_are_called(string address)
    {
        var thrown = await Assert.ThrowsAsync<ConnectorException>(() => Client().GetAsync(address));
        Assert.Equal(ErrorKind.Config, thrown.Kind);
    }

    [Fact]
    public async Task A_private_address_is_not_called_even_if_its_name_is_allowed()
    {
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => Client(new ConnectorHttpOptions { Retries = 0 }).GetAsync("/a"));
        Assert.Equal(ErrorKind.Config, HttpFailure.Of(thrown).Kind);
        Assert.Empty(_stub.Requests);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:192.168.0.1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("8.8.8.8", false)]
    [InlineData("172.32.0.1", false)]
    [InlineData("2606:4700::1111", false)]
    public void Private_networks_are_known(string address, bool isPrivate) => Assert.Equal(isPrivate, PrivateAddresses.Contains(IPAddress.Parse(address)));

    [Fact]
    public async Task A_redirect_is_an_answer_and_not_followed()
    {
        _stub.Given(Request.Get("/r")).RespondWith(Response.Status(302) with { Headers = new Dictionary<string, string> { ["Location"] = "http://127.0.0.1:1/" } });
        Assert.Equal(HttpStatusCode.Found, (await Client().GetAsync("/r")).StatusCode);
    }

    [Fact]
    public async Task Calls_are_spread_as_the_manifest_says()
    {
        var client = Client(manifest: Manifest with { RateLimit = new RateLimit(2, TimeSpan.FromMilliseconds(300)) });
        var start = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 5; i++)
        {
            await client.GetAsync("/a");
        }
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(580));
    }

    [Fact]
    public void Secrets_are_taken_out_in_every_form()
    {
        var log = new RedactingLog(_log, ["p@ss/word"]);
        log.Write(LogLevel.Info, $"p@ss/word p%40ss%2Fword {Convert.ToBase64String("p@ss/word:x"u8)}");
        Assert.Equal("*** *** ***", Assert.Single(_log.Lines));
    }

    [Fact]
    public async Task The_log_names_no_query()
    {
        await Client().GetAsync("/a?token=abc-secret");
        Assert.DoesNotContain("abc-secret", string.Join('\n', _log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_recorded_without_secrets_can_be_played_again()
    {
        var file = new StringWriter();
        await Client(recorder: new RecordingHandler(file, new RedactingLog(_log, ["abc-secret"]))).GetAsync("/a");
        Assert.DoesNotContain("abc-secret", file.ToString(), StringComparison.Ordinal);

        var replaying = new ReplayingHandler(new StringReader(file.ToString()));
        var client = Client(recorder: replaying);
        var played = await client.GetAsync("/a");
        Assert.Equal("{\"token\":\"***\"}", await played.Content.ReadAsStringAsync());
        Assert.Equal("application/json", played.Content.Headers.ContentType!.MediaType);
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync("/a"));
        Assert.Single(_stub.Requests);
    }

    [Fact]
    public async Task Tokens_that_a_vendor_gives_are_not_written_down()
    {
        _stub.Given(Request.Post("/token")).RespondWith(Response.Json("""{"access_token":"token-1", "refresh_token" : "token-2","scope":"api"}"""));
        var file = new StringWriter();
        using var form = new FormUrlEncodedContent([new("grant_type", "jwt"), new("assertion", "signed.by.key")]);
        await Client(recorder: new RecordingHandler(file, new RedactingLog(_log, []))).PostAsync("/token", form);
        var kept = JsonSerializer.Deserialize<Exchange>(file.ToString())!;
        Assert.Equal("grant_type=jwt&assertion=***", kept.Body);
        Assert.Equal("""{"access_token":"***", "refresh_token" : "***","scope":"api"}""", kept.Answer);
    }

    private sealed class Failing(Exception failure, int times) : DelegatingHandler
    {
        private int _left = times;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _left-- > 0 ? Task.FromException<HttpResponseMessage>(failure) : base.SendAsync(request, cancellationToken);
    }
}
