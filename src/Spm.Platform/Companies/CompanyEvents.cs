using System.Text.Json;
using Spm.Platform.Kernel;
using Spm.Platform.Webhooks;
using Spm.Storage;

namespace Spm.Platform.Companies;

/// <summary>What webhooks are told of changed records: months that are closed or open again, and plan documents.</summary>
internal static class CompanyEvents
{
    /// <summary>Call in the write that makes the changes.</summary>
    public static void Tell(SqlSession session, int tenant, IReadOnlyList<RecordChange> changes, long now)
    {
        EventLog? events = null;
        foreach (var change in changes)
        {
            if (change.Body is { } body && Type(change, body) is { } type)
            {
                var (id, source, externalId) = (change.Id, change.Source, change.ExternalId);
                object about = change.Kind == RecordKinds.Plan.Name ? new { id, source, externalId } : new { id };
                (events ??= EventLog.Of(session, tenant, now)).Tell(type, id, about, () => about);
            }
        }
    }

    /// <summary>Null where nobody is told. A month that is closing is neither closed nor open.</summary>
    private static string? Type(RecordChange change, string body) =>
        change.Kind == RecordKinds.Plan.Name ? EventTypes.PlanPublished
        : change.Kind != RecordKinds.Period ? null
        : JsonSerializer.Deserialize<PeriodDoc>(body, Json.Stored)!.Status switch
        {
            PeriodStatus.Closed => EventTypes.PeriodClosed,
            PeriodStatus.Open => EventTypes.PeriodReopened,
            _ => null,
        };
}
