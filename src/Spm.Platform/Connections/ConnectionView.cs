using System.Text.Json;
using Spm.Connectors.Hosting.Plugins;
using Spm.Platform.Connections.Mapping;
using Spm.Platform.Connections.Runs;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Connections;

/// <summary>One tenant's account at a vendor.</summary>
/// <param name="Config">Without secrets.</param>
/// <param name="Secrets">Names of the secrets that are set. What they are is never shown.</param>
/// <param name="Status">active, paused or stopped.</param>
/// <param name="Reason">Why it has stopped by itself; null where it has not.</param>
/// <param name="Account">For whom the credentials speak, as the last check has found.</param>
/// <param name="CertificateUntil">The last instant of its client certificate; null where it has none.</param>
/// <param name="NextRunAt">Null while it runs, and where nothing is due.</param>
/// <param name="Mapping">By stream, with what stands there by itself.</param>
public sealed record ConnectionView(
    string Id, string Connector, string? Version, string Name, string Source, ConnectionStatus Status, ReasonView? Reason, JsonElement Config, IReadOnlyList<string> Secrets,
    string? BaseAddress, int? EverySeconds, string? Account, string? CertificateUntil, string? NextRunAt, IReadOnlyDictionary<string, StreamMapping> Mapping, IReadOnlyList<StreamView> Streams, string CreatedAt, string UpdatedAt) : INode
{
    /// <param name="plugin">Null where its connector is not installed any more.</param>
    internal static ConnectionView Of(ConnectionRow row, Plugin? plugin, IReadOnlyList<StreamRow> streams) => new(
        row.Id,
        row.Connector,
        row.Version,
        row.Name,
        row.Source,
        row.Status,
        ReasonView.Of(row.ReasonKind, row.Reason),
        JsonElement.Parse(row.Config),
        row.SecretNames,
        row.BaseAddress,
        row.EverySeconds,
        row.Account,
        row.CertificateUntil is { } end ? Wire.Instant(end) : null,
        row.NextRunAt is { } at ? Wire.Instant(at) : null,
        plugin is null ? MappingReader.Read(row.Mapping) : MappingReader.Complete(plugin.Manifest, row.Mapping),
        [.. streams.Select(s => new StreamView(s.Stream, s.Condition, ReasonView.Of(s.ReasonKind, s.Reason), s.State.FullRead is not null, s.CompletedAt is { } done ? Wire.Instant(done) : null))],
        Wire.Instant(row.CreatedAt),
        Wire.Instant(row.UpdatedAt));
}

/// <summary>The kind of an error, as connectors name it, and a sentence.</summary>
public sealed record ReasonView(string Kind, string Detail)
{
    internal static ReasonView? Of(string? kind, string? detail) => kind is null ? null : new ReasonView(kind, detail ?? "");
}

/// <param name="Condition">fine, failing (the next run goes on) or paused (until the connection is resumed).</param>
/// <param name="Backfilling">A full read is under way, perhaps over several runs.</param>
/// <param name="CompletedAt">When a run last read all there was.</param>
public sealed record StreamView(string Name, StreamCondition Condition, ReasonView? Reason, bool Backfilling, string? CompletedAt);

/// <param name="Reason">Why it ended before its streams did, as when no session could be opened; null where it did not. What a stream failed for stands with the stream.</param>
/// <param name="AtStake">Money of records that were rejected or in quarantine when the run ended, by currency.</param>
public sealed record RunView(string Id, RunCause Cause, RunState Status, ReasonView? Reason, string StartedAt, string? EndedAt, RunCounts Rows, IReadOnlyList<RunStreamView> Streams, IReadOnlyList<StakeView> AtStake)
{
    internal static RunView Of(RunRow row, IReadOnlyList<RunStreamRow> streams) => new(
        row.Id,
        row.Cause,
        row.State,
        ReasonView.Of(row.ReasonKind, row.Reason),
        Wire.Instant(row.StartedAt),
        row.EndedAt is { } at ? Wire.Instant(at) : null,
        streams.Aggregate(default(RunCounts), (sum, s) => sum + s.Counts),
        [.. streams.Select(s => new RunStreamView(s.Stream, s.Status, ReasonView.Of(s.ReasonKind, s.Reason), s.Counts))],
        row.AtStake is null ? [] : JsonSerializer.Deserialize<List<StakeView>>(row.AtStake, Json.Stored)!);
}

/// <param name="Status">reading, complete, waiting, paused, failed or skipped.</param>
public sealed record RunStreamView(string Name, string Status, ReasonView? Reason, RunCounts Rows);

/// <summary>A record that came and does not count.</summary>
/// <param name="Status">rejected (by a rule of the platform; tried again by itself) or quarantined (it could not be read).</param>
/// <param name="Raw">As it came.</param>
public sealed record WaitingRowView(string Stream, string Key, RecordState Status, string? ChangedAt, AmountAtStakeView? Amount, IReadOnlyList<FieldError> Errors, string? Raw)
{
    internal static WaitingRowView Of(RecordRow row) => new(
        row.Stream, row.Key, row.State, row.ChangedAt is { } at ? Wire.Instant(at) : null,
        row is { Amount: { } amount, Currency: { } currency } ? new AmountAtStakeView(Wire.Amount(amount), currency) : null, row.Errors, row.Body);
}

public sealed record AmountAtStakeView(string Amount, string Currency);

/// <summary>Whom the credentials speak for, or why they do not.</summary>
/// <param name="Account">As the vendor calls it; null where the credentials speak for nobody.</param>
public sealed record CheckView(bool Ok, string? Account, ReasonView? Reason);

/// <summary>A stream as the account has it.</summary>
public sealed record DiscoveredStreamView(string Name, IReadOnlyList<DiscoveredFieldView> Fields);

/// <param name="Name">In a mapping: fields/NAME.</param>
public sealed record DiscoveredFieldView(string Name, string Type, string? Label, bool Custom);

/// <param name="Stream">Which stream to look at.</param>
/// <param name="Mapping">What records of the stream become, tried in the place of what the connection says of it; that when left out.</param>
/// <param name="Rows">How many records to look at: 1 to 50; 10 when left out.</param>
public sealed record PreviewInput(string Stream, StreamMapping? Mapping = null, int? Rows = null);

/// <summary>What records would become. Nothing is kept.</summary>
public sealed record PreviewView(IReadOnlyList<PreviewRowView> Rows);

/// <param name="Record">What a mapping can name of it.</param>
/// <param name="Result">accepted, ignored, rejected, quarantined or gone.</param>
/// <param name="Becomes">The fields that it would set.</param>
public sealed record PreviewRowView(string? Key, IReadOnlyDictionary<string, string?> Record, RecordState Result, IReadOnlyDictionary<string, string> Becomes, IReadOnlyList<FieldError> Errors);
