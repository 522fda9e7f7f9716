using System.Diagnostics;

namespace Spm.Bench.Postgres;

/// <summary>What many clients at once got done: so many calls a second, each in so many microseconds.</summary>
internal sealed record Rates(double PerSecond, double Median, double P99)
{
    /// <param name="open">Makes a client of its number: a call that is given how many there were before.</param>
    public static Rates Of(int clients, TimeSpan time, Func<int, Func<int, Task>> open)
    {
        var calls = Enumerable.Range(0, clients).Select(open).ToArray();
        var started = Stopwatch.GetTimestamp();
        var took = new List<double>[clients];
        Task.WaitAll(calls.Select((call, client) => Task.Factory.StartNew(async () =>
        {
            took[client] = [];
            for (var i = 0; Stopwatch.GetElapsedTime(started) < time; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await call(i);
                took[client].Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
            }
        }, TaskCreationOptions.LongRunning).Unwrap()).ToArray());
        return Of(took.SelectMany(t => t), Stopwatch.GetElapsedTime(started));
    }

    public static Rates Of(IEnumerable<double> microseconds, TimeSpan time)
    {
        var all = microseconds.Order().ToList();
        return new Rates(all.Count / time.TotalSeconds, all[all.Count / 2], all[(int)(all.Count * 0.99)]);
    }

    public override string ToString() => $"{PerSecond,8:N0} /s   median {Median / 1000,7:0.00} ms   p99 {P99 / 1000,7:0.00} ms";
}
