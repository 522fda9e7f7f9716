using System.Diagnostics;
using Npgsql;

namespace Spm.Bench.Crashes;

/// <param name="Kills">SIGKILL of the host.</param>
/// <param name="Cuts">All connections to PostgreSQL were cut, on which the host must end by itself.</param>
/// <param name="ServerCrashes">A process of PostgreSQL was killed, on which the server ends all others and recovers.</param>
internal sealed record CrashFigures(int Kills, int Cuts, int ServerCrashes, int Survived, int Transactions, int Jobs, int MonthsPaid, int PayoutsPaid, long HookRequests, TimeSpan SlowestStart, CrashCheck Check);

/// <summary>The real process is killed at random instants while everything goes on at once; after every start it is counted what was lost or doubled.</summary>
internal static class CrashBench
{
    /// <param name="kind"><c>sqlite</c>, <c>slow</c>: the same on a slow disk, or <c>postgres</c>.</param>
    public static async Task<int> RunAsync(int rounds, string kind, int seed)
    {
        var postgres = kind == "postgres" ? Postgres() : null;
        var figures = await RunAsync(rounds, postgres, seed, Console.WriteLine, slowDisk: kind == "slow");
        var check = figures.Check;
        Console.WriteLine($"""

            {kind}, seed {seed}
            hosts killed (SIGKILL)           {figures.Kills}
            connections cut, host ended      {figures.Cuts}
            server crashes, host ended       {figures.ServerCrashes} (in {figures.Survived} the host had not ended after 30 s and was killed)
            transactions acknowledged        {figures.Transactions}
            import jobs acknowledged         {figures.Jobs}
            months closed, approved, paid    {figures.MonthsPaid}
            payouts paid                     {figures.PayoutsPaid}
            events told / requests           {check.EventsTold} / {figures.HookRequests}
            slowest start                    {figures.SlowestStart.TotalSeconds:0.0} s
            {check}
            """);
        return check.Holds ? 0 : 1;
    }

    internal static string Postgres() => (Platform.Tests.Support.PostgresProcess.Start() ?? throw new InvalidOperationException("PostgreSQL is not installed.")).Schema();

    /// <param name="postgres">A connection string; the embedded store when null.</param>
    /// <param name="settings">Of the host, further ones.</param>
    public static async Task<CrashFigures> RunAsync(int rounds, string? postgres, int seed, Action<string> tell, bool slowDisk = false, params string[] settings)
    {
        var data = Directory.CreateTempSubdirectory("spm-crashes-").FullName;
        try
        {
            await using var receiver = await CrashReceiver.StartAsync();
            using var host = new CrashHost(data, postgres ?? Path.Combine(data, "spm.db"), slowDisk, settings);
            return await RunAsync(rounds, postgres, seed, host, receiver, tell);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<CrashFigures> RunAsync(int rounds, string? postgres, int seed, CrashHost host, CrashReceiver receiver, Action<string> tell)
    {
        var (work, check, dice) = (new CrashWork(seed), new CrashCheck(), new Random(seed));
        var (faults, survived, slowest) = (new int[3], 0, TimeSpan.Zero);
        for (var round = 0; round <= rounds; round++)
        {
            var took = await host.StartAsync();
            slowest = took > slowest ? took : slowest;
            using var api = new CrashApi(host.At);
            if (round == 0)
            {
                await CrashWork.SetUpAsync(api, receiver.Url);
            }
            await check.AfterStartAsync(api, work);
            if (round == rounds)
            {
                await work.FinishAsync(api);
                await check.AfterStartAsync(api, work);
                await check.EventsAsync(api, receiver);
                break;
            }
            using var killed = new CancellationTokenSource();
            var going = work.GoOnAsync(api, killed.Token);
            await Task.Delay(dice.Next(30, host.IsSlow ? 6000 : 900));
            var fault = postgres is null || dice.Next(5) > 0 ? 0 : dice.Next(1, 3);
            faults[fault]++;
            survived += await StrikeAsync(fault, host, postgres) ? 0 : 1;
            await killed.CancelAsync();
            await going;
            tell($"{round + 1,4}  start {took.TotalSeconds,5:0.0} s  {work.Acknowledged.Count,7} transactions  {work.MonthsPaid,3} months  lost {check.Lost}, doubled {check.Doubled}, stuck {check.Stuck}");
        }
        return new CrashFigures(
            faults[0], faults[1], faults[2], survived, work.Acknowledged.Count, work.Jobs.Count, work.MonthsPaid, work.Paid.Count, receiver.Requests, slowest, check);
    }

    /// <returns>False where the host had to be killed though its database was lost.</returns>
    private static async Task<bool> StrikeAsync(int fault, CrashHost host, string? postgres)
    {
        if (fault == 0)
        {
            host.Kill();
            return true;
        }
        await using (var connection = new NpgsqlConnection(postgres))
        {
            await connection.OpenAsync();
            await using var victims = new NpgsqlCommand("select pid from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'", connection);
            List<int> pids = [];
            await using (var reader = await victims.ExecuteReaderAsync())
            {
                while (await reader.ReadAsync())
                {
                    pids.Add(reader.GetInt32(0));
                }
            }
            if (fault == 2 && pids.Count > 0)
            {
                // The server cannot know what the process has left in shared memory: it ends everybody and recovers from its log.
                using var victim = Process.GetProcessById(pids[0]);
                victim.Kill();
            }
            else
            {
                await using var cut = new NpgsqlCommand("select pg_terminate_backend(pid) from unnest($1) pid", connection) { Parameters = { new() { Value = pids.ToArray() } } };
                await cut.ExecuteNonQueryAsync();
            }
        }
        var ended = await host.EndsAsync(TimeSpan.FromSeconds(30));
        host.Kill();
        return ended;
    }
}
