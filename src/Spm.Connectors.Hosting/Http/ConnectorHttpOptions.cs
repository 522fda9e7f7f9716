using System.Security.Cryptography.X509Certificates;

namespace Spm.Connectors.Hosting.Http;

/// <summary>The bounds of a connection's calls. The defaults suit a vendor's API; a test shortens them.</summary>
public sealed record ConnectorHttpOptions
{
    /// <summary>How often a call that may be repeated is tried again.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>The wait before the first retry; it doubles each time, with jitter.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait a vendor may ask for within a call. A longer one ends the run as rate limited, and the host comes back.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a vendor is waited for until the headers of an answer are there, and as long again for its body, or for each part of one that is streamed.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Bytes of an answer that is held in memory, decompressed. Some connections are read at once, and what they hold becomes texts of twice the size:
    /// this is far above a page of any vendor (2,000 rows of 16 KB), and all of them together still leave a small host alive.
    /// </summary>
    public long AnswerBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Failures in a row, over <see cref="BreakerWindow"/>, that open the circuit: from half of the calls on, of at least this many.</summary>
    public int BreakerCalls { get; init; } = 20;

    public TimeSpan BreakerWindow { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan BreakerRest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For stubs on the own machine, in tests. A host leaves it off: a manifest must not reach into a private network.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>Roots that certificates of vendors are held against in the place of the machine's. For stubs on the own machine, in tests.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }
}
