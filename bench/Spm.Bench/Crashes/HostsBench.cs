using System.Diagnostics;
using Npgsql;

namespace Spm.Bench.Crashes;

/// <param name="Kills">Of the host that had the tenant.</param>
/// <param name="OtherKills">Of the host that handed requests on.</param>
/// <param name="SlowestAnswer">From a kill until the host that was left answered.</param>
/// <param name="Failures">5xx besides 503, which no caller should see.</param>
internal sealed record HostsFigures(
    int Kills, int OtherKills, TimeSpan SlowestAnswer, TimeSpan SlowestStart, int Transactions, int Jobs, int MonthsPaid, int PayoutsPaid, IReadOnlyCollection<string> Failures, CrashCheck Check);

/// <summary>
/// Two hosts over one PostgreSQL and one folder, asked in turn. Again and again one of them is killed while everything goes on at once, which it does
/// with the other; once both are there again it is counted what was lost or doubled.
/// </summary>
internal static class HostsBench
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(int rounds, int seed)
    {
        var figures = await RunAsync(rounds, CrashBench.Postgres(), seed, Console.WriteLine);
        Console.WriteLine($"""

            two hosts, seed {seed}
            killed with the tenant, without  {figures.Kills}, {figures.OtherKills}
            slowest answer after a kill      {figures.SlowestAnswer.TotalSeconds:0.0} s
            slowest start                    {figures.SlowestStart.TotalSeconds:0.0} s
            transactions acknowledged        {figures.Transactions}
            import jobs acknowledged         {figures.Jobs}
            months closed, approved, paid    {figures.MonthsPaid}
            payouts paid                     {figures.PayoutsPaid}
            5xx besides 503                  {figures.Failures.Count}
            {figures.Check}
            """);
        return figures.Check.Holds && figures.Failures.Count == 0 ? 0 : 1;
    }

    /// <param name="settings">Of both hosts, further ones.</param>
    public static async Task<HostsFigures> RunAsync(int rounds, string postgres, int seed, Action<string> tell, params string[] settings)
    {
        var data = Directory.CreateTempSubdirectory("spm-hosts-").FullName;
        try
        {
            await using var receiver = await CrashReceiver.StartAsync();
            using CrashHost one = new(data, postgres, settings: settings), two = new(data, postgres, settings: settings);
            using var api = new CrashApi(one.At, two.At);
            return await RunAsync(rounds, postgres, seed, [one, two], api, receiver, tell);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<HostsFigures> RunAsync(int rounds, string postgres, int seed, CrashHost[] hosts, CrashApi api, CrashReceiver receiver, Action<string> tell)
    {
        var (work, check, dice) = (new CrashWork(seed, goesOn: true), new CrashCheck(), new Random(seed));
        var (kills, answers, starts) = (new int[2], new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round <= rounds; round++)
        {
            starts.AddRange(await Task.WhenAll(hosts.Select(h => h.StartAsync())));
            await Task.WhenAll(hosts.Select(AnsweredAsync));
            if (round == 0)
            {
                await CrashWork.SetUpAsync(api, receiver.Url);
            }
            await check.AfterStartAsync(api, work);
            if (round == rounds)
            {
                break;
            }
            using var end = new CancellationTokenSource();
            var going = work.GoOnAsync(api, end.Token);
            await Task.Delay(dice.Next(100, 900));
            var (holder, other) = await HolderAsync(postgres) == hosts[0].At ? (hosts[0], hosts[1]) : (hosts[1], hosts[0]);
            var isHolder = dice.Next(4) > 0;
            kills[isHolder ? 0 : 1]++;
            (isHolder ? holder : other).Kill();
            var took = await AnsweredAsync(isHolder ? other : holder);
            answers.Add(took);
            await Task.Delay(dice.Next(100, 900));
            await end.CancelAsync();
            await going;
            tell($"{round + 1,4}  {(isHolder ? "with" : "without")} the tenant  answered after {took.TotalSeconds,4:0.0} s  {work.Acknowledged.Count,7} transactions  {work.MonthsPaid,3} months  lost {check.Lost}, doubled {check.Doubled}, stuck {check.Stuck}");
        }
        await work.FinishAsync(api);
        await check.AfterStartAsync(api, work);
        await check.EventsAsync(api, receiver);
        return new HostsFigures(kills[0], kills[1], answers.Max(), starts.Max(), work.Acknowledged.Count, work.Jobs.Count, work.MonthsPaid, work.Paid.Count, api.Failures, check);
    }

    /// <summary>How long it took.</summary>
    private static async Task<TimeSpan> AnsweredAsync(CrashHost host)
    {
        using var api = new CrashApi(host.At);
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(20))
        {
            try
            {
                await api.GetAsync("/v1/company");
                return since.Elapsed;
            }
            catch (UnansweredException) when (since.Elapsed < Patience)
            {
                // The tenant is on its way to it.
            }
        }
    }

    /// <summary>Where the host is that has the tenant.</summary>
    private static async Task<Uri> HolderAsync(string postgres)
    {
        await using var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync();
        await using var holder = new NpgsqlCommand("select h.address from tenant_host t join host h on h.no = t.host where t.tenant = 1", connection);
        return new Uri((string)(await holder.ExecuteScalarAsync())!);
    }
}
