using System.Data.Common;
using System.Text.Json;
using Spm.Platform.Kernel;

namespace Spm.Platform.Connections;

public enum ConnectionStatus : byte
{
    Active,

    /// <summary>By a person, until a person lets it go on.</summary>
    Paused,

    /// <summary>By itself: what is wrong needs a person.</summary>
    Stopped,
    Deleted,
}

/// <summary>Why a run begins.</summary>
public enum RunCause : byte
{
    Schedule,
    Request,
    Webhook,
    Backfill,
    Retry,

    /// <summary>The one before was cut off by the end of its host.</summary>
    Restart,
}

/// <summary>A connection as it is stored. Instants are Unix milliseconds.</summary>
public sealed record ConnectionRow
{
    public const string Columns =
        "no, tenant, id, connector, connector_version, name, source, config, secrets, secret_names, base_address, every_seconds, mapping, status, reason_kind, reason, account, "
        + "next_run_at, next_trigger, revision, created_at, updated_at, certificate_until";

    public long No { get; init; }

    public required int Tenant { get; init; }

    public required string Id { get; init; }

    public required string Connector { get; init; }

    /// <summary>Null: the newest that is installed.</summary>
    public string? Version { get; init; }

    public required string Name { get; init; }

    /// <summary>The source of all records and transactions that come through it.</summary>
    public required string Source { get; init; }

    /// <summary>JSON without secrets.</summary>
    public required string Config { get; init; }

    public string? Secrets { get; init; }

    public IReadOnlyList<string> SecretNames { get; init; } = [];

    public string? BaseAddress { get; init; }

    /// <summary>Null: it runs only when it is asked to.</summary>
    public int? EverySeconds { get; init; }

    /// <summary>JSON: what was put, without defaults.</summary>
    public required string Mapping { get; init; }

    public ConnectionStatus Status { get; init; }

    public string? ReasonKind { get; init; }

    public string? Reason { get; init; }

    public string? Account { get; init; }

    /// <summary>The last instant of its client certificate; null where it has none.</summary>
    public long? CertificateUntil { get; init; }

    public long? NextRunAt { get; init; }

    public RunCause? NextCause { get; init; }

    public required long Revision { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }

    public static ConnectionRow Map(DbDataReader r) => new()
    {
        No = r.GetInt64(0),
        Tenant = r.GetInt32(1),
        Id = r.GetString(2),
        Connector = r.GetString(3),
        Version = Text(r, 4),
        Name = r.GetString(5),
        Source = r.GetString(6),
        Config = r.GetString(7),
        Secrets = Text(r, 8),
        SecretNames = JsonSerializer.Deserialize<string[]>(r.GetString(9))!,
        BaseAddress = Text(r, 10),
        EverySeconds = r.IsDBNull(11) ? null : r.GetInt32(11),
        Mapping = r.GetString(12),
        Status = Of<ConnectionStatus>(r.GetString(13)),
        ReasonKind = Text(r, 14),
        Reason = Text(r, 15),
        Account = Text(r, 16),
        NextRunAt = r.IsDBNull(17) ? null : r.GetInt64(17),
        NextCause = Text(r, 18) is { } cause ? Of<RunCause>(cause) : null,
        Revision = r.GetInt64(19),
        CreatedAt = r.GetInt64(20),
        UpdatedAt = r.GetInt64(21),
        CertificateUntil = r.IsDBNull(22) ? null : r.GetInt64(22),
    };

    internal static T Of<T>(string text)
        where T : struct, Enum => EnumNames.TryParse<T>(text, out var value) ? value : throw new InvalidOperationException($"'{text}' is stored and is no {typeof(T).Name}.");

    internal static string? Text(DbDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);
}
