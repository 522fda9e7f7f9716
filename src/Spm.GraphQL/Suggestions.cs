namespace Spm.GraphQL;

/// <summary>What someone who mistyped a name may have meant.</summary>
internal static class Suggestions
{
    private const int Most = 5;

    /// <summary><c> Did you mean "a", "b", or "c"?</c>, or nothing.</summary>
    /// <param name="what">Stands before the suggestions: "the enum value".</param>
    public static string DidYouMean(IReadOnlyList<string> suggestions, string what = "")
    {
        var quoted = suggestions.Take(Most).Select(s => $"\"{s}\"").ToArray();
        var list = quoted.Length switch
        {
            0 => "",
            1 => quoted[0],
            2 => $"{quoted[0]} or {quoted[1]}",
            _ => $"{string.Join(", ", quoted[..^1])}, or {quoted[^1]}",
        };
        return list.Length == 0 ? "" : $" Did you mean {(what.Length == 0 ? "" : what + " ")}{list}?";
    }

    /// <summary>The options that are a few edits away from a name, nearest first.</summary>
    public static IReadOnlyList<string> For(string name, IEnumerable<string> options)
    {
        var threshold = (int)(name.Length * 0.4) + 1;
        var lower = name.ToLowerInvariant();
        List<(string Option, int Distance)> near = [];
        foreach (var option in options.Distinct())
        {
            if (Distance(name, lower, option, threshold) is { } distance)
            {
                near.Add((option, distance));
            }
        }
        near.Sort((a, b) => a.Distance != b.Distance ? a.Distance - b.Distance : NaturalOrder.Compare(a.Option, b.Option));
        return [.. near.Select(n => n.Option)];
    }

    /// <summary>
    /// Insertions, deletions, substitutions and swaps of neighbours; case counts once. Null beyond the threshold, so that long names cost
    /// nothing.
    /// </summary>
    private static int? Distance(string name, string lowerName, string option, int threshold)
    {
        if (name == option)
        {
            return 0;
        }
        var lowerOption = option.ToLowerInvariant();
        if (lowerName == lowerOption)
        {
            return 1;
        }
        var (a, b) = lowerOption.Length < lowerName.Length ? (lowerName, lowerOption) : (lowerOption, lowerName);
        if (a.Length - b.Length > threshold)
        {
            return null;
        }
        var (before, above, current) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
        {
            above[j] = j;
        }
        for (var i = 1; i <= a.Length; i++)
        {
            var smallest = current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cell = Math.Min(Math.Min(above[j], current[j - 1]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cell = Math.Min(cell, before[j - 2] + 1);
                }
                current[j] = cell;
                smallest = Math.Min(smallest, cell);
            }
            if (smallest > threshold)
            {
                return null;
            }
            (before, above, current) = (above, current, before);
        }
        return above[b.Length] <= threshold ? above[b.Length] : null;
    }
}
