using System.Buffers.Text;
using System.Security.Cryptography;

namespace Spm.Bench.Reference;

/// <summary>One payee's month as the reference work writes it: credits of the month, attainments in basis points, earned to date in 1e-6 cent, payout in cents.</summary>
internal readonly record struct ReferenceRow(long C1, long C2, long C3, long A1, long A2, long A3, long Earned, long Payout);

/// <summary>The lines of the output and their SHA-256; the lines themselves are not kept.</summary>
internal static class ReferenceOutput
{
    public static string Sha256(ReadOnlySpan<ReferenceRow> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        var used = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (used > buffer.Length - 256)
            {
                hash.AppendData(buffer.AsSpan(0, used));
                used = 0;
            }
            ref readonly var row = ref rows[i];
            used = Field(buffer, used, i / ReferenceSize.Months, ',');
            used = Field(buffer, used, (i % ReferenceSize.Months) + 1, ',');
            foreach (var value in new ReadOnlySpan<long>([row.C1, row.C2, row.C3, row.A1, row.A2, row.A3, row.Earned]))
            {
                used = Field(buffer, used, value, ',');
            }
            used = Field(buffer, used, row.Payout, '\n');
        }
        hash.AppendData(buffer.AsSpan(0, used));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static decimal Payouts(ReadOnlySpan<ReferenceRow> rows)
    {
        var cents = 0m;
        foreach (var row in rows)
        {
            cents += row.Payout;
        }
        return cents / 100m;
    }

    private static int Field(byte[] buffer, int at, long value, char end)
    {
        if (!Utf8Formatter.TryFormat(value, buffer.AsSpan(at), out var written))
        {
            throw new InvalidOperationException("The buffer is too small for a number.");
        }
        buffer[at + written] = (byte)end;
        return at + written + 1;
    }
}
