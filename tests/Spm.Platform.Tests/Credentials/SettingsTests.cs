using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Spm.Host;
using Spm.Platform.Tests.Architecture;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Credentials;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Spm:Bootstrap:ApiKey", "Spm:Bootstrap:ApiKey=short")]
    [InlineData("Spm:Operator:ApiKey", "Spm:Operator:ApiKey=not_ours_at_all_and_long_enough")]
    [InlineData("Spm:Auth:Authority", "Spm:Auth:Authority=http://login.example", "Spm:Auth:Audience=spm")]
    [InlineData("Spm:Auth:Authority", "Spm:Auth:Audience=spm")]
    [InlineData("Spm:Auth:Audience", "Spm:Auth:Authority=https://login.example")]
    [InlineData("Spm:Auth:ClockSkewSeconds", "Spm:Auth:ClockSkewSeconds=3600")]
    [InlineData("Spm:Auth:Audeince", "Spm:Auth:Audeince=spm")]
    [InlineData("Spm:FourEyes:Always", "Spm:FourEyes:Always=yes")]
    [InlineData("Spm:RateLimit:Requests", "Spm:RateLimit:Requests=many")]
    [InlineData("Spm:Cluster:Id", "Spm:Cluster:Id=my cluster")]
    [InlineData("Spm:Cluster:SiloAddress", "Spm:Cluster:SiloAddress=0.0.0.0")]
    [InlineData("Spm:Cluster:SiloPort", "Spm:Cluster:SiloPort=70000")]
    [InlineData("Spm:Telemetry:Otlp", "Spm:Telemetry:Otlp=collector")]
    [InlineData("Spm:Telemetry:Logs", "Spm:Telemetry:Logs=xml")]
    [InlineData("Spm:Shutdown:DrainSeconds", "Spm:Shutdown:DrainSeconds=-1")]
    public void A_setting_that_cannot_be_used_stops_the_start_and_is_named(string key, params string[] settings)
    {
        var refused = Assert.Throws<SettingsException>(() => HostSettings.Read(Configuration(settings), isDevelopment: true));

        Assert.Equal(key, refused.Key);
        Assert.StartsWith(key, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Spm:Dta", "Spm:Dta=1")]
    [InlineData("Spm:Auht:Authority", "Spm:Auht:Authority=https://login.example")]
    [InlineData("Spm:Auth", "Spm:Auth=on")]
    [InlineData("Spm:Data:Folder", "Spm:Data:Folder=x")]
    public void A_setting_that_there_is_not_stops_the_start_wherever_it_stands(string key, string setting)
    {
        var refused = Assert.Throws<SettingsException>(() => HostSettings.Read(Configuration(setting, "Spm:Data=x", "Spm:Dev:Issuer=false"), isDevelopment: true));

        Assert.Equal(key, refused.Key);
        Assert.NotNull(HostSettings.Read(Configuration("spm:data=x", "SPM:SHUTDOWN:DRAINSECONDS=5"), isDevelopment: true));
    }

    [Fact]
    public void A_host_that_is_no_silo_refuses_the_settings_of_one()
    {
        Assert.SkipWhen(TestCluster.IsOne, "This build is a silo.");

        Assert.Equal("Spm:Cluster:SiloPort", Assert.Throws<SettingsException>(() => SpmHost.Build(["--Spm:Data=x", "--Spm:Cluster:SiloPort=11111"])).Key);
    }

    [Fact]
    public void Every_setting_stands_in_the_page_for_operators()
    {
        var page = File.ReadAllText(Repository.At("docs", "operations.md"));

        Assert.All(HostSettings.Keys, key => Assert.Contains($"`{key}`", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, "http://127.0.0.1:5080")]
    [InlineData(true, "http://0.0.0.0:5080")]
    [InlineData(true, "http://127.0.0.1:5080;http://*:5081")]
    [InlineData(true, "http://spm.example:5080")]
    public void The_development_issuer_starts_on_a_developers_machine_alone(bool isDevelopment, string urls) =>
        Assert.Equal("Spm:Dev:Issuer", Assert.Throws<SettingsException>(() => HostSettings.Read(Configuration("Spm:Dev:Issuer=true", $"Urls={urls}"), isDevelopment)).Key);

    [Fact]
    public async Task The_development_issuer_gives_tokens_to_clients_and_people()
    {
        await using var platform = await TestPlatform.StartAsync(settings: ["--Spm:Dev:Issuer=true", "--environment=Development"]);
        await SmallCompany.CreateAsync(platform);
        var metadata = (await platform.GetAsync("/.well-known/oauth-authorization-server")).Expect(200).Json;
        var resource = (await platform.GetAsync("/.well-known/oauth-protected-resource")).Expect(200).Json;
        Assert.Equal(metadata.Text("issuer"), resource.GetProperty("authorization_servers")[0].GetString());

        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = "erp", ["client_secret"] = "x", ["scope"] = "ledger.read" });
        using var given = await platform.Http.PostAsync(new Uri(metadata.Text("token_endpoint")), form);
        var client = platform.As(JsonDocument.Parse(await given.Content.ReadAsStringAsync()).RootElement.Text("access_token"));
        var person = platform.As((await platform.PostAsync("/dev/user-token", """{"sub":"ann","roles":["rep"],"rep":"E1"}""")).Expect(200).Json.Text("access_token"));

        (await client.GetAsync("/v1/ledger/trial-balance")).Expect(200);
        (await client.GetAsync("/v1/payouts")).Expect(403);
        Assert.Equal(["E1"], (await person.ListAsync("/v1/reps")).Select(r => r.Text("external_id")));
    }

    [Fact]
    public async Task Without_being_switched_on_there_is_no_issuer()
    {
        await using var platform = await TestPlatform.StartAsync();

        (await platform.PostAsync("/dev/user-token", """{"sub":"ann"}""")).Expect(404);
        (await platform.GetAsync("/.well-known/oauth-authorization-server")).Expect(404);
        Assert.Equal(0, (await platform.GetAsync("/.well-known/oauth-protected-resource")).Expect(200).Json.GetProperty("authorization_servers").GetArrayLength());
    }

    private static IConfiguration Configuration(params string[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => s.Split('=', 2)).Select(s => new KeyValuePair<string, string?>(s[0], s[1]))).Build();
}
