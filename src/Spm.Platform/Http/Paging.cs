using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>A page of a list. <paramref name="NextCursor"/> is null on the last one.</summary>
public sealed record Page<T>(IReadOnlyList<T> Data, string? NextCursor);

/// <summary>Pages of a list as REST answers them: rows behind a cursor, and the cursor of the next page.</summary>
public static class Paging
{
    /// <summary>The rows of the page that is asked for, and one more, which tells whether another page follows.</summary>
    public static Result<Seek<TKey>> Seek<TRow, TKey>(this HttpContext http, Keyset<TRow, TKey> keys)
        where TKey : struct
    {
        var limit = http.Limit();
        return limit.IsOk ? keys.Seek(http.Parameter("cursor"), limit.Value + 1) : limit.Error!;
    }

    /// <summary>
    /// Answers with a page. <paramref name="rows"/> holds up to one element more than the page, which tells whether another page follows in the direction
    /// that was asked for; in the other direction there is the page that the cursor came from.
    /// </summary>
    public static IResult Page<TRow, TKey, TView>(this HttpContext http, Keyset<TRow, TKey> keys, IReadOnlyList<TRow> rows, Func<TRow, TView> view)
        where TKey : struct
    {
        var (limit, backward) = (http.Limit().Value, http.Seek(keys).Value.Backward);
        TRow[] page = [.. backward ? rows.Take(limit).Reverse() : rows.Take(limit)];
        var (more, back) = (rows.Count > limit, page.Length > 0 && http.Parameter("cursor") is not null);
        var (before, behind) = backward ? (more, back) : (back, more);
        return Page(http, [.. page.Select(view)], behind ? keys.Cursor(page[^1]) : null, before ? keys.CursorBefore(page[0]) : null);
    }

    /// <summary>The same of rows that may have been refused.</summary>
    public static IResult Page<TRow, TKey, TView>(this HttpContext http, Keyset<TRow, TKey> keys, Result<IReadOnlyList<TRow>> rows, Func<TRow, TView> view)
        where TKey : struct => rows.IsOk ? http.Page(keys, rows.Value, view) : Answer.Problem(rows.Error!);

    public static IResult Page<TView>(HttpContext http, IReadOnlyList<TView> data, string? next, string? previous = null)
    {
        List<string> links = [$"<{http.Request.Path}{Query(http, null)}>; rel=\"first\""];
        if (previous is not null)
        {
            links.Add($"<{http.Request.Path}{Query(http, previous)}>; rel=\"prev\"");
        }
        if (next is not null)
        {
            links.Add($"<{http.Request.Path}{Query(http, next)}>; rel=\"next\"");
        }
        http.Response.Headers.Link = string.Join(", ", links);
        return Answer.Ok(new Page<TView>(data, next));
    }

    private static string Query(HttpContext http, string? cursor)
    {
        var query = http.Request.Query.Where(q => q.Key != "cursor").ToDictionary(q => q.Key, q => (string?)q.Value.ToString());
        if (cursor is not null)
        {
            query["cursor"] = cursor;
        }
        return QueryHelpers.AddQueryString("", query);
    }
}
