using System.Text.Json;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.AuditTrail;

/// <param name="Actor">The credential that did it; `platform` for what no request asked for.</param>
/// <param name="Action">What was done: rep.put, payout.approve, payout_batch.claim, …</param>
/// <param name="Subject">The id of what it was done to.</param>
/// <param name="Request">The id of the request.</param>
/// <param name="Before">How it stood before; null where there was nothing.</param>
/// <param name="Hash">SHA-256 over this entry and the hash of the one before, in hexadecimal.</param>
/// <param name="Erased">A person was taken out of before and after: it has the hash it had, and a later entry attests what it says now.</param>
public sealed record AuditEntryView(
    long No, string RecordedAt, string Actor, string Action, string Subject, string Request, JsonElement? Before, JsonElement? After, string Hash, bool Erased)
{
    public static AuditEntryView Of(AuditEntry entry) => new(
        entry.No, Wire.Instant(entry.At), entry.Actor, entry.Action, entry.Subject, entry.Request, State(entry.Before), State(entry.After), Convert.ToHexStringLower(entry.Hash), entry.Erased);

    private static JsonElement? State(string? json) => json is null ? null : JsonSerializer.Deserialize<JsonElement>(json, Json.Stored);
}

/// <param name="Entries">Sound entries, from the first on.</param>
/// <param name="Head">The hash of the last sound entry. Noted elsewhere, it proves later that nothing was cut off.</param>
/// <param name="BrokenAt">The number of the first entry that does not fit; null when all do.</param>
public sealed record AuditVerdictView(bool Sound, long Entries, string Head, long? BrokenAt, string? Detail)
{
    public static AuditVerdictView Of(AuditVerdict verdict) => new(verdict.Sound, verdict.Entries, verdict.Head, verdict.BrokenAt, verdict.Detail);
}

/// <summary>Which entries are asked for; null does not narrow.</summary>
/// <param name="Actor">Only by this credential.</param>
/// <param name="Action">Only this action, such as payout.approve.</param>
/// <param name="Subject">Only what was done to this id.</param>
/// <param name="From">Only from this instant on.</param>
/// <param name="To">Only before this instant.</param>
public sealed record AuditEntryFilter(string? Actor = null, string? Action = null, string? Subject = null, string? From = null, string? To = null);

/// <summary>Reads the audit trail of the caller's tenant; the operator's own is that of tenants made.</summary>
public sealed class AuditQueries(SpmStore store)
{
    /// <summary>In the order they were made.</summary>
    public static readonly Keyset<AuditEntry, long> Keys = Keyset.Of<AuditEntry>("audit", e => e.No);

    public Result<IReadOnlyList<AuditEntry>> List(Caller caller, AuditEntryFilter filter, Seek<long> seek)
    {
        var asked = Asked(caller, filter);
        return asked.IsOk ? store.Read(s => AuditTable.Page(s, caller.Tenant, asked.Value, seek)) : asked.Error!;
    }

    public Result<long> Count(Caller caller, AuditEntryFilter filter) => Asked(caller, filter).Then(asked => store.Read(s => AuditTable.Count(s, caller.Tenant, asked)));

    private static Result<AuditFilter> Asked(Caller caller, AuditEntryFilter filter)
    {
        if (caller.Lacks(Scopes.AuditRead) is { } lacking)
        {
            return lacking;
        }
        var (first, last) = (InstantFilter.Read("from", filter.From), InstantFilter.Read("to", filter.To));
        return (first.Error ?? last.Error) is { } refusal ? refusal : new AuditFilter(filter.Actor, filter.Action, filter.Subject, first.Value, last.Value);
    }

    public Result<AuditVerdict> Verify(Caller caller, string? head) =>
        caller.Lacks(Scopes.AuditRead) is { } lacking ? lacking : store.ReadSnapshot(s => AuditChain.Verify(s, caller.Tenant, head));
}
