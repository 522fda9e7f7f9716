using System.Globalization;
using System.Net;
using Spm.Host.Grains;
using Spm.Platform.Connections;
using Spm.Platform.Credentials;
using Spm.Platform.Graph;
using Spm.Platform.Http;
using Spm.Platform.Proofs;

namespace Spm.Host;

/// <summary>The host's configuration, checked when it starts: what cannot be used is named by its key.</summary>
public sealed record HostSettings(string Data, string? BootstrapApiKey, string Urls)
{
    /// <summary>Where other hosts over the same store reach this one; where it listens when null.</summary>
    public Uri? Address { get; init; }

    /// <summary>A connection string of PostgreSQL, or the file of the embedded store.</summary>
    public string Store { get; init; } = Path.Combine(Data, "spm.db");

    public string? OperatorApiKey { get; init; }

    public TokenSettings Tokens { get; init; } = TokenSettings.Default;

    /// <summary>Tokens for whoever asks: on a developer's machine only.</summary>
    public bool DevIssuer { get; init; }

    /// <summary>Events are sent to this machine too, by http: on a developer's machine only.</summary>
    public bool LoopbackWebhooks { get; init; }

    /// <summary>Also credentials with every scope do not approve what they have submitted.</summary>
    public bool FourEyesAlways { get; init; }

    /// <summary>How often everything is derived again and compared.</summary>
    public ProofSettings Proofs { get; init; } = ProofSettings.Default;

    public RateLimitSettings RateLimits { get; init; } = RateLimitSettings.Default;

    public ConnectorSettings Connectors { get; init; } = ConnectorSettings.None;

    public ClusterSettings Cluster { get; init; } = ClusterSettings.Default;

    public TrustedDocuments Documents { get; init; } = TrustedDocuments.None;

    /// <summary>The collector that traces and metrics go to by OTLP; none when null.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>Protobuf over HTTP instead of gRPC.</summary>
    public bool OtlpOverHttp { get; init; }

    /// <summary>One JSON object a line instead of text for people.</summary>
    public bool JsonLogs { get; init; }

    /// <summary>From the word to stop on, `/health/ready` says no for so long before connections are refused.</summary>
    public TimeSpan NotReadyFor { get; init; } = TimeSpan.Zero;

    /// <summary>Requests that have begun have so long to end.</summary>
    public TimeSpan DrainFor { get; init; } = TimeSpan.FromSeconds(30);

    private const string Root = "Spm";

