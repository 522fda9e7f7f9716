namespace Spm.Platform.Changes;

/// <summary>Something that was written or taken away. What it says now is read where its kind is read.</summary>
/// <param name="Kind">company, year, period, measure, plan, rep, territory, account, quota, fx_rate, transaction, payout or payout_batch; others may come.</param>
/// <param name="Id">As its own operations name it. Of quotas: rep, measure, period and, where there is one, the day, with slashes; of rates: currency and day.</param>
/// <param name="Source">Of what has a key in a source.</param>
/// <param name="ExternalId">With the source.</param>
/// <param name="Removed">It is not there any more.</param>
/// <param name="ChangedAt">When it was written or taken away.</param>
public sealed record ChangeView(string Kind, string Id, string? Source, string? ExternalId, bool Removed, string ChangedAt);

/// <summary>Some of what was written or taken away, and where to go on.</summary>
/// <param name="Data">In the order of the commits; may be empty also where more follows, because what the caller does not see is left out.</param>
/// <param name="NextCursor">Where the next page begins, also when there is nothing behind it yet.</param>
/// <param name="HasMore">Something follows already.</param>
public sealed record ChangesView(IReadOnlyList<ChangeView> Data, string NextCursor, bool HasMore);
