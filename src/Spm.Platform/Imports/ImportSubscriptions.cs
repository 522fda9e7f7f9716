using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;

namespace Spm.Platform.Imports;

/// <summary>An import job as it has become.</summary>
/// <param name="Cursor">Names the state: `after` of a subscription that takes this one up again.</param>
/// <param name="Import">Status, counts and progress.</param>
public sealed record ImportEvent(string Cursor, ImportView Import);

[SubscriptionType]
internal static class ImportSubscriptions
{
    /// <summary>An import job's status, counts and progress: as they are, and again whenever they have changed. Ends with the job.</summary>
    /// <param name="id">Of the job.</param>
    /// <param name="after">The cursor of the last event that was received: what has changed since is told at once.</param>
    public static IAsyncEnumerable<ImportEvent> GetImport([ID] string id, ImportCommands commands, Watch watch, Call call, CancellationToken cancellation, string? after = null) =>
        watch.StatesAsync(
            () => Task.FromResult(commands.Find(call.Caller, id).Then(ImportView.Of)), (import, cursor) => new ImportEvent(cursor, import), after,
            isLast: import => import.Status is ImportStatus.Succeeded or ImportStatus.Failed, cancellation: cancellation);
}
