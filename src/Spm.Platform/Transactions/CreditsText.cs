using System.Buffers;
using System.Globalization;
using Spm.Compensation.Crediting;

namespace Spm.Platform.Transactions;

/// <summary>The credits of one transaction as they stand in its row: "kind:rep:millionths:amount:quantity:margin:count", with commas between them.</summary>
internal static class CreditsText
{
    private const int MostBytesOfOne = 7 * 21;

    /// <returns>UTF-8; empty when there is no credit.</returns>
    public static byte[] Write(ReadOnlySpan<Credit> credits)
    {
        if (credits.IsEmpty)
        {
            return [];
        }
        var buffer = ArrayPool<byte>.Shared.Rent(credits.Length * MostBytesOfOne);
        var length = 0;
        foreach (var credit in credits)
        {
            Add(buffer, ref length, (int)credit.Kind, ':');
            Add(buffer, ref length, credit.Rep, ':');
            Add(buffer, ref length, credit.Millionths, ':');
            Add(buffer, ref length, credit.Amount, ':');
            Add(buffer, ref length, credit.Quantity, ':');
            Add(buffer, ref length, credit.Margin, ':');
            Add(buffer, ref length, credit.Count, ',');
        }
        var text = buffer.AsSpan(0, length - 1).ToArray();
        ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }

    public static Credit[] Read(string text)
    {
        var credits = new Credit[text.AsSpan().Count(',') + 1];
        Span<long> numbers = stackalloc long[7];
        var next = 0;
        foreach (var one in text.AsSpan().Split(','))
        {
            var part = text.AsSpan(one);
            var at = 0;
            foreach (var number in part.Split(':'))
            {
                numbers[at++] = long.Parse(part[number], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            }
            credits[next++] = new Credit((int)numbers[1], (CreditKind)numbers[0], (int)numbers[2], numbers[3], numbers[4], numbers[5]) { Count = numbers[6] };
        }
        return credits;
    }

    /// <summary>The sum of the direct credits' amounts, in ten-thousandths of their currency; null when there is none.</summary>
    public static long? Direct(ReadOnlySpan<Credit> credits)
    {
        long? sum = null;
        foreach (var credit in credits)
        {
            if (credit.Kind == CreditKind.Direct)
            {
                sum = checked((sum ?? 0) + credit.Amount);
            }
        }
        return sum;
    }

    private static void Add(byte[] buffer, ref int length, long number, char end)
    {
        number.TryFormat(buffer.AsSpan(length), out var written, provider: CultureInfo.InvariantCulture);
        length += written;
        buffer[length++] = (byte)end;
    }
}
