using System.Globalization;

namespace Spm.Platform.Kernel;

/// <summary>
/// Reads decimal numbers as they are sent: digits with a point, perhaps a minus in front. What cannot be held exactly is refused, where the
/// framework's own reader would round it.
/// </summary>
public static class Decimals
{
    /// <summary>A decimal holds any number of so many digits.</summary>
    public const int MaxDigits = 28;

    public enum Fault : byte
    {
        None,

        /// <summary>Not of this form: no digit before or after the point, a plus, a blank, a comma, an exponent.</summary>
        Malformed,

        /// <summary>More than <see cref="MaxDigits"/> digits, zeros in front aside.</summary>
        TooManyDigits,
    }

    public static bool TryParse(string? text, out decimal value) => Parse(text, out value) == Fault.None;

    public static Fault Parse(ReadOnlySpan<char> text, out decimal value)
    {
        value = 0m;
        var at = text is ['-', ..] ? 1 : 0;
        var (digits, decimals, point) = (0, 0, false);
        for (var previous = ' '; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '.' && !point && char.IsAsciiDigit(previous) && at + 1 < text.Length)
            {
                point = true;
            }
            else if (char.IsAsciiDigit(c))
            {
                digits += digits > 0 || c != '0' ? 1 : 0;
                decimals += point ? 1 : 0;
            }
            else
            {
                return Fault.Malformed;
            }
            previous = c;
        }
        if (text.Length == 0 || text is ['-'])
        {
            return Fault.Malformed;
        }
        if (digits > MaxDigits || decimals > MaxDigits)
        {
            return Fault.TooManyDigits;
        }
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) ? Fault.None : Fault.TooManyDigits;
    }
}
