using System.Text.Json;

namespace Spm.Connectors;

/// <summary>
/// All that a connection may use of the world; nothing is ambient. The host owns <see cref="Http"/>: retries, Retry-After, rate limit,
/// circuit breaker, the list of allowed hosts, redaction and recording happen there.
/// </summary>
public sealed record ConnectorContext
{
    /// <summary>
    /// The option of a request whose answer is read as a stream and never held as a whole: it may then be of any length. Set to true, for example by
    /// Refit's <c>[Property(ConnectorContext.Streamed)]</c>. Every other answer is bounded by the host.
    /// </summary>
    public const string Streamed = "spm.streamed";

    /// <summary>The connection's configuration without its secrets, valid by the manifest's schema.</summary>
    public required ConnectorConfig Config { get; init; }

    public required ISecrets Secrets { get; init; }

    /// <summary>Its base address is <see cref="BaseAddress"/>.</summary>
    public required HttpClient Http { get; init; }

    /// <summary>The only clock. Tests move it by hand.</summary>
    public required TimeProvider Clock { get; init; }

    public required IConnectorLog Log { get; init; }

    /// <summary>Where the vendor's API is: the manifest's base address, or what the host puts in its place (a sandbox, a stub).</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>The folder a file connector may read, or null. Paths of the configuration are relative to it and must stay inside.</summary>
    public string? DropFolder { get; init; }

    /// <summary>Secrets that the vendor replaces when they are used; null where the manifest has none. Since version 1.1 of the SDK.</summary>
    public IRotatingSecrets? Rotating { get; init; }
}

/// <summary>Secrets by the name that the manifest's schema gives them. Those that rotate are not among them: see <see cref="IRotatingSecrets"/>.</summary>
public interface ISecrets
{
    /// <exception cref="ConnectorException">Config: the secret is not set.</exception>
    string Get(string name);

    bool Has(string name);
}

/// <summary>What people read of a run. The host removes secrets from every line; do not count on it.</summary>
public interface IConnectorLog
{
    void Write(LogLevel level, string message);
}

/// <summary>How loud a line of the log is.</summary>
public enum LogLevel
{
    Debug,
    Info,
    Warning,
}

/// <summary>A configuration that the manifest's schema has accepted, defaults filled in.</summary>
public sealed class ConnectorConfig(JsonElement root)
{
    public static ConnectorConfig Empty { get; } = new(JsonDocument.Parse("{}").RootElement);

    public JsonElement Root { get; } = root;

    /// <exception cref="ConnectorException">Config: there is no such text.</exception>
    public string Text(string name) => TextOrNull(name) ?? throw Missing(name, "a text");

    public string? TextOrNull(string name) =>
        Root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <exception cref="ConnectorException">Config: there is no such whole number.</exception>
    public int Whole(string name) =>
        Root.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : throw Missing(name, "a whole number");

    public bool Flag(string name) => Root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public IReadOnlyList<string> Texts(string name) =>
        Root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => item.GetString() ?? throw Missing(name, "a list of texts"))]
            : [];

    private static ConnectorException Missing(string name, string what) =>
        new(ErrorKind.Config, $"The configuration needs {what} named '{name}'.") { Field = "/" + name };
}
