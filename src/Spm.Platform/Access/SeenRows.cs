using Spm.Platform.Kernel;

namespace Spm.Platform.Access;

/// <summary>Pages of rows of which a caller sees only some: reads on until the page is full.</summary>
internal static class SeenRows
{
    private const int AtOnce = 1000;

    public static List<TRow> Take<TRow, TKey>(Seek<TKey> seek, Func<Seek<TKey>, List<TRow>> page, Func<TRow, TKey> key, Func<TRow, bool> sees)
    {
        var from = seek.From;
        List<TRow> seen = [];
        while (true)
        {
            var rows = page(seek with { From = from, Count = AtOnce });
            seen.AddRange(rows.Where(sees).Take(seek.Count - seen.Count));
            if (rows.Count < AtOnce || seen.Count == seek.Count)
            {
                return seen;
            }
            from = key(rows[^1]);
        }
    }
}
