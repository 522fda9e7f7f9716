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

    /// <summary>Any number is as likely as any other: it stands for a choice, and none is simpler.</summary>
    private static readonly Gen<int> Number = Gen.Choose(0, int.MaxValue - 1);

    /// <param name="law">A company's seed, and a number for each thing that happens to it. Fewer things are a smaller counter-example.</param>
    public static void Holds(int cases, Func<int, int[], Task> law) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(Asked ?? cases).WithStartSize(8).WithEndSize(60),
        Prop.ForAll(
            Number.ToArbitrary(),
            Arb.From(Number.ArrayOf(), WithoutAPart),
            (seed, steps) => Task.Run(() => law(seed, steps)).WaitAsync(Patience).GetAwaiter().GetResult()));

    private static IEnumerable<int[]> WithoutAPart(int[] steps)
    {
        for (var size = steps.Length / 2; size > 0; size /= 2)
        {
            for (var at = 0; at + size <= steps.Length; at += size)
            {
                yield return [.. steps[..at], .. steps[(at + size)..]];
            }
        }
    }

    /// <summary>The same numbers in an order that depends on the seed alone.</summary>
    public static T[] Shuffled<T>(IEnumerable<T> items, int seed)
    {
        var all = items.ToArray();
        new Random(seed).Shuffle(all);
        return all;
    }
}
