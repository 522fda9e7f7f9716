using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Spm.Connectors;

/// <summary>What the schemes share: the sum, the comparison that takes as long for a wrong one, the time that is near enough.</summary>
internal static class Signatures
{
    public static byte[] Sum(ReadOnlySpan<byte> key, params ReadOnlySpan<ReadOnlyMemory<byte>> parts)
    {
        using var sum = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var part in parts)
        {
            sum.AppendData(part.Span);
        }
        return sum.GetHashAndReset();
    }

    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static bool Same(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> given) => CryptographicOperations.FixedTimeEquals(expected, given);

    public static bool TryBase64(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        var read = Convert.TryFromBase64String(text, bytes, out var length);
        bytes = read ? bytes[..length] : [];
        return read;
    }

    public static bool TryHex(string text, out byte[] bytes)
    {
        bytes = [];
        if (text.Length % 2 != 0 || !text.All(char.IsAsciiHexDigit))
        {
            return false;
        }
        bytes = Convert.FromHexString(text);
        return true;
    }

    /// <summary>Both edges are inside.</summary>
    public static bool IsNear(long milliseconds, DateTimeOffset now)
    {
        var difference = (Int128)now.ToUnixTimeMilliseconds() - milliseconds;
        return Int128.Abs(difference) <= (Int128)WebhookScheme.Tolerance.TotalMilliseconds;
    }

    public static bool TryWhole(string? text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < long.MaxValue / 1000;
}
