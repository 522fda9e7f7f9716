namespace Spm.GraphQL;

/// <summary>Orders names as people do: numbers within them by their value, so that <c>a2</c> comes before <c>a10</c>.</summary>
internal static class NaturalOrder
{
    public static int Compare(string a, string b)
    {
        var (i, j) = (0, 0);
        while (i < a.Length && j < b.Length)
        {
            var order = char.IsAsciiDigit(a[i]) && char.IsAsciiDigit(b[j])
                ? Number(a, ref i).CompareTo(Number(b, ref j))
                : a[i++].CompareTo(b[j++]);
            if (order != 0)
            {
                return order;
            }
        }
        return a.Length - b.Length;
    }

    /// <summary>A number from a position on. A leading zero is a number of its own, so that <c>01</c> and <c>1</c> differ.</summary>
    private static double Number(string text, ref int position)
    {
        var number = 0d;
        do
        {
            number = (number * 10) + (text[position] - '0');
            position++;
        }
        while (position < text.Length && char.IsAsciiDigit(text[position]) && number > 0);
        return number;
    }
}
