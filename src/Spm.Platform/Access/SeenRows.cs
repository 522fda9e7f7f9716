namespace Spm.Platform.Access;

/// <summary>Pages of rows of which a caller sees only some: reads on until the page is full.</summary>
internal static class SeenRows
{
    private const int AtOnce = 1000;

    /// <param name="page">Up to so many rows after a key.</param>
    public static List<TRow> Take<TRow, TKey>(TKey after, int count, Func<TKey, int, List<TRow>> page, Func<TRow, TKey> key, Func<TRow, bool> sees)
    {
        List<TRow> seen = [];
        while (true)
        {
            var rows = page(after, AtOnce);
            seen.AddRange(rows.Where(sees).Take(count - seen.Count));
            if (rows.Count < AtOnce || seen.Count == count)
            {
                return seen;
            }
            after = key(rows[^1]);
        }
    }
}
