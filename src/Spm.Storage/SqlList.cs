namespace Spm.Storage;

/// <summary>
/// Lists of values in a statement. A session keeps what it has prepared by its text, so a list has as many places as the next power of two, and its last
/// value stands in those that are left.
/// </summary>
public static class SqlList
{
    /// <param name="values">At least one.</param>
    public static IReadOnlyList<T> Padded<T>(IReadOnlyList<T> values)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)values.Count);
        return size == values.Count ? values : [.. values, .. Enumerable.Repeat(values[^1], size - values.Count)];
    }

    /// <summary>"$3, $4, $5": so many places from a number on.</summary>
    public static string Places(int count, int first) => string.Join(", ", Enumerable.Range(first, count).Select(n => $"${n}"));
}
