using System.Text.Json.Nodes;
using Spm.Connectors;
using Spm.Connectors.Hosting.Http;
using Spm.Connectors.Hosting.Plugins;
using Spm.Platform.Connections.Mapping;
using Spm.Platform.Kernel;

namespace Spm.Platform.Connections;

/// <summary>A configuration that keeps its connector's rules.</summary>
/// <param name="Config">What may be shown of it.</param>
/// <param name="CertificateUntil">The last instant of the client certificate; null where there is none.</param>
public sealed record CheckedConfiguration(ConnectorConfig Config, IReadOnlyDictionary<string, string> Secrets, long? CertificateUntil);

/// <summary>The rules that a connection keeps before anything is stored: its connector's schema among them, each broken one with its place.</summary>
public sealed class ConnectionChecks(ConnectorCatalog catalog, ConnectorSettings settings, RecordClock clock)
{
    private const int ShortestSchedule = 60;
    private const int LongestSchedule = 7 * 24 * 60 * 60;

    public Result<Plugin> Plugin(ConnectionInput input) => catalog.Find(input.Connector, input.Version) is { } plugin ? plugin
        : string.IsNullOrWhiteSpace(input.Connector) ? Error.Of("connector", ErrorCodes.FieldRequired, "The field 'connector' is required: see GET /v1/connectors.")
        : catalog.Find(input.Connector, null) is null ? Error.Of("connector", ErrorCodes.ConnectorUnknown, $"There is no connector '{input.Connector}': see GET /v1/connectors.")
        : Error.Of("version", ErrorCodes.ConnectorUnknown, $"The connector '{input.Connector}' is not installed in version '{input.Version}'.");

    /// <summary>What may be shown of the configuration, and its secrets.</summary>
    /// <param name="kept">Secrets that stand where the configuration leaves them out.</param>
    public Result<CheckedConfiguration> Split(ConnectionInput input, Plugin plugin, IReadOnlyDictionary<string, string>? kept)
    {
        var manifest = plugin.Manifest;
        List<FieldError> errors = [.. Plain(input, manifest), .. MappingReader.Check(manifest, input.Mapping ?? new Dictionary<string, StreamMapping>())];
        var config = input.Config is { ValueKind: System.Text.Json.JsonValueKind.Object } given ? JsonNode.Parse(given.GetRawText())!.AsObject() : [];
        if (input.Config is { ValueKind: not System.Text.Json.JsonValueKind.Object })
        {
            errors.Add(new FieldError("config", ErrorCodes.ConfigInvalid, "A configuration is an object."));
        }
        foreach (var (name, secret) in kept ?? new Dictionary<string, string>())
        {
            if (!config.ContainsKey(name) && manifest.ConfigSchema.Secrets.Contains(name))
            {
                config[name] = secret;
            }
        }
        var whole = System.Text.Json.JsonSerializer.SerializeToElement(config);
        errors.AddRange(manifest.ConfigSchema.Validate(whole).Select(e => new FieldError($"config{e.Pointer}", ErrorCodes.ConfigInvalid, e.Detail)));
        if (errors.Count > 0)
        {
            return Error.Of(errors);
        }
        var split = manifest.ConfigSchema.Split(whole);
        if (split.Secrets.Count > 0 && settings.Keys.Current is null)
        {
            return new Error(ErrorCodes.SecretsKeyMissing, "This installation has no key to seal secrets with: its operator sets Spm:Connectors:Key.");
        }
        try
        {
            var certificate = ClientCertificate.Read(manifest, split.Secrets, clock.GetUtcNow());
            return new CheckedConfiguration(split.Config, split.Secrets, certificate?.End.ToUnixTimeMilliseconds());
        }
        catch (ConnectorException wrong)
        {
            return Error.Of($"config{wrong.Field}", ErrorCodes.ConfigInvalid, wrong.Message);
        }
    }

    private IEnumerable<FieldError> Plain(ConnectionInput input, ConnectorManifest manifest)
    {
        if (string.IsNullOrWhiteSpace(input.Name) || input.Name.Length > Limits.NameLength || input.Name.Any(char.IsControl))
        {
            yield return new FieldError("name", string.IsNullOrWhiteSpace(input.Name) ? ErrorCodes.FieldRequired : ErrorCodes.FieldMalformed, $"A connection has a name of up to {Limits.NameLength} characters.");
        }
        if (Keys.Check("source", input.Source ?? input.Connector) is { } source)
        {
            yield return source.Fields[0];
        }
        if (input.EverySeconds is < ShortestSchedule or > LongestSchedule)
        {
            yield return new FieldError("every_seconds", ErrorCodes.FieldMalformed, $"A connection runs every {ShortestSchedule} to {LongestSchedule} seconds.");
        }
        if (input.BaseAddress is null && manifest is { BaseAddress: null, AllowedHosts.Count: > 0 })
        {
            yield return new FieldError("base_address", ErrorCodes.FieldRequired, $"{manifest.Name} has an address of its own for each account: one at {string.Join(", ", manifest.AllowedHosts)}.");
        }
        if (input.BaseAddress is { } text && !IsAllowed(text, manifest))
        {
            yield return new FieldError("base_address", ErrorCodes.ConfigInvalid, settings.AnyAddress
                ? $"'{text}' is no address of http or https without user, query and fragment."
                : $"'{text}' is not an https address at one of the connector's hosts: {string.Join(", ", manifest.AllowedHosts)}. On a developer's machine Spm:Connectors:AnyAddress takes any.");
        }
    }

    private bool IsAllowed(string text, ConnectorManifest manifest) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address is { UserInfo: "", Query: "", Fragment: "" }
        && (settings.AnyAddress || (address is { Scheme: "https", IsDefaultPort: true } && HostNames.Match(manifest.AllowedHosts, address.Host)));
}
