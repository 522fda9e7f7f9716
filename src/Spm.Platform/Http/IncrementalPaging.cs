using Microsoft.AspNetCore.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>
/// Lists that are read whole in their own order, or, where `updated_since` is given, from an instant on in the order of when rows changed last. A row that
/// changes while somebody reads moves to the end and is read again, never passed over.
/// </summary>
public static class IncrementalPaging
{
    public static readonly (string Name, string Description) UpdatedSince = ("updated_since", "Only what changed at this instant (RFC 3339, with its zone) or later, in the order of when it changed.");

    /// <param name="updated">The rows that changed at an instant or later, in Unix milliseconds, in the order of <paramref name="updatedKeys"/>.</param>
    public static async Task<IResult> PageAsync<TRow, TKey, TUpdated, TView>(
        this HttpContext http,
        Keyset<TRow, TKey> keys,
        Func<Seek<TKey>, Task<Result<IReadOnlyList<TRow>>>> list,
        Keyset<TRow, TUpdated> updatedKeys,
        Func<long, Seek<TUpdated>, Task<Result<IReadOnlyList<TRow>>>> updated,
        Func<TRow, TView> view)
        where TKey : struct
        where TUpdated : struct
    {
        var since = InstantFilter.Read(UpdatedSince.Name, http.Parameter(UpdatedSince.Name));
        if (!since.IsOk)
        {
            return Answer.Problem(since.Error!);
        }
        if (since.Value is { } instant)
        {
            var behind = http.Seek(updatedKeys);
            return behind.IsOk ? http.Page(updatedKeys, await updated(instant, behind.Value), view) : Answer.Problem(behind.Error!);
        }
        var seek = http.Seek(keys);
        return seek.IsOk ? http.Page(keys, await list(seek.Value), view) : Answer.Problem(seek.Error!);
    }
}
