using System.Diagnostics;
using System.Globalization;
using Spm.Compensation.Population;

namespace Spm.Bench.Reference;

/// <summary>One fiscal year of the reference company, by aggregates and by ledger, beside DuckDB on the same rows in the same run.</summary>
internal static class ReferenceBench
{
    private sealed record Ours(double Seconds, string Sha256, decimal Payouts);

    public static int Run(string sizeName, long seed)
    {
        var size = Array.Find(ReferenceSize.All, s => s.Name == sizeName) ?? throw new ArgumentException("The sizes are X, S, M and L.", nameof(sizeName));
        var folder = Directory.CreateTempSubdirectory("spm-reference-").FullName;
        try
        {
            var data = new ReferenceData(size, seed);
            DuckDbPeer.Write(data, folder);
            var columns = ReferencePlan.Columns(data);
            var work = new ReferenceWork(data, columns);
            Console.WriteLine($"{size.Name}: {size.Transactions:N0} transactions, {size.Payees:N0} payees, seed {seed}, {Workers.Count} threads, .NET {Environment.Version}");
            var (plan, changed) = (ReferencePlan.Rules, ReferencePlan.ChangedRules);
            var times = size.Name == "L" ? 3 : 5;

            // The peer runs before and after ours, and its middle run counts: the machine is not the same from one minute to the next.
            var peer = DuckDbPeer.Run(folder, times).ToList();
            var aggregate = Measure(times, () => work.Aggregate(plan));
            var remodel = Measure(times, () => work.Aggregate(changed));
            var ledger = Measure(times, () => work.ByLedger(plan), work.Forget);
            var peak = PeakGigabytes();
            Explain(work.Ledger!, size);
            work.Forget();
            GC.Collect();
            peer.AddRange(DuckDbPeer.Run(folder, times));

            var known = seed == ReferenceSize.Seed ? size.Sha256 : null;
            Console.WriteLine($"sha256 {aggregate.Sha256}  payouts {aggregate.Payouts:N2}  {(known is null ? "no published checksum for this size and seed" : "published: " + known)}");
            Console.WriteLine("| variant | ours | DuckDB | ratio | aim | checksum |");
            Console.WriteLine("|---|---|---|---|---|---|");
            var large = size.Name == "L";
            var ok = Print("agg", aggregate, peer, known, large ? "<= 0.5 s, ratio <= 0.3" : "ratio <= 0.3");
            ok &= Print("ledger", ledger, peer, known, large ? "<= 2 s, <= 3 GB" : "none");
            Console.WriteLine($"| remodel, changed measure and rates | {remodel.Seconds:0.0000} s | | | {(large ? "<= 0.5 s" : "none")} | |");
            Console.WriteLine($"peak of this process with all credits kept: {peak:0.00} GB");
            return ok ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Print(string variant, Ours ours, List<PeerResult> peers, string? known, string aim)
    {
        var runs = peers.Where(p => p.Variant == variant).ToArray();
        var same = runs.All(p => p.Sha256 == ours.Sha256) && (known ?? ours.Sha256) == ours.Sha256;
        var peer = Median(runs.Select(p => p.Seconds));
        Console.WriteLine($"| {variant} | {ours.Seconds:0.0000} s | {peer:0.0000} s | {ours.Seconds / peer:0.000} | {aim} | {(same ? "ok" : "WRONG")} |");
        return same;
    }

    private static Ours Measure(int times, Func<ReferenceRow[]> work, Action? between = null)
    {
        var seconds = new double[times];
        var rows = work();
        // The runtime compiles a method anew once it has been used for a while: before that, a small year would measure the compiler.
        for (var warm = Stopwatch.StartNew(); warm.Elapsed.TotalSeconds < 2;)
        {
            between?.Invoke();
            GC.Collect();
            rows = work();
        }
        for (var i = 0; i < times; i++)
        {
            between?.Invoke();
            GC.Collect();
            var started = Stopwatch.GetTimestamp();
            rows = work();
            seconds[i] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
        return new(Median(seconds), ReferenceOutput.Sha256(rows), ReferenceOutput.Payouts(rows));
    }

    private static void Explain(CreditLedger ledger, ReferenceSize size)
    {
        var started = Stopwatch.GetTimestamp();
        var credits = ledger.CreditsOf(size.Reps, 0).Count();
        Console.WriteLine($"{ledger.Credits:N0} credits kept; the {credits:N0} of one manager's January found in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0.0} ms");
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

    /// <summary>The most memory this process has had at once, as Linux counts it; elsewhere what it has now.</summary>
    private static double PeakGigabytes()
    {
        const string status = "/proc/self/status";
        var line = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
        return line is null
            ? Environment.WorkingSet / 1e9
            : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024 / 1e9;
    }
}
