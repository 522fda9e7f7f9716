namespace Spm.Connectors.Conformance.Support;

/// <summary>The process in another time zone, until it is disposed.</summary>
internal sealed class InZone : IDisposable
{
    private const string Variable = "TZ";
    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);

    /// <exception cref="NotApplicableException">This machine cannot be put there.</exception>
    public InZone(string zone)
    {
        Put(zone);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var meant) || TimeZoneInfo.Local.BaseUtcOffset != meant.BaseUtcOffset)
        {
            Dispose();
            throw new NotApplicableException($"This machine does not take {zone} for its time zone.");
        }
    }

    public void Dispose() => Put(_before);

    private static void Put(string? zone)
    {
        Environment.SetEnvironmentVariable(Variable, zone);
        TimeZoneInfo.ClearCachedData();
    }
}
