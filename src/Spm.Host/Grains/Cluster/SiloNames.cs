using System.Globalization;

namespace Spm.Host.Grains;

/// <summary>A silo bears the number of its host, by which the store knows whether that has ended.</summary>
internal static class SiloNames
{
    private const string Prefix = "spm-";

    public static string Of(long host) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{host}");

    /// <summary>Null where it is no name of ours.</summary>
    public static long? HostOf(string? silo) =>
        silo?.StartsWith(Prefix, StringComparison.Ordinal) == true && long.TryParse(silo.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var host) ? host : null;
}
