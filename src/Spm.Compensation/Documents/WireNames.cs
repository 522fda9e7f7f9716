using System.Text;

namespace Spm.Compensation.Documents;

/// <summary>How names of the code stand in documents: RollUp as roll_up.</summary>
public static class WireNames
{
    /// <summary>Of a name that is cut short so many letters are written at least.</summary>
    private const int LeastCutShort = 3;

    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var name = new StringBuilder();
        foreach (var letter in value.ToString())
        {
            if (char.IsUpper(letter) && name.Length > 0)
            {
                name.Append('_');
            }
            name.Append(char.ToLowerInvariant(letter));
        }
        return name.ToString();
    }

    /// <summary>
    /// The name that somebody may have meant: with one letter of three wrong at most, and never more than three, or cut short. Null where none is near.
    /// </summary>
    public static string? Nearest(string name, IEnumerable<string> names) => names
        .Select(n => (Name: n, Distance: Math.Abs(n.Length - name.Length) <= 3 ? Distance(n, name) : int.MaxValue))
        .Where(n => n.Distance <= Math.Clamp(name.Length / 3, 1, 3) || (name.Length >= LeastCutShort && n.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
        .OrderBy(n => n.Distance).Select(n => n.Name).FirstOrDefault();

    /// <summary>How many letters must be put in, left out, changed, or exchanged with the next one to turn one name into the other.</summary>
    public static int Distance(string one, string other)
    {
        int[] earlier = [], before = [.. Enumerable.Range(0, other.Length + 1)];
        for (var i = 0; i < one.Length; i++)
        {
            var row = new int[other.Length + 1];
            row[0] = i + 1;
            for (var j = 0; j < other.Length; j++)
            {
                row[j + 1] = Math.Min(Math.Min(row[j], before[j + 1]) + 1, before[j] + (one[i] == other[j] ? 0 : 1));
                if (i > 0 && j > 0 && one[i] == other[j - 1] && one[i - 1] == other[j])
                {
                    row[j + 1] = Math.Min(row[j + 1], earlier[j - 1] + 1);
                }
            }
            (earlier, before) = (before, row);
        }
        return before[^1];
    }
}
