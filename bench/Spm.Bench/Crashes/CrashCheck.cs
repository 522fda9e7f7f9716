using System.Diagnostics;
using System.Text.Json;

namespace Spm.Bench.Crashes;

/// <summary>What must hold after every start, counted.</summary>
internal sealed class CrashCheck
{
    private static readonly TimeSpan JobPatience = TimeSpan.FromMinutes(2), HookPatience = TimeSpan.FromMinutes(2);

    private readonly HashSet<string> _finished = [];

    /// <summary>Acknowledged and not there.</summary>
    public int Lost { get; private set; }

    /// <summary>There twice, or paid twice.</summary>
    public int Doubled { get; private set; }

    public int Unbalanced { get; private set; }

    /// <summary>Jobs that do not end, and chains and proofs that do not hold.</summary>
    public int Stuck { get; private set; }

    public int Alarms { get; private set; }

    public long EventsTold { get; private set; }

    public int EventsLost { get; private set; }

    public int EventsOutOfOrder { get; private set; }

    public bool Holds => Lost + Doubled + Unbalanced + Stuck + Alarms + EventsLost + EventsOutOfOrder == 0;

    public override string ToString() => $"""
        lost                             {Lost}
        doubled, paid twice              {Doubled}
        trial balances not zero          {Unbalanced}
        jobs stuck, trails broken        {Stuck}
        alarms of proofs                 {Alarms}
        events lost / out of order       {EventsLost} / {EventsOutOfOrder}
        """;

    public async Task AfterStartAsync(CrashApi api, CrashWork work)
    {
        // What is acknowledged from here on is looked at after the next start.
        string[] acknowledged = [.. work.Acknowledged.Keys];
        var balance = await api.GetAsync("/v1/ledger/trial-balance");
        Unbalanced += balance.GetProperty("balanced").GetBoolean() && balance.GetProperty("currencies").EnumerateArray().All(c => decimal.Parse(c.GetProperty("difference").GetString()!) == 0) ? 0 : 1;
        await JobsAsync(api, work);
        var there = (await api.ListAsync("/v1/transactions")).GroupBy(t => t.GetProperty("external_id").GetString()!).ToDictionary(g => g.Key, g => g.Count());
        Lost += acknowledged.Count(a => !there.ContainsKey(a));
        Doubled += there.Values.Count(n => n > 1);
        await PayrollAsync(api, work);
        Alarms += (await api.GetAsync("/v1/problems/summary")).GetProperty("data").EnumerateArray().Count(p => p.GetProperty("code").GetString() is "ledger_differs" or "payout_differs");
        Stuck += (await api.GetAsync("/v1/audit/verification")).GetProperty("sound").GetBoolean() ? 0 : 1;
    }

    /// <summary>Every event came, and those of one subject first came in their order.</summary>
    public async Task EventsAsync(CrashApi api, CrashReceiver receiver)
    {
        var webhook = (await api.GetAsync("/v1/webhooks")).GetProperty("data")[0].GetProperty("id").GetString();
        List<JsonElement> told = [.. (await api.ListAsync($"/v1/webhooks/{webhook}/deliveries")).AsEnumerable().Reverse()];
        for (var since = Stopwatch.StartNew(); since.Elapsed < HookPatience && told.Exists(d => receiver.First(Id(d)) is null); await Task.Delay(100))
        {
            // On their way.
        }
        EventsTold = told.Count;
        EventsLost = told.Count(d => receiver.First(Id(d)) is null);
        EventsOutOfOrder = told.GroupBy(d => d.GetProperty("subject").GetString())
            .Sum(g => g.Select(d => receiver.First(Id(d)) ?? long.MaxValue).Pairwise().Count(p => p.Second < p.First));

        static string Id(JsonElement delivery) => delivery.GetProperty("event").GetString()!;
    }

    private async Task JobsAsync(CrashApi api, CrashWork work)
    {
        foreach (var (job, rows) in work.Jobs.Where(j => !_finished.Contains(j.Key)).ToList())
        {
            var status = "";
            for (var since = Stopwatch.StartNew(); since.Elapsed < JobPatience; await Task.Delay(20))
            {
                status = (await api.GetAsync($"/v1/imports/{job}")).GetProperty("status").GetString();
                if (status is "succeeded" or "failed")
                {
                    break;
                }
            }
            Stuck += status == "succeeded" ? 0 : 1;
            _finished.Add(job);
            Array.ForEach(rows, r => work.Acknowledged[r] = 0);
        }
    }

    /// <summary>Payroll has paid no payout twice, the ledger none either, and what payroll has acknowledged is paid here.</summary>
    private async Task PayrollAsync(CrashApi api, CrashWork work)
    {
        Doubled += work.Paid.Values.Count(times => times > 1);
        Doubled += (await api.ListAsync("/v1/ledger/postings")).Where(p => p.GetProperty("kind").GetString() == "payment")
            .GroupBy(p => (p.GetProperty("rep").GetProperty("id").GetString(), p.GetProperty("period").GetString())).Count(g => g.Count() > 1);
        foreach (var batch in work.AcknowledgedLines.GroupBy(l => l.Value).ToList().TakeLast(3))
        {
            var lines = (await api.ListAsync($"/v1/payout-batches/{batch.Key}/lines")).ToDictionary(l => l.GetProperty("id").GetString()!, l => l.GetProperty("status").GetString());
            Lost += batch.Count(l => lines.GetValueOrDefault(l.Key) != "paid");
        }
    }
}

file static class More
{
    public static IEnumerable<(long First, long Second)> Pairwise(this IEnumerable<long> numbers)
    {
        long? before = null;
        foreach (var number in numbers)
        {
            if (before is { } first)
            {
                yield return (first, number);
            }
            before = number;
        }
    }
}