    /// <summary>Every key below `Spm:` but `Spm:Data` and `Spm:Store`, by section: one that is not there is a slip of the pen.</summary>
    private static readonly Dictionary<string, string[]> Sections = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Spm:Bootstrap"] = ["ApiKey"],
        ["Spm:Operator"] = ["ApiKey"],
        ["Spm:Host"] = ["Address"],
        ["Spm:Cluster"] = ClusterSettings.Keys,
        ["Spm:Auth"] = ["Authority", "Audience", "TenantClaim", "RolesClaim", "RepClaim", "VersionClaim", "UserClaim", "ProvisionedOnly", "ClockSkewSeconds", "KeysFreshMinutes"],
        ["Spm:Dev"] = ["Issuer", "LoopbackWebhooks"],
        ["Spm:FourEyes"] = ["Always"],
        ["Spm:Proofs"] = ["PauseSeconds", "Percent"],
        ["Spm:RateLimit"] = ["Requests", "Failures"],
        ["Spm:GraphQL"] = ["Documents", "OnlyDocuments"],
        ["Spm:Connectors"] = ["Folder", "DropFolder", "Key", "OldKeys", "AnyAddress", "PublicAddress"],
        ["Spm:Telemetry"] = ["Otlp", "Protocol", "Logs"],
        ["Spm:Shutdown"] = ["NotReadySeconds", "DrainSeconds"],
    };

    /// <summary>Every key of these sections.</summary>
    public static IEnumerable<string> Keys => Sections.SelectMany(s => s.Value, (s, key) => $"{s.Key}:{key}");

    public static HostSettings Read(IConfiguration configuration, bool isDevelopment)
    {
        ThrowIfUnknown(configuration);
        var data = configuration["Spm:Data"] is { Length: > 0 } folder ? folder : "data";
        var settings = new HostSettings(Path.GetFullPath(data), Key(configuration, "Spm:Bootstrap:ApiKey"), configuration["Urls"] ?? "http://127.0.0.1:5080")
        {
            Address = configuration["Spm:Host:Address"] is { Length: > 0 } address ? HttpAddress("Spm:Host:Address", address) : null,
            Store = configuration["Spm:Store"] is { Length: > 0 } store ? store : Path.Combine(Path.GetFullPath(data), "spm.db"),
            OperatorApiKey = Key(configuration, "Spm:Operator:ApiKey"),
            Tokens = TokensOf(configuration),
            Cluster = ClusterOf(configuration),
            DevIssuer = Flag(configuration, "Spm:Dev:Issuer"),
            LoopbackWebhooks = Flag(configuration, "Spm:Dev:LoopbackWebhooks"),
            FourEyesAlways = Flag(configuration, "Spm:FourEyes:Always"),
            Connectors = ConnectorsOf(configuration, isDevelopment),
            Documents = TrustedDocumentsFile.Read(configuration["Spm:GraphQL:Documents"], Flag(configuration, "Spm:GraphQL:OnlyDocuments")),
            Otlp = configuration["Spm:Telemetry:Otlp"] is { Length: > 0 } collector ? HttpAddress("Spm:Telemetry:Otlp", collector) : null,
            OtlpOverHttp = OneOf(configuration, "Spm:Telemetry:Protocol", "grpc", "http") == "http",
            JsonLogs = OneOf(configuration, "Spm:Telemetry:Logs", "text", "json") == "json",
            NotReadyFor = TimeSpan.FromSeconds(Number(configuration, "Spm:Shutdown:NotReadySeconds", 0, 0, 300)),
            DrainFor = TimeSpan.FromSeconds(Number(configuration, "Spm:Shutdown:DrainSeconds", 30, 1, 600)),
            Proofs = new ProofSettings(
                Number(configuration, "Spm:Proofs:PauseSeconds", 600, 0, 7 * 24 * 60 * 60) is > 0 and var pause ? TimeSpan.FromSeconds(pause) : null,
                Number(configuration, "Spm:Proofs:Percent", ProofSettings.Default.Percent, 1, 100)),
            RateLimits = new RateLimitSettings(
                Number(configuration, "Spm:RateLimit:Requests", RateLimitSettings.Default.Requests, 0, 100_000_000),
                Number(configuration, "Spm:RateLimit:Failures", RateLimitSettings.Default.Failures, 0, 100_000_000)),
        };
        if (settings.OperatorApiKey is { } key && key == settings.BootstrapApiKey)
        {
            throw new SettingsException("Spm:Operator:ApiKey", "must be another key than Spm:Bootstrap:ApiKey");
        }
        if (settings.LoopbackWebhooks && !isDevelopment)
        {
            throw new SettingsException("Spm:Dev:LoopbackWebhooks", "lets tenants reach what listens on this machine alone: it runs only with DOTNET_ENVIRONMENT=Development");
        }
        if (settings.DevIssuer)
        {
            ThrowUnlessAtHome(settings.Urls, isDevelopment);
        }
        return settings;
    }

    private static void ThrowIfUnknown(IConfiguration configuration)
    {
        string[] known = ["Spm:Data", "Spm:Store", .. Keys];
        foreach (var (key, value) in configuration.GetSection(Root).AsEnumerable())
        {
            if (value is not null && !known.Contains(key, StringComparer.OrdinalIgnoreCase))
            {
                var section = Sections.Keys.FirstOrDefault(s => key.StartsWith(s + ':', StringComparison.OrdinalIgnoreCase));
                throw new SettingsException(key, $"is not a setting. There are {string.Join(", ", section is null ? known : Sections[section])}");
            }
        }
    }

    /// <summary>Whoever can reach the development issuer can be anybody: it stays on one machine, and only where somebody says that it is a developer's.</summary>
    private static void ThrowUnlessAtHome(string urls, bool isDevelopment)
    {
        if (!isDevelopment)
        {
            throw new SettingsException("Spm:Dev:Issuer", "gives tokens to everybody: it runs only with DOTNET_ENVIRONMENT=Development");
        }
        foreach (var url in urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !address.IsLoopback)
            {
                throw new SettingsException("Spm:Dev:Issuer", $"gives tokens to everybody: it runs only where every address of Urls is loopback, and {url} is not");
            }
        }
    }

    private static TokenSettings TokensOf(IConfiguration configuration)
    {
        var auth = TokenSettings.Default with
        {
            Audience = configuration["Spm:Auth:Audience"] ?? TokenSettings.Default.Audience,
            TenantClaim = configuration["Spm:Auth:TenantClaim"] ?? TokenSettings.Default.TenantClaim,
            RolesClaim = configuration["Spm:Auth:RolesClaim"] ?? TokenSettings.Default.RolesClaim,
            RepClaim = configuration["Spm:Auth:RepClaim"] ?? TokenSettings.Default.RepClaim,
            VersionClaim = configuration["Spm:Auth:VersionClaim"] ?? TokenSettings.Default.VersionClaim,
            UserClaim = configuration["Spm:Auth:UserClaim"] ?? TokenSettings.Default.UserClaim,
            ProvisionedOnly = Flag(configuration, "Spm:Auth:ProvisionedOnly"),
            ClockSkew = TimeSpan.FromSeconds(Number(configuration, "Spm:Auth:ClockSkewSeconds", 60, 0, 300)),
            KeysFresh = TimeSpan.FromMinutes(Number(configuration, "Spm:Auth:KeysFreshMinutes", 60, 1, 24 * 60)),
        };
        if (configuration["Spm:Auth:Authority"] is not { Length: > 0 } authority)
        {
            return configuration["Spm:Auth:Audience"] is null ? auth : throw new SettingsException("Spm:Auth:Authority", "is missing: there is an audience, and nobody whose tokens are made for it");
        }
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var address) || !DiscoveredIssuer.IsSafe(address))
        {
            throw new SettingsException("Spm:Auth:Authority", $"must be an https address, not '{authority}'");
        }
        return configuration["Spm:Auth:Audience"] is { Length: > 0 } ? auth with { Authority = address }
            : throw new SettingsException("Spm:Auth:Audience", "is missing: tokens that the authority makes for others would be taken");
    }

    private static ClusterSettings ClusterOf(IConfiguration configuration) => new(
        Word(configuration, "Spm:Cluster:Id", ClusterSettings.Default.Id),
        Word(configuration, "Spm:Cluster:ServiceId", ClusterSettings.Default.ServiceId),
        configuration["Spm:Cluster:SiloAddress"] is not { Length: > 0 } text ? ClusterSettings.Default.Address
            : IPAddress.TryParse(text, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any) ? address
            : throw new SettingsException("Spm:Cluster:SiloAddress", $"is the IP address of this machine that other silos reach, not '{text}'"),
        Number(configuration, "Spm:Cluster:SiloPort", ClusterSettings.Default.Port, 0, 65_535),
        ClusterSettings.Keys.Select(k => $"Spm:Cluster:{k}").FirstOrDefault(k => configuration[k] is { Length: > 0 }));

    private static ConnectorSettings ConnectorsOf(IConfiguration configuration, bool isDevelopment)
    {
        var current = configuration["Spm:Connectors:Key"] ?? "";
        string[] keys = [.. (configuration["Spm:Connectors:OldKeys"] ?? "").Split(';', StringSplitOptions.TrimEntries).Prepend(current).Where(k => k.Length > 0)];
        if (keys.Length > 0 && current.Length == 0)
        {
            throw new SettingsException("Spm:Connectors:Key", "is missing: old keys open what they have sealed, and none seals anew");
        }
        var folder = configuration["Spm:Connectors:Folder"] is { Length: > 0 } own ? Path.GetFullPath(own) : null;
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new SettingsException("Spm:Connectors:Folder", $"is a folder that is there, not '{folder}'");
        }
        var anyAddress = Flag(configuration, "Spm:Connectors:AnyAddress");
        if (anyAddress && !isDevelopment)
        {
            throw new SettingsException("Spm:Connectors:AnyAddress", "lets connections reach into private networks: it runs only with DOTNET_ENVIRONMENT=Development");
        }
        return new ConnectorSettings
        {
            Shipped = Path.Combine(AppContext.BaseDirectory, "connectors"),
            Folder = folder,
            DropFolder = configuration["Spm:Connectors:DropFolder"] is { Length: > 0 } drop ? Path.GetFullPath(drop) : null,
            Keys = SecretKeys.TryParse(keys) ?? throw new SettingsException("Spm:Connectors:Key", "is an id of letters and digits, a colon, and 32 bytes in base64, and so is each of Spm:Connectors:OldKeys, with `;` between them"),
            AnyAddress = anyAddress,
            PublicAddress = configuration["Spm:Connectors:PublicAddress"] is { Length: > 0 } address ? HttpAddress("Spm:Connectors:PublicAddress", address) : null,
        };
    }

    private static string? Key(IConfiguration configuration, string name) =>
        configuration[name] is not { Length: > 0 } key ? null
        : ApiKeys.IsKey(key) && key.Length >= 24 ? key
        : throw new SettingsException(name, "must begin with spm_ and have 24 to 200 characters");

    private static Uri HttpAddress(string name, string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address!
            : throw new SettingsException(name, $"is an http or https address, not '{text}'");

    private static string Word(IConfiguration configuration, string name, string otherwise) =>
        configuration[name] is not { Length: > 0 } text ? otherwise
        : text.Length <= 100 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? text
        : throw new SettingsException(name, $"has up to 100 letters, digits, `-` and `_`, unlike '{text}'");

    private static string OneOf(IConfiguration configuration, string name, params string[] words) =>
        configuration[name] is not { Length: > 0 } text ? words[0]
        : words.Contains(text) ? text
        : throw new SettingsException(name, $"is {string.Join(" or ", words)}, not '{text}'");

    private static bool Flag(IConfiguration configuration, string name) =>
        configuration[name] is not { Length: > 0 } text ? false
        : bool.TryParse(text, out var flag) ? flag
        : throw new SettingsException(name, $"is true or false, not '{text}'");

    private static int Number(IConfiguration configuration, string name, int otherwise, int min, int max) =>
        configuration[name] is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number
        : throw new SettingsException(name, $"is a whole number from {min} to {max}, not '{text}'");
}

/// <summary>The host does not start with this configuration; the message is meant for the operator.</summary>
public sealed class SettingsException(string key, string why) : Exception($"{key} {why}.")
{
    public string Key => key;
}
