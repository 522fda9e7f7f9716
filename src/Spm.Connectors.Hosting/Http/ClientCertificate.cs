using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Spm.Connectors.Hosting.Http;

/// <summary>The certificate, with its key and the ones above it, by which a connection proves itself in TLS.</summary>
public sealed class ClientCertificate
{
    private ClientCertificate(X509Certificate2 leaf, X509Certificate2Collection chain) => (Leaf, Chain) = (leaf, chain);

    public X509Certificate2 Leaf { get; }

    /// <summary>Certificates that stand beside it: they are sent too.</summary>
    public X509Certificate2Collection Chain { get; }

    /// <summary>The last instant at which it is valid.</summary>
    public DateTimeOffset End => new(Leaf.NotAfter.ToUniversalTime());

    /// <summary>Null where the manifest asks for none, or its secret is not set.</summary>
    /// <exception cref="ConnectorException">Config, with the field: it cannot be read, has no key, or has not begun. Auth: it has ended.</exception>
    public static ClientCertificate? Read(ConnectorManifest manifest, IReadOnlyDictionary<string, string> secrets, DateTimeOffset now)
    {
        if (manifest.ClientCertificate is not { } named || !secrets.TryGetValue(named.Secret, out var text))
        {
            return null;
        }
        var (key, password) = (Named(secrets, named.Key), Named(secrets, named.Password));
        var read = text.Contains("-----BEGIN", StringComparison.Ordinal) ? OfPem(named, text, key, password) : OfPkcs12(named, text, password);
        return read.Leaf.NotBefore.ToUniversalTime() > now ? throw Wrong(named.Secret, $"The certificate is not valid before {read.Leaf.NotBefore.ToUniversalTime():yyyy-MM-dd}.")
            : read.End < now ? throw Wrong(named.Secret, $"The certificate has ended on {read.End:yyyy-MM-dd}.", ErrorKind.Auth)
            : read;
    }

    internal SslStreamCertificateContext Context() => SslStreamCertificateContext.Create(Leaf, Chain, offline: true);

    private static ClientCertificate OfPem(ClientCertificateManifest named, string text, string? key, string? password)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(text);
        }
        catch (CryptographicException e)
        {
            throw Wrong(named.Secret, "The certificate cannot be read as PEM.", inner: e);
        }
        if (all.Count == 0)
        {
            throw Wrong(named.Secret, "There is no certificate in it.");
        }
        var at = key is null ? named.Secret : named.Key!;
        var pem = key ?? text;
        if (!pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw Wrong(at, "The certificate has no private key.");
        }
        var isEncrypted = pem.Contains("BEGIN ENCRYPTED PRIVATE KEY", StringComparison.Ordinal);
        if (isEncrypted && password is null)
        {
            throw Wrong(named.Password ?? at, "The private key is encrypted, and there is no password.");
        }
        try
        {
            var leaf = isEncrypted ? X509Certificate2.CreateFromEncryptedPem(text, pem, password) : X509Certificate2.CreateFromPem(text, pem);
            return new ClientCertificate(Usable(leaf), [.. all.Skip(1)]);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw Wrong(at, "The private key cannot be read, or is not that of the certificate, which stands first.", inner: e);
        }
    }

    private static ClientCertificate OfPkcs12(ClientCertificateManifest named, string text, string? password)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(text);
        }
        catch (FormatException e)
        {
            throw Wrong(named.Secret, "The certificate is neither PEM nor PKCS #12 in base64.", inner: e);
        }
        X509Certificate2Collection all;
        try
        {
            all = X509CertificateLoader.LoadPkcs12Collection(bytes, password, X509KeyStorageFlags.Exportable);
        }
        catch (CryptographicException e)
        {
            throw Wrong(named.Secret, "The certificate cannot be read as PKCS #12, or not with this password.", inner: e);
        }
        var leaf = all.FirstOrDefault(c => c.HasPrivateKey) ?? throw Wrong(named.Secret, "The certificate has no private key.");
        return new ClientCertificate(leaf, [.. all.Where(c => c != leaf)]);
    }

    /// <summary>TLS of Windows takes no key that is in memory alone.</summary>
    private static X509Certificate2 Usable(X509Certificate2 leaf) =>
        OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null) : leaf;

    private static string? Named(IReadOnlyDictionary<string, string> secrets, string? name) => name is null ? null : secrets.GetValueOrDefault(name);

    private static ConnectorException Wrong(string field, string what, ErrorKind kind = ErrorKind.Config, Exception? inner = null) => new(kind, what, inner) { Field = "/" + field };
}
