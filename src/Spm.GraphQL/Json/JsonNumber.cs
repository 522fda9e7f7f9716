using System.Buffers.Text;
using System.Text;
using Spm.GraphQL.Types.Coercion;

namespace Spm.GraphQL.Json;

/// <summary>Numbers of double precision as JSON, in the digits that JavaScript writes.</summary>
internal static class JsonNumber
{
    /// <summary>Bytes that a number needs at most.</summary>
    public const int Longest = 32;

    /// <summary>Up to here, numbers with three decimals have at most fifteen significant digits.</summary>
    private const double Exact = 1e12;

    /// <summary>
    /// Writes a finite number. Decimals of at most fifteen digits stand for different doubles each, so that one which divides back to the
    /// number is the shortest that means it: most numbers need no search for their digits.
    /// </summary>
    /// <returns>Bytes written.</returns>
    public static int Format(double value, Span<byte> room)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "JSON has finite numbers only.");
        }
        if (value is > -Exact and < Exact)
        {
            var whole = (long)value;
            if (whole == value)
            {
                Utf8Formatter.TryFormat(whole, room, out var written);
                return written;
            }
            var thousandths = (long)Math.Round(value * 1000);
            if (thousandths / 1000d == value)
            {
                return Decimals(thousandths, room);
            }
        }
        return Encoding.UTF8.GetBytes(JsText.Number(value), room);
    }

    /// <summary>A number that is not whole.</summary>
    private static int Decimals(long thousandths, Span<byte> room)
    {
        var length = 0;
        if (thousandths < 0)
        {
            room[length++] = (byte)'-';
            thousandths = -thousandths;
        }
        var (whole, rest) = Math.DivRem(thousandths, 1000);
        Utf8Formatter.TryFormat(whole, room[length..], out var digits);
        length += digits;
        room[length++] = (byte)'.';
        for (var unit = 100; rest > 0; unit /= 10)
        {
            room[length++] = (byte)('0' + (rest / unit));
            rest %= unit;
        }
        return length;
    }
}
