using Spm.Compensation.Engine;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;

namespace Spm.Compensation.Lint;

/// <summary>What the tests of a document tell whoever examines it: which rates their author has calculated with, and a value of each fact that deals and reps have.</summary>
/// <param name="Proven">Components of which a test expects an incentive above zero: of their own, or of the payout where they stand alone.</param>
/// <param name="RepFacts">Of each the first that a rep has.</param>
/// <param name="DealFacts">Of each the first that a deal has.</param>
internal sealed record KnownByTests(IReadOnlySet<string> Proven, FactSet RepFacts, FactSet DealFacts)
{
    public static KnownByTests Nothing { get; } = new(new HashSet<string>(), FactSet.Empty, FactSet.Empty);

    public static KnownByTests Of(PlanDocument plan)
    {
        var expected = plan.Tests.SelectMany(t => t.Expectations).Where(e => e is { Figure: Figure.Incentive or Figure.Earned or Figure.Payout, Is: > 0m }).ToList();
        var proven = expected.Select(e => e.Component).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (expected.Exists(e => e.Component is null))
        {
            proven.UnionWith(plan.Rules.Versions.Where(v => v.Components.Count == 1).Select(v => v.Components[0].Id));
        }
        return new KnownByTests(proven, First(plan.Tests.SelectMany(t => t.Reps).Select(r => r.Facts)), First(plan.Tests.SelectMany(t => t.Credits.OrderBy(c => c.Key, StringComparer.Ordinal)).SelectMany(c => c.Value).Select(l => l.Facts)));
    }

    private static FactSet First(IEnumerable<FactSet> facts) => new(facts.SelectMany(f => f.All).DistinctBy(f => f.Key, StringComparer.Ordinal));
}

/// <summary>A version of a plan that is examined.</summary>
public sealed record ExaminedVersion(PlanRules Plan, VersionRules Version)
{
    internal KnownByTests Known { get; init; } = KnownByTests.Nothing;

    /// <summary>Whoever is asked for, where nobody else has to be made up.</summary>
    internal RepProfile Rep => Probe.Rep with { Facts = Known.RepFacts };
}
