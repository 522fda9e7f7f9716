using System.Text;
using System.Text.Json;

namespace Spm.Connectors;

/// <summary>Reads <c>connector.json</c>. Whatever is wrong is told at once, each with its line.</summary>
public static class ManifestReader
{
    public const string FileName = "connector.json";

    /// <summary>The first version of the SDK with secrets that rotate and with client certificates.</summary>
    private static readonly Version Second = new(1, 1);

    /// <exception cref="ManifestException">The manifest breaks rules.</exception>
    public static ConnectorManifest ReadFile(string path) => Read(File.ReadAllText(path), path);

    /// <param name="document">What to call the text in errors.</param>
    /// <exception cref="ManifestException">The manifest breaks rules.</exception>
    public static ConnectorManifest Read(string json, string document = FileName)
    {
        JsonPositions positions;
        JsonDocument parsed;
        try
        {
            positions = new JsonPositions(Encoding.UTF8.GetBytes(json));
            parsed = JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            var (line, column) = ((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            throw new ManifestException(document, [new LocatedError("", "not_json", e.Message, line, column)]);
        }
        using (parsed)
        {
            List<LocatedError> errors = [];
            var manifest = ManifestNode.Of(parsed.RootElement, "", errors) is { } root ? Manifest(root, errors) : null;
            return errors.Count == 0 ? manifest! : throw new ManifestException(document, [.. errors.Select(e => Located(e, positions))]);
        }
    }

    private static LocatedError Located(LocatedError error, JsonPositions positions)
    {
        var (line, column) = positions.Of(error.Pointer);
        return error with { Line = line, Column = column };
    }

    private static ConnectorManifest Manifest(ManifestNode root, List<LocatedError> errors)
    {
        root.Member("$schema", required: false);
        var schema = root.Object("configSchema") is { } node ? ConfigSchema.Read(node.Element, node.Pointer, errors) : ConfigSchema.Anything;
        var kinds = Kinds(root);
        var manifest = new ConnectorManifest
        {
            Id = root.Text("id", pattern: "^[a-z][a-z0-9-]{1,49}$", shape: "lower case letters, digits and hyphens"),
            Name = root.Text("name"),
            Version = root.Version("version"),
            SdkRange = Range(root),
            Kinds = kinds,
            Entry = Entry(root),
            BaseAddress = Address(root),
            Auth = [.. root.Objects("auth").Select(Auth)],
            AllowedHosts = Hosts(root),
            ConfigSchema = schema,
            Streams = [.. root.Objects("streams", kinds.HasFlag(ConnectorKinds.Source)).Select(Stream)],
            RateLimit = Limit(root),
            Webhooks = Webhooks(root),
            ClientCertificate = Certificate(root),
        };
        root.RefuseOthers();
        Agree(manifest, root);
        return manifest;
    }

    private static ConnectorKinds Kinds(ManifestNode root)
    {
        var kinds = ConnectorKinds.None;
        foreach (var text in root.Texts("kinds"))
        {
            kinds |= text switch { "source" => ConnectorKinds.Source, "sink" => ConnectorKinds.Sink, _ => Unknown(text) };
        }
        return kinds;

        ConnectorKinds Unknown(string text)
        {
            root.Error("kinds", "unknown_value", $"'{text}' is none of source, sink.");
            return ConnectorKinds.None;
        }
    }

    private static SdkRange Range(ManifestNode root)
    {
        if (root.Object("sdkRange") is not { } node)
        {
            return new SdkRange(SdkRange.Current, SdkRange.Current);
        }
        var (min, max) = (node.Version("min"), node.Version("max"));
        node.RefuseOthers();
        if (max < min)
        {
            node.Error("max", "range_empty", $"The range ends at {max}, before it begins at {min}.");
            return new SdkRange(min, min);
        }
        return new SdkRange(min, max);
    }

    private static EntryPoint Entry(ManifestNode root)
    {
        var node = root.Object("entry");
        var entry = new EntryPoint(
            node?.Text("assembly", pattern: @"^[A-Za-z0-9_.-]+\.dll$", shape: "the file name of an assembly beside the manifest") ?? "",
            node?.Text("type") ?? "");
        node?.RefuseOthers();
        return entry;
    }

    private static Uri? Address(ManifestNode root)
    {
        var text = root.Text("baseAddress", required: false);
        if (text.Length == 0)
        {
            return null;
        }
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps)
        {
            return address;
        }
        root.Error("baseAddress", "wrong_shape", $"'{text}' is not an https address.");
        return null;
    }

    private static AuthMethod Auth(ManifestNode node)
    {
        var method = new AuthMethod(node.OneOf("kind", AuthMethod.Kinds), node.Texts("secrets", required: false), node.Texts("scopes", required: false));
        node.RefuseOthers();
        return method;
    }

    private static IReadOnlyList<string> Hosts(ManifestNode root)
    {
        var hosts = root.Texts("allowedHosts");
        for (var i = 0; i < hosts.Count; i++)
        {
            var name = hosts[i].StartsWith("*.", StringComparison.Ordinal) ? hosts[i][2..] : hosts[i];
            if (Uri.CheckHostName(name) != UriHostNameType.Dns || !name.Contains('.'))
            {
                root.Error($"allowedHosts/{i}", "wrong_shape", $"'{hosts[i]}' is not a host name, nor one after '*.'.");
            }
        }
        return hosts;
    }

    private static StreamManifest Stream(ManifestNode node)
    {
        var cursor = node.Object("cursor", required: false);
        var stream = new StreamManifest
        {
            Name = node.Text("name", pattern: "^[a-z][a-z0-9_]{0,49}$", shape: "a name in snake_case"),
            Entity = node.OneOf("entity", EntityKinds.Names),
            PrimaryKey = node.Texts("primaryKey"),
            Cursor = cursor is null ? null : new CursorManifest(cursor.Text("field"), cursor.Duration("lookback", TimeSpan.Zero)),
            Deletes = node.OneOf<DeleteDetection>("deletes"),
            Ordered = node.Flag("ordered"),
            Stability = node.OneOf<Stability>("stability"),
            RateLimit = Limit(node),
        };
        cursor?.RefuseOthers();
        node.RefuseOthers();
        return stream;
    }

    private static RateLimit? Limit(ManifestNode node)
    {
        if (node.Object("rateLimit", required: false) is not { } limit)
        {
            return null;
        }
        var read = new RateLimit(limit.Whole("requests", 1), limit.Duration("per"));
        limit.RefuseOthers();
        return read;
    }

    private static WebhookManifest? Webhooks(ManifestNode root)
    {
        if (root.Object("webhooks", required: false) is not { } node)
        {
            return null;
        }
        var (name, header) = (node.Text("scheme"), node.Text("header", required: false));
        var scheme = WebhookScheme.Named(name, header.Length == 0 ? null : header);
        if (scheme is null && name.Length > 0)
        {
            node.Error("scheme", "unknown_value", $"'{name}' is no scheme, or it needs a 'header'.");
        }
        var secret = node.Text("secret");
        node.RefuseOthers();
        return scheme is null ? null : new WebhookManifest(scheme, secret);
    }

    private static ClientCertificateManifest? Certificate(ManifestNode root)
    {
        if (root.Object("clientCertificate", required: false) is not { } node)
        {
            return null;
        }
        var (secret, key, password) = (node.Text("secret"), node.Text("key", required: false), node.Text("password", required: false));
        node.RefuseOthers();
        return new ClientCertificateManifest(secret, key.Length == 0 ? null : key, password.Length == 0 ? null : password);
    }

    /// <summary>Entities whose key is what the platform knows them by, and what other records name them by, whichever stream they come in.</summary>
    private static readonly string[] KnownByKey = ["opportunity", "opportunity_line", "invoice", "payment", "refund", "person"];

    /// <summary>Every name that is used as that of a secret.</summary>
    private static IEnumerable<string> Named(ConnectorManifest manifest) =>
    [
        .. manifest.Auth.SelectMany(a => a.Secrets),
        .. ((string?[])[manifest.Webhooks?.Secret, manifest.ClientCertificate?.Secret, manifest.ClientCertificate?.Key, manifest.ClientCertificate?.Password]).OfType<string>(),
    ];

    /// <summary>What must hold between members.</summary>
    private static void Agree(ConnectorManifest manifest, ManifestNode root)
    {
        var secrets = manifest.ConfigSchema.Secrets.ToHashSet(StringComparer.Ordinal);
        foreach (var name in Named(manifest).Where(s => !secrets.Contains(s)))
        {
            root.Error("configSchema", "secret_missing", $"'{name}' is used as a secret, so the schema must have it with writeOnly.");
        }
        if ((manifest.ConfigSchema.Rotating.Count > 0 || manifest.ClientCertificate is not null) && manifest.SdkRange.Min < Second)
        {
            root.Error("sdkRange/min", "sdk_too_old", $"Secrets that rotate and client certificates are known since version {Second} of the SDK.");
        }
        if (manifest.Streams.DistinctBy(s => s.Name).Count() != manifest.Streams.Count)
        {
            root.Error("streams", "name_twice", "Two streams have one name.");
        }
        foreach (var streams in manifest.Streams.Where(s => KnownByKey.Contains(s.Entity)).GroupBy(s => s.Entity, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            var names = string.Join(" and ", streams.Select(s => $"'{s.Name}'"));
            root.Error("streams", "entity_twice", $"{names} are both of the entity {streams.Key}: a record of one would be taken for that of the other with the same key. Make them one stream, and their keys differ ('renewal-17').");
        }
        if (manifest.Kinds.HasFlag(ConnectorKinds.Source) && manifest.Streams.Count == 0)
        {
            root.Error("streams", "streams_missing", "A source has at least one stream.");
        }
        if (manifest.BaseAddress is { } address && !HostNames.Match(manifest.AllowedHosts, address.Host))
        {
            root.Error("baseAddress", "host_not_allowed", $"'{address.Host}' is not among the allowed hosts.");
        }
        if (manifest.Kinds == ConnectorKinds.None && root.Texts("kinds").Count == 0)
        {
            root.Error("kinds", "kinds_missing", "A connector is a source, a sink, or both.");
        }
    }
}
