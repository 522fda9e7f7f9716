using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Conformance.Support;
using Spm.Connectors.Hosting.Http;

namespace Spm.Connectors.Tests.Certificates;

/// <summary>Vendors that ask for mutual TLS: the certificate is read before anything is stored, and shown at every call.</summary>
public sealed class ClientCertificateTests
{
    private const string Password = "p12-password";

    /// <summary>Certificates tell seconds.</summary>
    private static readonly DateTimeOffset End = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddDays(90).ToUnixTimeSeconds());

    private static readonly ConnectorManifest Manifest = ManifestReader.Read("""
        {
          "id": "mtls", "name": "mTLS", "version": "1.0", "sdkRange": { "min": "1.1", "max": "1.9" }, "kinds": ["sink"],
          "entry": { "assembly": "Mtls.dll", "type": "Mtls" }, "auth": [{ "kind": "mtls", "secrets": ["certificate"] }], "allowedHosts": [],
          "clientCertificate": { "secret": "certificate", "key": "private_key", "password": "password" },
          "configSchema": { "type": "object", "properties": {
            "certificate": { "type": "string", "writeOnly": true }, "private_key": { "type": "string", "writeOnly": true }, "password": { "type": "string", "writeOnly": true } } }
        }
        """);

    public static TheoryData<string> Forms => ["pem", "pem and key apart", "pem and encrypted key", "pkcs12", "with its authority"];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_vendor_that_demands_a_certificate_is_shown_the_one_of_the_connection(string form)
    {
        await using var stub = await StubServer.StartAsync(TestCertificates.Server(), TestCertificates.Root);
        stub.Given(Request.Get("/me")).RespondWith(Response.Json("{}"));
        using var http = Client(stub, ClientCertificate.Read(Manifest, Secrets(form), DateTimeOffset.UtcNow));

        using var answer = await http.GetAsync("/me");

        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Whoever_shows_none_or_one_of_another_authority_is_not_heard()
    {
        await using var stub = await StubServer.StartAsync(TestCertificates.Server(), TestCertificates.Client(name: "another authority"));
        stub.Given(Request.Get("/me")).RespondWith(Response.Json("{}"));
        foreach (var certificate in (ClientCertificate?[])[null, ClientCertificate.Read(Manifest, Secrets("pem"), DateTimeOffset.UtcNow)])
        {
            using var http = Client(stub, certificate);
            await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/me"));
        }
        Assert.Empty(stub.Requests);
    }

    [Fact]
    public void What_cannot_be_shown_is_refused_by_its_field_and_none_is_none()
    {
        var (good, other) = (TestCertificates.Client(), TestCertificates.Client());
        var (pem, key) = (TestCertificates.Pem(good), TestCertificates.KeyPem(good));
        Assert.Null(ClientCertificate.Read(Manifest, new Dictionary<string, string>(), DateTimeOffset.UtcNow));

        Refused("/certificate", ErrorKind.Config, ("certificate", "no certificate at all"));
        Refused("/certificate", ErrorKind.Config, ("certificate", key));
        Refused("/certificate", ErrorKind.Config, ("certificate", pem));
        Refused("/private_key", ErrorKind.Config, ("certificate", pem), ("private_key", "no key"));
        Refused("/private_key", ErrorKind.Config, ("certificate", pem), ("private_key", TestCertificates.KeyPem(other)));
        Refused("/password", ErrorKind.Config, ("certificate", pem), ("private_key", TestCertificates.EncryptedKeyPem(good, Password)));
        Refused("/private_key", ErrorKind.Config, ("certificate", pem), ("private_key", TestCertificates.EncryptedKeyPem(good, Password)), ("password", "wrong"));
        Refused("/certificate", ErrorKind.Config, ("certificate", TestCertificates.Pkcs12(good, Password)), ("password", "wrong"));
        Refused("/certificate", ErrorKind.Config, ("certificate", Convert.ToBase64String(good.RawData)));
        var now = DateTimeOffset.UtcNow;
        Refused("/certificate", ErrorKind.Config, ("certificate", TestCertificates.Pkcs12(TestCertificates.Client(now.AddDays(1), now.AddDays(2)), Password)), ("password", Password));
        Refused("/certificate", ErrorKind.Auth, ("certificate", TestCertificates.Pkcs12(TestCertificates.Client(now.AddDays(-2), now.AddDays(-1)), Password)), ("password", Password));
    }

    [Fact]
    public void Its_end_is_known() => Assert.Equal(
        End,
        ClientCertificate.Read(
            Manifest, new Dictionary<string, string> { ["certificate"] = TestCertificates.Pkcs12(TestCertificates.Client(until: End), Password), ["password"] = Password },
            DateTimeOffset.UtcNow)!.End);

    private static void Refused(string field, ErrorKind kind, params (string Name, string Value)[] secrets)
    {
        var error = Assert.Throws<ConnectorException>(() => ClientCertificate.Read(Manifest, secrets.ToDictionary(s => s.Name, s => s.Value), DateTimeOffset.UtcNow));
        Assert.Equal((field, kind), (error.Field, error.Kind));
        Assert.All(secrets, s => Assert.DoesNotContain(s.Value, error.Message, StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Secrets(string form)
    {
        var certificate = TestCertificates.Client();
        var (pem, key) = (TestCertificates.Pem(certificate), TestCertificates.KeyPem(certificate));
        return form switch
        {
            "pem" => new() { ["certificate"] = $"{pem}\n{key}\n" },
            "pem and key apart" => new() { ["certificate"] = pem, ["private_key"] = key },
            "pem and encrypted key" => new() { ["certificate"] = pem, ["private_key"] = TestCertificates.EncryptedKeyPem(certificate, Password), ["password"] = Password },
            "pkcs12" => new() { ["certificate"] = TestCertificates.Pkcs12(certificate, Password), ["password"] = Password },
            _ => new() { ["certificate"] = $"{pem}\n{TestCertificates.Pem(TestCertificates.Root)}\n{key}" },
        };
    }

    private static HttpClient Client(StubServer stub, ClientCertificate? certificate) => ConnectorHttp.Create(
        Manifest, stub.Address, TimeProvider.System, new CapturedLog(),
        new ConnectorHttpOptions { AllowPrivateAddresses = true, Retries = 0, TrustedRoots = [TestCertificates.Root] }, certificate: certificate);
}
