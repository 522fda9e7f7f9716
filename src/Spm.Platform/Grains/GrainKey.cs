using System.Globalization;

namespace Spm.Platform.Grains;

/// <summary>A grain's key: the tenant's number and the record's, "1/17".</summary>
public static class GrainKey
{
    public static string Of(int tenant, int no) => string.Create(CultureInfo.InvariantCulture, $"{tenant}/{no}");

    public static (int Tenant, int No) Parse(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return (int.Parse(key.AsSpan(0, slash), CultureInfo.InvariantCulture), int.Parse(key.AsSpan(slash + 1), CultureInfo.InvariantCulture));
    }
}
