using System.Security.Cryptography;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Conformance.Support;
using Spm.Connectors.Hosting.Sync;

namespace Spm.Connectors.Tests.Salesforce;

/// <summary>Who the connector says it is, how much it may ask, and what refusals mean.</summary>
public sealed class SalesforceSessionTests
{
    private static SalesforceOrg Org(Bench bench) => ((SalesforceVendor)bench.Vendor).Org;

    [Fact]
    public async Task A_connection_opens_one_session()
    {
        await using var bench = await Bench.StartAsync(new SalesforceSubject());
        bench.Vendor.Fill("users", 250);
        var account = await (await bench.OpenAsync()).CheckAsync(CancellationToken.None);
        Assert.Equal("Acme", account.Name);
        await bench.ReadAsync("users", null);
        Assert.Equal(2, Org(bench).Sessions);
    }

    [Fact]
    public async Task A_session_that_ends_in_between_is_opened_again_and_nothing_is_lost()
    {
        await using var bench = await Bench.StartAsync(new SalesforceSubject());
        bench.Vendor.Fill("opportunities", 250);
        var store = new MemoryStore { Before = _ => Org(bench).EndSession() };
        var run = await bench.SyncAsync(store, bench.Manifest.Stream("opportunities")!, StreamState.New);
        Assert.True(run.Status == RunStatus.Complete, run.Streams[0].Error?.ToString());
        Assert.Equal(250, store.Records("opportunities").Count);
        Assert.True(Org(bench).Sessions > 2);
    }

    [Fact]
    public async Task A_session_that_is_over_at_once_again_is_refused_credentials()
    {
        await using var bench = await Bench.StartAsync(new SalesforceSubject());
        var over = StubFault.Of(401, """[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]""");
        // The token is given, and nothing that bears it is taken.
        bench.Vendor.Server!.Fail(null, over, null, over);
        Assert.Equal(ErrorKind.Auth, (await bench.ReadAsync("users", null)).Error!.Kind);
        Assert.Equal(2, Org(bench).Sessions);
    }

    [Theory]
    [InlineData("wrong-secret-0001", ErrorKind.Auth)]
    [InlineData(null, ErrorKind.Config)]
    public async Task A_secret_that_is_wrong_is_refused_and_one_that_is_missing_is_named(string? secret, ErrorKind kind)
    {
        await using var bench = await Bench.StartAsync(new SalesforceSubject(("client_secret", secret)));
        var error = (await bench.ReadAsync("users", null)).Error!;
        Assert.Equal(kind, error.Kind);
        Assert.DoesNotContain("wrong-secret-0001", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_private_key_the_app_signs_for_its_user()
    {
        using var key = RSA.Create(2048);
        await using var bench = await Bench.StartAsync(new SalesforceSubject(("client_secret", null), ("private_key", key.ExportPkcs8PrivateKeyPem()), ("username", "spm@acme.example")));
        bench.Vendor.Fill("users", 3);
        Org(bench).Key = key;
        Assert.Null((await bench.ReadAsync("users", null)).Error);

        using var other = RSA.Create(2048);
        Org(bench).Key = other;
        Assert.Equal(ErrorKind.Auth, (await bench.ReadAsync("users", null)).Error!.Kind);
    }

    [Fact]
    public async Task A_private_key_that_is_none_is_a_mistake_of_the_configuration()
    {
        await using var bench = await Bench.StartAsync(new SalesforceSubject(("private_key", "-----BEGIN NOTHING-----"), ("username", "spm@acme.example")));
        var error = (await bench.ReadAsync("users", null)).Error!;
        Assert.Equal((ErrorKind.Config, "/private_key"), (error.Kind, error.Field));
    }

    [Theory]
    [InlineData("https://acme.my.salesforce.com.evil.example")]
    [InlineData("http://acme.my.salesforce.com")]
    [InlineData("https://acme.my.salesforce.com:8443")]
    public async Task A_token_goes_to_no_host_that_the_manifest_does_not_allow(string instance)
    {
        await using var bench = await Bench.StartAsync(new SalesforceSubject());
        Org(bench).Instance = instance;
        var error = (await bench.ReadAsync("users", null)).Error!;
        Assert.Equal(ErrorKind.Config, error.Kind);
        Assert.Contains("does not allow", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_that_is_no_address_is_the_vendors_bug()
    {
        await using var bench = await Bench.StartAsync(new SalesforceSubject());
        Org(bench).Instance = "nowhere";
        Assert.Equal(ErrorKind.RemoteBug, (await bench.ReadAsync("users", null)).Error!.Kind);
    }

    [Fact]
    public async Task From_its_share_of_the_quota_on_the_connector_waits()
    {
        await using var bench = await Bench.StartAsync(new SalesforceSubject(("quota_percent", 50)));
        bench.Vendor.Fill("users", 450);
        Org(bench).Quota = 8;
        var (messages, error) = await bench.ReadAsync("users", null);
        Assert.Equal((ErrorKind.RateLimited, TimeSpan.FromHours(1)), (error!.Kind, error.RetryAfter));
        // Half of eight calls: the description, and three pages.
        Assert.Equal(300, messages.OfType<SourceRecord>().Count());
    }

    [Theory]
    [InlineData(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", ErrorKind.RateLimited, 3600)]
    [InlineData(403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded.", ErrorKind.RateLimited, 30)]
    [InlineData(403, "API_DISABLED_FOR_ORG", "", ErrorKind.Permission, null)]
    [InlineData(400, "INVALID_FIELD", "", ErrorKind.SchemaChanged, null)]
    [InlineData(400, "INVALID_TYPE", "", ErrorKind.SchemaChanged, null)]
    [InlineData(400, "UNABLE_TO_LOCK_ROW", "", ErrorKind.Transient, null)]
    [InlineData(400, "QUERY_TIMEOUT", "", ErrorKind.Transient, null)]
    [InlineData(400, "INVALID_QUERY_LOCATOR", "", ErrorKind.Transient, null)]
    [InlineData(400, "INVALID_REPLICATION_DATE", "", ErrorKind.CursorExpired, null)]
    [InlineData(400, "MALFORMED_QUERY", "", ErrorKind.Internal, null)]
    [InlineData(401, "INVALID_AUTH_HEADER", "", ErrorKind.Auth, null)]
    public async Task An_error_is_what_its_code_says(int status, string code, string message, ErrorKind kind, int? seconds)
    {
        await using var bench = await Bench.StartAsync(new SalesforceSubject());
        bench.Vendor.Server!.Fail(null, StubFault.Of(status, $$"""[{"message":"{{message}}","errorCode":"{{code}}"}]"""));
        var error = (await bench.ReadAsync("users", null)).Error!;
        Assert.Equal((kind, seconds), (error.Kind, (int?)error.RetryAfter?.TotalSeconds));
    }

    [Theory]
    [InlineData("invalid_client_id", ErrorKind.Auth)]
    [InlineData("inactive_org", ErrorKind.Auth)]
    [InlineData("unknown_error", ErrorKind.Transient)]
    [InlineData("rate_limit_exceeded", ErrorKind.RateLimited)]
    public async Task A_token_that_is_not_given_is_about_credentials_unless_it_is_said_otherwise(string said, ErrorKind kind)
    {
        await using var bench = await Bench.StartAsync(new SalesforceSubject());
        bench.Vendor.Server!.Fail(StubFault.Of(400, $$"""{"error":"{{said}}","error_description":"…"}"""));
        Assert.Equal(kind, (await bench.ReadAsync("users", null)).Error!.Kind);
    }
}
