using Spm.Compensation.Periods;

namespace Spm.Compensation.Engine;

/// <summary>Whether a rep was there.</summary>
public static class Employment
{
    /// <summary>On at least one day of the period.</summary>
    public static bool OnPlan(RepProfile rep, FiscalPeriod period) =>
        (rep.HiredOn is not { } hired || hired < period.To) && (rep.LeftOn is not { } left || left > period.From);
}
