using System.Net;
using System.Text;
using Spm.Connectors.Conformance.Support;
using Spm.Connectors.Hosting.Secrets;

namespace Spm.Connectors.Tests.Sessions;

/// <summary>The rules of a session that ends, against a vendor that takes one token at a time.</summary>
public sealed class SessionHandlerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Vendor _vendor = new();
    private readonly HttpClient _client;
    private int _opened;

    public SessionHandlerTests()
    {
        var context = ContextOf(_vendor);
        _client = SessionHandler.Client(context, new SessionHandler(context, OpenAsync));
    }

    /// <summary>What happens while a session is opened.</summary>
    private Func<CancellationToken, Task> Opening { get; set; } = _ => Task.CompletedTask;

    public void Dispose()
    {
        _client.Dispose();
        _vendor.Dispose();
    }

    [Fact]
    public async Task One_session_serves_every_call_while_it_lasts()
    {
        await _client.GetAsync("/one");
        await _client.GetAsync("/two");
        Assert.Equal(["1 /one", "1 /two"], _vendor.Calls);
    }

    [Fact]
    public async Task A_call_whose_session_is_over_is_sent_again_with_a_new_one()
    {
        await _client.GetAsync("/one");
        _vendor.Good = 2;
        using var answer = await _client.GetAsync("/two");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["1 /one", "1 /two", "2 /two"], _vendor.Calls);
    }

    [Fact]
    public async Task A_call_is_sent_again_once_and_a_second_refusal_is_the_answer()
    {
        _vendor.Good = 9;
        using var answer = await _client.GetAsync("/one");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(["1 /one", "2 /one"], _vendor.Calls);
    }

    [Fact]
    public async Task A_body_that_can_be_read_once_is_sent_again_whole_with_its_headers()
    {
        _vendor.Good = 2;
        using var body = new StreamContent(new OneWay("a body"u8.ToArray())) { Headers = { ContentType = new("text/x-odd") } };
        using var request = new HttpRequestMessage(HttpMethod.Put, "/one") { Content = body, Headers = { { "If-Match", "\"7\"" } } };
        using var answer = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["1 /one text/x-odd a body \"7\"", "2 /one text/x-odd a body \"7\""], _vendor.Calls);
    }

    [Fact]
    public async Task Calls_that_meet_the_end_of_a_session_at_once_open_one_together()
    {
        await _client.GetAsync("/");
        _vendor.Good = 2;
        // Nobody is answered before all have been sent with the old session.
        _vendor.Waits = 3;
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _client.GetAsync("/")));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal(2, _opened);
    }

    [Fact]
    public async Task A_vendor_that_gives_the_same_token_again_is_tried_with_it_again()
    {
        using var vendor = new Vendor { Good = 0 };
        var context = ContextOf(vendor);
        using var client = SessionHandler.Client(context, new SessionHandler(context, _ =>
        {
            vendor.Good = _opened++ == 0 ? 0 : 1;
            return Task.FromResult(new Session("1"));
        }));
        using var answer = await client.GetAsync("/");
        Assert.Equal((HttpStatusCode.OK, 2), (answer.StatusCode, _opened));
    }

    [Fact]
    public async Task A_session_that_could_not_be_opened_ends_the_call_and_the_next_call_asks_anew()
    {
        await _client.GetAsync("/one");
        _vendor.Good = 3;
        Opening = _ => throw new ConnectorException(ErrorKind.Auth, "refused");
        Assert.Equal("refused", (await Assert.ThrowsAsync<ConnectorException>(() => _client.GetAsync("/two"))).Message);
        Opening = _ => Task.CompletedTask;
        using var answer = await _client.GetAsync("/three");
        Assert.Equal(["1 /one", "1 /two", "3 /three"], _vendor.Calls);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_its_session_is_opened_ends_and_one_that_waits_for_it_opens_its_own()
    {
        using var given = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        Opening = cancelled =>
        {
            begun.TrySetResult();
            return Task.Delay(Timeout.Infinite, cancelled);
        };
        var first = _client.GetAsync("/first", given.Token);
        await begun.Task;
        var second = _client.GetAsync("/second", CancellationToken.None);
        Opening = _ => Task.CompletedTask;
        _vendor.Good = 2;
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(Patience));
        using var answer = await second;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["2 /second"], _vendor.Calls);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_waits_for_anothers_session_leaves_that_one_alone()
    {
        using var given = new CancellationTokenSource();
        var opened = new TaskCompletionSource();
        Opening = _ => opened.Task;
        var first = _client.GetAsync("/first", CancellationToken.None);
        var second = _client.GetAsync("/second", given.Token);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Patience));
        opened.SetResult();
        await first;
        Assert.Equal(["1 /first"], _vendor.Calls);
    }

    [Fact]
    public async Task What_a_vendor_calls_the_end_of_a_session_may_be_something_else_and_its_address_another_one()
    {
        var context = ContextOf(_vendor);
        var sessions = new SessionHandler(context, _ => Task.FromResult(new Session($"{++_opened}", new Uri("https://own.example/"))))
        {
            IsOver = (response, _) => ValueTask.FromResult(response.StatusCode == HttpStatusCode.Gone),
        };
        using var client = SessionHandler.Client(context, sessions);
        using var refused = await client.GetAsync("/gone?n=1");
        _vendor.Good = 9;
        using var unauthorized = await client.GetAsync("/one");
        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Unauthorized), (refused.StatusCode, unauthorized.StatusCode));
        Assert.Equal(["1 /gone?n=1", "2 /gone?n=1", "2 /one"], _vendor.Calls);
        Assert.Equal("own.example", unauthorized.RequestMessage!.RequestUri!.Host);
    }

    private static ConnectorContext ContextOf(Vendor vendor) => new()
    {
        Config = ConnectorConfig.Empty,
        Secrets = new NamedSecrets(new Dictionary<string, string>(), []),
        Http = new HttpClient(vendor, disposeHandler: false) { BaseAddress = new Uri("https://vendor.example") },
        Clock = TimeProvider.System,
        Log = new CapturedLog(),
        BaseAddress = new Uri("https://vendor.example"),
    };

    private async Task<Session> OpenAsync(CancellationToken cancellationToken)
    {
        var number = ++_opened;
        await Opening(cancellationToken);
        return new Session($"{number}");
    }

    /// <summary>Takes the calls that bear the good token, and writes down what they say.</summary>
    private sealed class Vendor : HttpMessageHandler
    {
        private readonly TaskCompletionSource _all = new();
        private int _waiting;

        public int Good { get; set; } = 1;

        /// <summary>So many calls are answered together.</summary>
        public int Waits { get; set; }

        public List<string> Calls { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var token = request.Headers.Authorization!.Parameter!;
            var body = request.Content is { } content ? $" {content.Headers.ContentType} {await SentAsync(content, cancellationToken)} {request.Headers.IfMatch}" : "";
            lock (Calls)
            {
                Calls.Add($"{token} {request.RequestUri!.PathAndQuery}{body}");
            }
            if (token == "1" && Waits > 0)
            {
                if (Interlocked.Increment(ref _waiting) == Waits)
                {
                    _all.SetResult();
                }
                await _all.Task;
            }
            var status = request.RequestUri!.AbsolutePath == "/gone" ? HttpStatusCode.Gone : token == $"{Good}" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized;
            return new HttpResponseMessage(status) { RequestMessage = request };
        }

        /// <summary>As it goes over the wire, which keeps nothing of it.</summary>
        private static async Task<string> SentAsync(HttpContent content, CancellationToken cancellationToken)
        {
            using var wire = new MemoryStream();
            await content.CopyToAsync(wire, cancellationToken);
            return Encoding.UTF8.GetString(wire.ToArray());
        }
    }

    /// <summary>A stream that does not go back.</summary>
    private sealed class OneWay(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
