using System.Text;

namespace Spm.Compensation.Documents;

/// <summary>How names of the code stand in documents: RollUp as roll_up.</summary>
public static class WireNames
{
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

    /// <summary>The name that somebody may have meant: with one letter of three wrong at most, and never more than three. Null where none is near.</summary>
    public static string? Nearest(string name, IEnumerable<string> names) =>
        names.Where(n => Math.Abs(n.Length - name.Length) <= 3).Select(n => (Name: n, Distance: Distance(n, name))).Where(n => n.Distance <= Math.Clamp(name.Length / 3, 1, 3)).OrderBy(n => n.Distance).Select(n => n.Name).FirstOrDefault();

    /// <summary>How many letters must be put in, left out or changed to turn one name into the other.</summary>
    public static int Distance(string one, string other)
    {
        var before = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 0; i < one.Length; i++)
        {
            var row = new int[other.Length + 1];
            row[0] = i + 1;
            for (var j = 0; j < other.Length; j++)
            {
                row[j + 1] = Math.Min(Math.Min(row[j], before[j + 1]) + 1, before[j] + (one[i] == other[j] ? 0 : 1));
            }
            before = row;
        }
        return before[^1];
    }
}
