namespace Spm.Platform.Webhooks;

/// <summary>When an event that did not get through is tried again: soon at first, then over some three days, never for all receivers at the same moment.</summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>A tenth more or less, so that what failed together is not tried together.</summary>
    private const double Jitter = 0.1;

    public static readonly TimeSpan Longest = Pauses[^1];

    /// <param name="attempts">How often it was tried.</param>
    /// <param name="chance">From 0 to 1.</param>
    /// <param name="asked">How long the receiver asked to wait; bounded by the longest pause.</param>
    /// <returns>Null when it was tried often enough.</returns>
    public static TimeSpan? After(int attempts, double chance, TimeSpan? asked)
    {
        if (attempts > Pauses.Length)
        {
            return null;
        }
        var pause = Pauses[attempts - 1] * (1 - Jitter + (2 * Jitter * chance));
        var bounded = asked > Longest ? Longest : asked;
        return bounded > pause ? bounded : pause;
    }
}
