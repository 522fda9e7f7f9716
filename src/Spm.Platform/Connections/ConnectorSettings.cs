using System.Security.Cryptography.X509Certificates;

namespace Spm.Platform.Connections;

/// <summary>What the installation says about connectors.</summary>
public sealed record ConnectorSettings
{
    public static ConnectorSettings None { get; } = new();

    /// <summary>The connectors that come with the host; null where there are none.</summary>
    public string? Shipped { get; init; }

    /// <summary>The installation's own connectors: a folder with one folder for each. Null for none.</summary>
    public string? Folder { get; init; }

    /// <summary>Below it each tenant has a folder of its own, named by its id, that file connectors read.</summary>
    public string? DropFolder { get; init; }

    public SecretKeys Keys { get; init; } = SecretKeys.None;

    /// <summary>Connections may name any address in the place of their vendor's, private ones too: stubs on a developer's machine.</summary>
    public bool AnyAddress { get; init; }

    /// <summary>Roots that vendors' certificates are held against in the place of the machine's: stubs in tests. No setting names them.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>How vendors reach this installation from outside; null: as the request says.</summary>
    public Uri? PublicAddress { get; init; }
}
