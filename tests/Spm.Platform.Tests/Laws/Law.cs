using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Spm.Platform.Tests.Laws;

/// <summary>
/// Holds a law against cases that FsCheck draws and shrinks. SPM_LAW_CASES sets how many cases every law gets, for a long run.
/// </summary>
internal static class Law
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly int? Asked =
        int.TryParse(Environment.GetEnvironmentVariable("SPM_LAW_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out var cases) ? cases : null;

    /// <param name="law">A company's seed, and a number for each thing that happens to it.</param>
    public static void Holds(int cases, Func<int, int[], Task> law) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(Asked ?? cases).WithStartSize(8).WithEndSize(60),
        Prop.ForAll<int, int[]>((seed, steps) => Task.Run(() => law(seed, steps)).WaitAsync(Patience).GetAwaiter().GetResult()));

    /// <summary>The same numbers in an order that depends on the seed alone.</summary>
    public static T[] Shuffled<T>(IEnumerable<T> items, int seed)
    {
        var all = items.ToArray();
        new Random(seed).Shuffle(all);
        return all;
    }
}
