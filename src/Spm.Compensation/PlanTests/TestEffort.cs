using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;

namespace Spm.Compensation.PlanTests;

/// <summary>About how many steps the tests of a plan take, so that a document that takes too long is refused before it is calculated: <see cref="Effort"/>.</summary>
internal sealed class TestEffort(PlanRules plan)
{
    private const int OfAYear = 3_000;
    private const int OfAnExpectation = 100;
    private const int OfAnyLine = 20;

    private readonly Dictionary<(int Version, int Deals), long> _months = [];

    public long Of(PlanTest test)
    {
        var months = plan.Versions.Select(version => (version, Count: test.Calendar.Months.Count(m => plan.VersionAt(m.Period.From) == version))).Where(v => v.Count > 0).ToList();
        var steps = test.Expectations.Count * (OfAnExpectation + (long)test.Calendar.Months.Count);
        var levels = EarningsUpTheLine.AreCounted(plan) ? new ReportingLine(test.Reps) : null;
        for (var i = 0; i < test.Reps.Count; i++)
        {
            var lines = test.Credits[test.Reps[i].Id];
            // What is earned in a month is a credit of everybody above.
            steps += levels?.Above(i).Count() * months.Sum(v => v.Count * v.version.Components.Count * OfALine(v.version)) ?? 0L;
            steps += test.Calendar.Years.Count * (OfAYear + months.Sum(v => Counting(v.version, lines)));
            steps += months.Sum(v => v.Count * OfMonth(v.version, lines.Count));
        }
        return steps;
    }

    private long OfMonth(VersionRules version, int deals)
    {
        if (!_months.TryGetValue((version.Number, deals), out var steps))
        {
            _months.Add((version.Number, deals), steps = version.Components.Sum(c => Effort.OfMonth(c, deals)));
        }
        return steps;
    }

    private static long OfALine(VersionRules version) => OfAnyLine + version.Tallies.Where(t => t.Dates is null).Sum(t => StepsOf(version, t));

    /// <summary>Of each line what every measure counts. Where some days alone count, each line asks for all of its deal.</summary>
    private static long Counting(VersionRules version, IReadOnlyList<CreditLine> lines)
    {
        var dated = version.Tallies.Where(t => t.Dates is not null).Sum(t => StepsOf(version, t));
        return (lines.Count * OfALine(version)) + (dated == 0 ? 0 : dated * lines.GroupBy(l => l.Deal, StringComparer.Ordinal).Sum(d => (long)d.Count() * d.Count()));
    }

    private static long StepsOf(VersionRules version, TallyRule tally) => version.Measures[tally.Measure] is var measure ? measure.Value.Steps + (measure.When?.Steps ?? 0) + 2L : 0L;
}
