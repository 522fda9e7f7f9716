using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Kernel;

namespace Spm.Platform.Graph;

/// <summary>Pages of a list with REST's cursors, in either direction.</summary>
internal static class Pages
{
    /// <param name="keys">Of the list from the least on.</param>
    /// <param name="list">Rows in the direction that is asked for, the nearest one first.</param>
    /// <param name="count">Rows of all pages, counted when somebody asks.</param>
    /// <param name="direction">Where the list begins.</param>
    public static async Task<Page<TView>> OfAsync<TRow, TKey, TView>(
        Keyset<TRow, TKey> keys, PageArguments asked, Func<Seek<TKey>, Task<Result<IReadOnlyList<TRow>>>> list, Func<TRow, TView> view, Func<Task<Result<long>>>? count = null,
        OrderDirection direction = OrderDirection.Asc)
        where TKey : struct
    {
        if (direction == OrderDirection.Desc)
        {
            return await OfAsync(keys.Reversed(), asked, seek => list(seek with { Backward = !seek.Backward }), view, count);
        }
        var backward = asked.First is null;
        var size = (asked.First ?? asked.Last)!.Value;
        var (after, before) = (Key(keys, asked.After, "after"), Key(keys, asked.Before, "before"));
        var rows = (await list(new Seek<TKey>(backward ? before ?? keys.Last : after ?? keys.First, size + 1, backward))).OrRefuse();
        // The other cursor ends the page where it comes first.
        var within = rows.TakeWhile(r => backward ? after is not { } lower || keys.Compare(r, lower) > 0 : before is not { } upper || keys.Compare(r, upper) < 0).ToList();
        var page = within.Take(size);
        var more = within.Count > size;
        if (asked is { First: not null, Last: { } last })
        {
            page = page.TakeLast(last);
        }
        TRow[] items = [.. backward ? page.Reverse() : page];
        return new Page<TView>(
            [.. items.Select(view)], [.. items.Select(keys.Cursor)], backward ? before is not null : more, backward ? more : after is not null || items.Length < Math.Min(size, within.Count))
        {
            Count = count is null ? null : async _ => (int)Math.Min((await count()).OrRefuse(), int.MaxValue),
        };
    }

    public static Task<Page<TView>> Of<TRow, TKey, TView>(
        Keyset<TRow, TKey> keys, PageArguments asked, Func<Seek<TKey>, Result<IReadOnlyList<TRow>>> list, Func<TRow, TView> view, Func<Result<long>>? count = null,
        OrderDirection direction = OrderDirection.Asc)
        where TKey : struct => OfAsync(keys, asked, seek => Task.FromResult(list(seek)), view, count is null ? null : () => Task.FromResult(count()), direction);

    private static TKey? Key<TRow, TKey>(Keyset<TRow, TKey> keys, string? cursor, string argument)
        where TKey : struct => cursor is null ? null : keys.Read(cursor, argument).OrRefuse();
}
