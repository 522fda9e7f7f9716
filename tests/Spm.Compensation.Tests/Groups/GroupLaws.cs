using Spm.Compensation.Engine;
using Spm.Compensation.Groups;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Pools;
using Spm.Compensation.Tests.PlanDocuments;

namespace Spm.Compensation.Tests.Groups;

/// <summary>Random plans over random populations: what one rep is paid may depend on all others, and on nothing else.</summary>
public class GroupLaws
{
    private static readonly string[] Territories = ["East", "West"];

    [Fact]
    public void Any_order_of_reps_and_credits_and_any_batching_pays_everybody_the_same_cents() => Property.Holds<int>(seed =>
    {
        var (random, plan) = (new Random(seed), RandomPlan.Read(seed).Rules);
        var credits = Credits(random, 50);
        var expected = Paid(plan, seed, credits, credits.Count, random, reversed: false);
        Assert.Equal(expected, Paid(plan, seed, [.. credits.OrderBy(_ => random.Next())], random.Next(1, 10), random, reversed: true));
    }, runs: 40);

    [Fact]
    public void Edits_and_deletions_equal_recomputation_from_scratch_for_everybody() => Property.Holds<int>(seed =>
    {
        var (random, plan) = (new Random(seed), RandomPlan.Read(seed).Rules);
        var reps = Population(plan, seed);
        List<(int Rep, CreditLine Line)> live = [];
        foreach (var (rep, line) in Credits(random, 60))
        {
            PlanLaws.Apply(reps[rep], line, add: true);
            live.Add((rep, line));
            if (random.Next(3) == 0)
            {
                var (of, gone) = live[random.Next(live.Count)];
                PlanLaws.Apply(reps[of], gone, add: false);
                live.Remove((of, gone));
            }
            if (random.Next(8) == 0)
            {
                Calculate(reps);
            }
        }
        Assert.Equal(Paid(plan, seed, live, live.Count + 1, random, reversed: false), Pay(reps));
    }, runs: 40);

    [Fact]
    public void The_parts_of_every_pool_sum_to_its_fund() => Property.Holds<int>(seed =>
    {
        var (random, plan) = (new Random(seed), RandomPlan.Read(seed).Rules);
        var reps = Population(plan, seed);
        foreach (var (rep, line) in Credits(random, 50))
        {
            PlanLaws.Apply(reps[rep], line, add: true);
        }
        Calculate(reps);
        foreach (var shares in reps.SelectMany(years => years).SelectMany(y => y.States).SelectMany(Shares).GroupBy(s => s.Pool, s => s.Share))
        {
            Assert.Equal(shares.Any(s => s.All > 0m) ? shares.First().Fund : 0m, shares.Sum(s => s.Part));
        }
    }, runs: 40);

    [Fact]
    public void A_plan_that_asks_for_no_group_is_calculated_once()
    {
        var plan = RandomPlan.Read(Enumerable.Range(0, 100).First(seed => RandomPlan.Read(seed).Rules.Versions.All(v => !v.NeedsGroups))).Rules;
        var reps = Population(plan, 0);
        Calculate(reps);
        Assert.All(reps.SelectMany(years => years).SelectMany(y => y.States), s => Assert.Null(s.Groups));
    }

    private static IEnumerable<(string Pool, PoolShare Share)> Shares(VersionState state) =>
        from month in Enumerable.Range(0, state.Year.Months)
        from component in Enumerable.Range(0, state.Version.Components.Count)
        where state.Groups?[month]?.Result(component) is PoolShare
        let rule = (PoolEarning)state.Version.Components[component].Earning
        let key = state.Version.Groups[rule.Group].KeyOf(state.Year.Inputs.Rep)
        select ($"{state.Version.Number} {state.Year.Inputs.Year.Id} {month} {component} {key}", (PoolShare)state.Groups![month]!.Result(component)!);

    private static List<(int Rep, CreditLine Line)> Credits(Random random, int count) => [.. PlanLaws.History(random, count).Select(l => (random.Next(5), l))];

    private static List<List<RepYear>> Population(PlanRules plan, int seed) =>
        [.. Enumerable.Range(0, 5).Select(i => PlanLaws.Years(plan, new RepProfile($"r{i}")
        {
            Territory = Territories[i % 2],
            HiredOn = new DateOnly(2024, 9 + (i % 4), 10),
            LeftOn = i == 4 ? new DateOnly(2026, 3, 15) : null,
            TargetIncentive = 12_000m + i,
            Leave = RandomPlan.Leave(seed + i),
        }))];

    private static string Paid(PlanRules plan, int seed, IReadOnlyList<(int Rep, CreditLine Line)> credits, int batch, Random random, bool reversed)
    {
        var reps = Population(plan, seed);
        foreach (var chunk in credits.Chunk(Math.Max(1, batch)))
        {
            foreach (var (rep, line) in chunk)
            {
                PlanLaws.Apply(reps[rep], line, add: true);
            }
            if (random.Next(2) == 0)
            {
                Calculate(reps);
            }
        }
        return Pay(reps, reversed);
    }

    private static void Calculate(List<List<RepYear>> reps)
    {
        reps.ForEach(years => years.ForEach(y => y.Calculate()));
        GroupFigures.Give([.. reps]);
    }

    private static string Pay(List<List<RepYear>> reps, bool reversed = false)
    {
        List<List<RepYear>> ordered = reversed ? [.. Enumerable.Reverse(reps)] : reps;
        Calculate(ordered);
        var cuts = SpiffBudgets.Share([.. ordered]);
        return string.Join("\n\n", reps.Select(years => PlanLaws.Text(PayRun.Calculate(years, spiffCuts: cuts[ordered.IndexOf(years)]))));
    }
}
