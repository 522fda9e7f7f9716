using Spm.Compensation.Engine;

namespace Spm.Compensation.Population;

/// <summary>
/// Reps on one plan, measured all at once and then calculated by the engine that calculates each of them: a rep's year takes its monthly sums
/// from the cube instead of adding them credit by credit. Every credit of the cube counts for every component, so the components must count
/// the same sources of credits, on any day, and no rule may look at single deals.
/// </summary>
public static class PlanPopulation
{
    /// <summary>Null when the version can be calculated from a cube of its measures; else why it must be calculated credit by credit.</summary>
    public static string? Refusal(VersionRules version) =>
        version.Components.Any(c => c.Earning.NeedsDeals || c.Pay.NeedsDeals) ? "A rule looks at each deal."
        : version.Tallies.Any(t => t.Dates is not null) ? "A component counts the deals of some days only."
        : version.Tallies.Select(t => t.Credits).Distinct().Count() > 1 ? "Components count different sources of credits."
        : null;

    /// <summary>
    /// Begins a rep's year anew with the sums of a payee of the cube, whose measures are those of <see cref="PlanMeasures.Of"/> and whose periods are
    /// the months of the year. The caller calculates.
    /// </summary>
    public static void Load(RepYear year, RepYearInputs inputs, MeasurementCube cube, int payee)
    {
        year.Restart(inputs);
        foreach (var state in year.States)
        {
            for (var t = 0; t < state.Version.Tallies.Count; t++)
            {
                for (var month = 0; month < year.Months; month++)
                {
                    state.Set(t, month, cube.Measurement(payee, month, state.Version.Tallies[t].Measure));
                }
            }
        }
    }
}
