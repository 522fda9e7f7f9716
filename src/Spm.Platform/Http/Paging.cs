using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>A page of a list. <paramref name="NextCursor"/> is null on the last one.</summary>
public sealed record Page<T>(IReadOnlyList<T> Data, string? NextCursor);

/// <summary>
/// Cursor paging: a cursor names the list and the sort key of the last element seen, so pages neither skip nor repeat when the
/// list grows meanwhile. Opaque to callers; one from another list is refused.
/// </summary>
public static class Paging
{
    /// <summary>The key after which the page begins: empty at the start, else as many parts as the list's key has.</summary>
    public static Result<string[]> After(this HttpContext http, string list, int parts)
    {
        if (http.Parameter("cursor") is not { } cursor)
        {
            return Array.Empty<string>();
        }
        var invalid = new Error(ErrorCodes.CursorInvalid, "Use `next_cursor` of the page before, with the same parameters.", [new FieldError("cursor", ErrorCodes.CursorInvalid, "Not a cursor of this list.")]);
        try
        {
            var key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('\u001f');
            return key.Length == parts + 1 && key[0] == list ? key[1..] : invalid;
        }
        catch (FormatException)
        {
            return invalid;
        }
    }

    /// <summary>The same for lists whose key is numbers.</summary>
    public static Result<long[]> AfterNumbers(this HttpContext http, string list, int parts)
    {
        var after = http.After(list, parts);
        if (!after.IsOk)
        {
            return after.Error!;
        }
        var numbers = new long[after.Value.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!long.TryParse(after.Value[i], out numbers[i]))
            {
                return new Error(ErrorCodes.CursorInvalid, "Not a cursor of this list.");
            }
        }
        return numbers;
    }

    /// <summary>
    /// Answers with a page. <paramref name="rows"/> holds up to one element more than the limit, which tells whether another page follows.
    /// </summary>
    public static IResult Page<TRow, TView>(this HttpContext http, string list, int limit, IReadOnlyList<TRow> rows, Func<TRow, TView> view, Func<TRow, object[]> key)
    {
        var next = rows.Count > limit ? Cursor(list, key(rows[limit - 1])) : null;
        return Page(http, [.. rows.Take(limit).Select(view)], next);
    }

    /// <summary>Answers with a page of all these rows, after which another one follows.</summary>
    public static IResult PageAfter<TRow, TView>(this HttpContext http, string list, IReadOnlyList<TRow> rows, Func<TRow, TView> view, Func<TRow, object[]> key) =>
        Page(http, [.. rows.Select(view)], Cursor(list, key(rows[^1])));

    private static IResult Page<TView>(HttpContext http, IReadOnlyList<TView> data, string? next)
    {
        List<string> links = [$"<{http.Request.Path}{Query(http, null)}>; rel=\"first\""];
        if (next is not null)
        {
            links.Add($"<{http.Request.Path}{Query(http, next)}>; rel=\"next\"");
        }
        http.Response.Headers.Link = string.Join(", ", links);
        return Answer.Ok(new Page<TView>(data, next));
    }

    private static string Cursor(string list, object[] key) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join('\u001f', key.Prepend(list))));

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
