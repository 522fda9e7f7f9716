namespace Spm.GraphQL.Authoring.Connections;

/// <summary>Which page is asked for. A resolver that pages by itself takes it as a parameter.</summary>
/// <param name="First">Items from the beginning, or behind <paramref name="After"/>; null when it is not said.</param>
/// <param name="After">The cursor behind which the page begins; not included.</param>
/// <param name="Last">Items from the end, or before <paramref name="Before"/>.</param>
/// <param name="Before">The cursor before which the page ends; not included.</param>
public sealed record PageArguments(int? First, string? After, int? Last, string? Before);

/// <summary>A page of items, with the cursor of each.</summary>
/// <param name="Items">In their order.</param>
/// <param name="Cursors">As many as items: opaque texts that find the place again.</param>
/// <param name="TotalCount">Items of all pages; null when nobody has counted.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, IReadOnlyList<string> Cursors, bool HasNext, bool HasPrevious, int? TotalCount = null)
{
    /// <summary>Counts the items of all pages when somebody asks for that, where <see cref="TotalCount"/> is null.</summary>
    public Func<CancellationToken, ValueTask<int>>? Count { get; init; }

    /// <summary>Makes a page of all items.</summary>
    public static Page<T> Of(IEnumerable<T> all, PageArguments arguments)
    {
        var items = all as IReadOnlyList<T> ?? [.. all];
        var start = Math.Clamp(Offset(arguments.After, -1) + 1, 0, items.Count);
        var end = Math.Clamp(Offset(arguments.Before, items.Count), start, items.Count);
        if (arguments.First is { } first)
        {
            end = Math.Min(end, start + first);
        }
        if (arguments.Last is { } last)
        {
            start = Math.Max(start, end - last);
        }
        return new Page<T>(
            [.. items.Skip(start).Take(end - start)],
            [.. Enumerable.Range(start, end - start).Select(i => Cursor(i))],
            end < items.Count, start > 0, items.Count);
    }

    private static string Cursor(int offset) =>
        Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"i{offset.ToString(System.Globalization.CultureInfo.InvariantCulture)}"));

    private static int Offset(string? cursor, int otherwise)
    {
        if (cursor is null)
        {
            return otherwise;
        }
        Span<byte> bytes = stackalloc byte[16];
        return Convert.TryFromBase64String(cursor, bytes, out var length) && length > 1 && bytes[0] == 'i'
            && int.TryParse(bytes[1..length], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var offset)
                ? offset
                : throw new GraphQLException(new GraphQLError("The cursor is none of this list.") { Extensions = Execution.Codes.BadInput });
    }
}
