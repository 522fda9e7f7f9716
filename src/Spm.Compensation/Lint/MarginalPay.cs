using Finding = (string Input, decimal? Money, string Detail);

namespace Spm.Compensation.Lint;

/// <summary>
/// What one more credited cent or unit pays: where pay jumps, and where it falls. What is credited in one month is asked first; months that are compared
/// with each other, and other components, are asked where nothing is found there, and of those the worst is told.
/// </summary>
internal static class MarginalPay
{
    /// <summary>A stretch between two edges is asked at so many points within.</summary>
    private const int PartsOfAStretch = 4;

    /// <summary>A figure that is divided may fall by the last of its digits, and what falls little by little falls at no edge.</summary>
    private const decimal LeastFall = 0.01m;

    public static IEnumerable<Finding> Cliffs(Probe probe, int c) => Worst(probe, c, growth => growth == Growth.Others ? []
        : Jumps(probe, c, growth).Where(j => j.Jump - j.Ordinary >= Shown.LeastDifference)
            .Select(j => (j.At, (decimal?)j.Jump, $"Pay jumps by {Shown.Figure(j.Jump)} there, {Pays(j, growth)}: deals are held back or brought forward to reach it.{Shown.Others(probe, c, IsEven(growth))}")));

    public static IEnumerable<Finding> Falls(Probe probe, int c) => Worst(probe, c, growth => FallsAlong(probe, c, growth).Where(f => IsOwn(probe, c, growth, f)).Select(f => Told(probe, c, growth, f)));

    /// <summary>
    /// Pay that falls by a figure of other components: when they attain more, or when more is credited and they stay behind, as a part of sales that is
    /// margin does. Plans may be meant like that.
    /// </summary>
    public static IEnumerable<Finding> FallsByOthers(Probe probe, int c) => Worst(probe, c, growth => FallsAlong(probe, c, growth).Where(f => !IsOwn(probe, c, growth, f)).Select(f => Told(probe, c, growth, f)));

    /// <summary>What more of something does to pay.</summary>
    /// <param name="From">What is credited before.</param>
    /// <param name="Ordinary">What the same step pays beside it.</param>
    private readonly record struct Change(string At, decimal From, decimal To, decimal Before, decimal After, decimal Ordinary, bool IsStep)
    {
        public decimal Jump => After - Before;
    }

    /// <summary>A year of months is asked, and not a period alone.</summary>
    private static bool IsEven(Growth growth) => growth is Growth.AfterMonths or Growth.EachMonth;

    /// <summary>Both sides, so that a reader can ask for them too.</summary>
    private static string Pays(Change change, Growth growth) => $"{(IsEven(growth) ? "in the year " : "")}from {Shown.Figure(change.Before)} at {Shown.Figure(change.From)} to {Shown.Figure(change.After)} at {Shown.Figure(change.To)}";

    private static IEnumerable<Finding> Worst(Probe probe, int c, Func<Growth, IEnumerable<Finding>> find)
    {
        if (!probe.CanAsk(c))
        {
            return [];
        }
        foreach (var growth in MonthsCompared.GrowthsOf(probe, c))
        {
            if (find(growth).ToList() is { Count: > 0 } found)
            {
                return growth == Growth.Alone ? found : [found.MaxBy(f => Math.Abs(f.Money ?? 0m))];
            }
        }
        return [];
    }

    private static IEnumerable<Change> FallsAlong(Probe probe, int c, Growth growth) => Jumps(probe, c, growth).Where(j => j.Jump <= -LeastFall).Concat(Slopes(probe, c, growth));

    /// <summary>Whether pay falls too where the others grow along.</summary>
    private static bool IsOwn(Probe probe, int c, Growth growth, Change fall) =>
        !probe.AsksOthers(c)
        || (growth == Growth.Alone && probe.Pay(c, 100m, fall.From) is { } before && !(probe.Pay(c, 100m * fall.To / Math.Max(fall.From, probe.StepOf(c)), fall.To) >= before));

    private static Finding Told(Probe probe, int c, Growth growth, Change fall)
    {
        var (one, more) = growth == Growth.Others
            ? ($"the others attain {(probe.StepOf(c, growth) == 1m ? "one" : "a hundredth of a")} percent more", "the others attain more")
            : ($"one {(probe.StepOf(c) == 1m ? "unit" : "cent")} more is credited", "more is credited");
        var others = growth == Growth.Others ? "" : Shown.Others(probe, c, IsEven(growth));
        return (fall.At, fall.Jump, $"Pay falls by {Shown.Figure(-fall.Jump)} {(fall.IsStep ? $"when {one}" : $"while {more}")}: {Pays(fall, growth)}.{others}");
    }

    /// <summary>What the cent below an edge, or the one on it, is worth: <c>&gt; 100%</c> holds above the edge alone. Of units it is a whole one, beside what an ordinary unit earns there.</summary>
    private static IEnumerable<Change> Jumps(Probe probe, int c, Growth growth)
    {
        var (rule, step) = (probe.Version.Components[c], probe.StepOf(c, growth));
        decimal? Pay(decimal at) => probe.Pay(c, growth, at);
        foreach (var edge in probe.Edges(c, growth))
        {
            if (Pay(edge - step) is { } before && Pay(edge) is { } at && Pay(edge + step) is { } after)
            {
                var isAbove = Math.Abs(at - before) < Math.Abs(after - at);
                yield return new(
                    Shown.Point(probe, rule, edge, growth), isAbove ? edge : edge - step, isAbove ? edge + step : edge, isAbove ? at : before, isAbove ? after : at,
                    step == 1m ? Ordinary(edge, before, after) : 0m, IsStep: true);
            }
        }
        // A unit of money is a cent, and what it earns is no jump; a unit that is sold may earn much.
        decimal Ordinary(decimal edge, decimal before, decimal after) =>
            Math.Max(before - (Pay(Math.Max(0m, edge - (2m * step))) ?? before), (Pay(edge + (2m * step)) ?? after) - after);
    }

    /// <summary>Where pay falls between two edges, little by little: from where it is highest to where it is lowest after that.</summary>
    private static IEnumerable<Change> Slopes(Probe probe, int c, Growth growth)
    {
        var (edges, step) = (probe.Edges(c, growth), probe.StepOf(c, growth));
        decimal[] ends = [step, .. edges, Math.Max(edges.Count == 0 ? 0m : edges[^1], probe.ExpectedOf(c, growth)) * 2m];
        for (var i = 0; i + 1 < ends.Length; i++)
        {
            var (from, to) = (ends[i] + step, ends[i + 1] - step);
            if (from >= to)
            {
                continue;
            }
            var asked = Enumerable.Range(0, PartsOfAStretch + 1).Select(k => k == PartsOfAStretch ? to : from + (decimal.Floor((to - from) * k / PartsOfAStretch / step) * step))
                .Select(at => (At: at, Pay: probe.Pay(c, growth, at))).Where(p => p.Pay is not null).ToList();
            var falls =
                from high in asked
                from low in asked
                where low.At > high.At && low.Pay <= high.Pay - LeastFall
                select new Change(Shown.Span(high.At, low.At, growth), high.At, low.At, high.Pay!.Value, low.Pay!.Value, 0m, IsStep: false);
            if (falls.ToList() is { Count: > 0 } found)
            {
                yield return found.MinBy(f => f.Jump);
            }
        }
    }
}
