using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Spm.Connectors.Tests.Certificates;

/// <summary>Certificates made for the purpose, good for one day around now unless it is said otherwise.</summary>
public static class TestCertificates
{
    private static readonly Lazy<X509Certificate2> Authority = new(() =>
    {
        var request = new CertificateRequest("CN=Test authority", RSA.Create(2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-400), DateTimeOffset.UtcNow.AddDays(400));
    });

    public static X509Certificate2 Root => Authority.Value;

    public static X509Certificate2 Client(DateTimeOffset? from = null, DateTimeOffset? until = null, string name = "spm-client") => Issued(name, [], from, until);

    public static X509Certificate2 Server()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        // A server of TLS wants its key where it can be found again.
        return X509CertificateLoader.LoadPkcs12(Issued("127.0.0.1", [names.Build()], null, null).Export(X509ContentType.Pkcs12), null);
    }

    public static string Pem(X509Certificate2 certificate) => certificate.ExportCertificatePem();

    public static string KeyPem(X509Certificate2 certificate) => certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem();

    public static string EncryptedKeyPem(X509Certificate2 certificate, string password) => certificate.GetRSAPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem(
        password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));

    public static string Pkcs12(X509Certificate2 certificate, string password) => Convert.ToBase64String(certificate.Export(X509ContentType.Pkcs12, password));

    private static X509Certificate2 Issued(string name, X509Extension[] extensions, DateTimeOffset? from, DateTimeOffset? until)
    {
        var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Array.ForEach(extensions, request.CertificateExtensions.Add);
        return request.Create(Root, from ?? DateTimeOffset.UtcNow.AddDays(-1), until ?? DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8)).CopyWithPrivateKey(key);
    }
}
