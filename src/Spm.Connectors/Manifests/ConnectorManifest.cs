namespace Spm.Connectors;

/// <summary>What <c>connector.json</c> says: all that the host knows of a connector before it runs a line of it.</summary>
public sealed record ConnectorManifest
{
    /// <summary>Lower case, digits and hyphens: <c>hubspot</c>. The same for all versions.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required Version Version { get; init; }

    public required SdkRange SdkRange { get; init; }

    public required ConnectorKinds Kinds { get; init; }

    /// <summary>File name of the assembly beside the manifest, and the full name of the <see cref="IConnector"/> in it.</summary>
    public required EntryPoint Entry { get; init; }

    public Uri? BaseAddress { get; init; }

    public required IReadOnlyList<AuthMethod> Auth { get; init; }

    /// <summary>Hosts that may be called. <c>*.example.com</c> stands for any name below it, and not for itself.</summary>
    public required IReadOnlyList<string> AllowedHosts { get; init; }

    public required ConfigSchema ConfigSchema { get; init; }

    public required IReadOnlyList<StreamManifest> Streams { get; init; }

    public RateLimit? RateLimit { get; init; }

    public WebhookManifest? Webhooks { get; init; }

    /// <summary>The certificate that every call shows. Null: none. Since version 1.1 of the SDK.</summary>
    public ClientCertificateManifest? ClientCertificate { get; init; }

    public StreamManifest? Stream(string name) => Streams.FirstOrDefault(s => s.Name == name);
}

/// <summary>What a connector can do.</summary>
[Flags]
public enum ConnectorKinds
{
    None = 0,
    Source = 1,
    Sink = 2,
}

/// <summary>Where a connector starts.</summary>
public sealed record EntryPoint(string Assembly, string Type);

/// <summary>A way to prove oneself to the vendor, with the scopes to ask for.</summary>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
/// <param name="Secrets">Names of the secrets it takes; they stand in the schema with <c>writeOnly</c>.</param>
public sealed record AuthMethod(string Kind, IReadOnlyList<string> Secrets, IReadOnlyList<string> Scopes)
{
    public static IReadOnlyList<string> Kinds { get; } =
        ["none", "bearer", "api_key", "basic", "oauth2_client_credentials", "oauth2_authorization_code", "oauth2_jwt_bearer", "mtls"];
}

/// <summary>At most <paramref name="Requests"/> in any <paramref name="Per"/>.</summary>
public sealed record RateLimit(int Requests, TimeSpan Per);

/// <summary>Which secrets a client certificate is in, for vendors that ask for mutual TLS.</summary>
/// <param name="Secret">PEM, the connection's own certificate first; or PKCS #12 in base64.</param>
/// <param name="Key">Of the private key as PEM, where it does not stand beside the certificate.</param>
/// <param name="Password">Of the password of an encrypted key, or of the PKCS #12.</param>
public sealed record ClientCertificateManifest(string Secret, string? Key, string? Password);

/// <summary>How the vendor's webhooks are verified, and which secret they are signed with.</summary>
public sealed record WebhookManifest(WebhookScheme Scheme, string Secret);

/// <summary>A stream of records of one kind.</summary>
public sealed record StreamManifest
{
    public required string Name { get; init; }

    /// <summary>One of <see cref="EntityKinds"/>.</summary>
    public required string Entity { get; init; }

    /// <summary>Fields of the vendor that make up the key.</summary>
    public required IReadOnlyList<string> PrimaryKey { get; init; }

    /// <summary>Null: every run reads everything.</summary>
    public CursorManifest? Cursor { get; init; }

    public required DeleteDetection Deletes { get; init; }

    /// <summary>Whether records come in the order of the cursor. If not, a checkpoint may stand at the end alone.</summary>
    public required bool Ordered { get; init; }

    public required Stability Stability { get; init; }

    /// <summary>Beside the connector's own.</summary>
    public RateLimit? RateLimit { get; init; }
}

/// <summary>The vendor's field that grows, and how far to look back for what the vendor shows late.</summary>
public sealed record CursorManifest(string Field, TimeSpan Lookback);

/// <summary>How it is learnt that a record is gone.</summary>
public enum DeleteDetection
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>The source sends tombstones. What a full read no longer shows is gone as well.</summary>
    Tombstones,

    /// <summary>What a full read no longer shows is gone.</summary>
    FullRead,
}

/// <summary>How much to rely on a stream.</summary>
public enum Stability
{
    Experimental,
    Stable,
    Deprecated,
}
