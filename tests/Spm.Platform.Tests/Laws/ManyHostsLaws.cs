using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Laws;

/// <summary>Several processes over one PostgreSQL, all of them sent to at once, for the same reps: what is left is what one would have left.</summary>
public sealed class ManyHostsLaws(LawHost steady)
{
    private const int Hosts = 3, PostersEach = 3, Transactions = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(31, false)]
    public async Task Three_processes_hammered_at_once_give_the_ledger_of_one(int seed, bool closing)
    {
        var (first, last) = (new LawCompany(seed), new LawCompany(seed + 1));
        using var hosts = await HostsAsync();
        await hosts.Tenants[0].SetUpAsync(first);
        var arrivals = Arrivals(seed, 500);

        await Task.WhenAll(
        [
            .. Enumerable.Range(0, Hosts * PostersEach).Select(p => Task.Run(() =>
                InTurnAsync(arrivals[200..].Where((_, i) => i % (Hosts * PostersEach) == p), hosts.Tenants[p % Hosts].PostAsync))),
            .. arrivals[..200].Chunk(40).Select((chunk, i) => Task.Run(() => hosts.Tenants[i % Hosts].ImportAsync("transactions", chunk))),
            Task.Run(() => InTurnAsync(Law.Shuffled(last.Records(), seed).Select((r, i) => (r, i)), r => hosts.Tenants[r.i % Hosts].PutAsync(r.r))),
            Task.Run(() => InTurnAsync(Enumerable.Range(0, 12), i => hosts.Tenants[i % Hosts].ExpectBalancedAsync())),
            Task.Run(() => InTurnAsync(closing ? Enumerable.Range(1, 6) : [], m => hosts.Tenants[m % Hosts].CloseAsync($"2025-{m:00}"))),
        ]).WaitAsync(Patience);

        using var quiet = await steady.TenantAsync(last);
        await quiet.ImportAsync("transactions", LawHistory.Final(arrivals));
        await quiet.CloseAsInAsync(hosts.Tenants[0]);
        var expected = await Picture.OfAsync(quiet);
        // Of the one that has the tenant, and of one that hands on.
        foreach (var tenant in hosts.Tenants[..2])
        {
            ExpectSame(expected, await Picture.OfAsync(tenant), closing);
        }
    }

    [Fact]
    public async Task A_process_that_is_killed_is_followed_by_another_that_knows_all_that_was_acknowledged()
    {
        const int seed = 33;
        var company = new LawCompany(seed);
        using var hosts = await HostsAsync();
        await hosts.Tenants[0].SetUpAsync(company);
        var arrivals = Arrivals(seed, 300);
        var others = hosts.Tenants[1..];

        var posting = Task.WhenAll(Enumerable.Range(0, 6).Select(p => Task.Run(() =>
            InTurnAsync(arrivals.Where((_, i) => i % 6 == p), arrival => UntilTakenAsync(others[p % others.Length], arrival)))));
        await Task.Delay(500);
        hosts.Processes[0].Kill();
        await posting.WaitAsync(Patience);

        using var quiet = await steady.TenantAsync(company);
        await quiet.ImportAsync("transactions", LawHistory.Final(arrivals));
        var expected = await Picture.OfAsync(quiet);
        ExpectSame(expected, await Picture.OfAsync(others[0]), closing: false);
    }

    private static void ExpectSame(Picture expected, Picture actual, bool closing)
    {
        Assert.NotEmpty(actual.Money);
        if (closing)
        {
            Picture.ExpectSameFacts(expected, actual);
        }
        else
        {
            Picture.ExpectEqual(expected, actual);
        }
    }

    private static string[] Arrivals(int seed, int count)
    {
        var dice = new Random(seed);
        return LawHistory.Arrivals(seed, Enumerable.Range(0, count).Select(_ => dice.Next()), Transactions);
    }

    /// <summary>Sent again as long as the answer says that the tenant is moving, as clients are to do.</summary>
    private static async Task UntilTakenAsync(LawTenant tenant, string arrival)
    {
        while (true)
        {
            var (status, json) = await tenant.SendAsync(HttpMethod.Post, "/v1/transactions", arrival);
            if (status != 503)
            {
                Assert.True(status is 200 or 201 || (status == 409 && json.GetProperty("code").GetString() == "transaction_version_stale"), $"{status} {json} for {arrival}");
                return;
            }
            await Task.Delay(100);
        }
    }

    private static async Task InTurnAsync<T>(IEnumerable<T> items, Func<T, Task> act)
    {
        foreach (var item in items)
        {
            await act(item);
        }
    }

    private static async Task<RunningHosts> HostsAsync()
    {
        var store = PostgresServer.Required.Schema();
        var folders = Enumerable.Range(0, Hosts).Select(_ => Directory.CreateTempSubdirectory("spm-hosts-").FullName).ToArray();
        return new RunningHosts(folders, await Task.WhenAll(folders.Select(f => HostProcess.StartAsync(f, store))));
    }

    private sealed class RunningHosts(string[] folders, HostProcess[] processes) : IDisposable
    {
        public HostProcess[] Processes => processes;

        public LawTenant[] Tenants { get; } = [.. processes.Select(p => new LawTenant(p.At, TestPlatform.Key))];

        public void Dispose()
        {
            Array.ForEach(Tenants, t => t.Dispose());
            Array.ForEach(processes, p => p.Dispose());
            Array.ForEach(folders, f => Directory.Delete(f, recursive: true));
        }
    }
}
