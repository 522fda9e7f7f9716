using System.Collections.Concurrent;
using System.Net.Sockets;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Laws;

/// <summary>
/// What was acknowledged is there after a kill, once; what was not acknowledged is sent again and is there once as well. In the end
/// nothing tells the history with kills from one without.
/// </summary>
public sealed class CrashLaws(LawHost host)
{
    private const int Posters = 4, Transactions = 2000, FirstMonths = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(21, 6, false)]
    [InlineData(22, 5, true)]
    public async Task A_kill_at_any_moment_loses_nothing_that_was_acknowledged_and_doubles_nothing(int seed, int kills, bool closing)
    {
        var data = Directory.CreateTempSubdirectory("spm-crash-").FullName;
        try
        {
            await HoldsAsync(data, seed, kills, closing).WaitAsync(Patience);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private async Task HoldsAsync(string data, int seed, int kills, bool closing)
    {
        var (first, last) = (new LawCompany(seed), new LawCompany(seed + 1));
        var dice = new Random(seed);
        var work = new Work(seed, last);
        for (var run = 0; run <= kills; run++)
        {
            using var process = await HostProcess.StartAsync(data);
            using var tenant = new LawTenant(process.At, TestPlatform.Key);
            if (run == 0)
            {
                await tenant.SetUpAsync(first);
            }
            await work.ExpectAcknowledgedAsync(tenant);
            if (run < kills)
            {
                using var killed = new CancellationTokenSource();
                var interrupted = work.GoOnAsync(tenant, closing, killed.Token);
                // A process that has just started is slow: a closing needs more time to come far.
                await Task.Delay(closing ? dice.Next(200, 1100) : dice.Next(20, 600));
                process.Kill();
                await killed.CancelAsync();
                await interrupted;
                continue;
            }
            await work.FinishAsync(tenant);
            if (closing && work.Closed == 0)
            {
                // A slow machine may have answered no closing before a kill.
                await work.CloseAsync(tenant, CancellationToken.None);
            }
            using var steady = await host.TenantAsync(last);
            await steady.ImportAsync("transactions", LawHistory.Final(work.Sent));
            await steady.CloseAsInAsync(tenant);
            var (expected, actual) = (await Picture.OfAsync(steady), await Picture.OfAsync(tenant));
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
    }

    /// <summary>What is to be sent, what was answered, and what must be sent again because no answer came.</summary>
    private sealed class Work(int seed, LawCompany last)
    {
        private readonly Random _dice = new(seed);
        private readonly ConcurrentQueue<string> _again = new();
        private readonly ConcurrentDictionary<string, int> _acknowledged = new();
        private readonly ConcurrentBag<string> _imports = [];
        private readonly ConcurrentBag<string[]> _importsAgain = [];
        private readonly ConcurrentDictionary<string, List<string>> _closed = new();
        private readonly Queue<LawRecord> _records = new(Law.Shuffled(last.Records(), seed));

        public ConcurrentBag<string> Sent { get; } = [];

        public int Closed => _closed.Count;

        /// <summary>Posts, imports, changes records and closes months until no answer comes any more.</summary>
        public Task GoOnAsync(LawTenant tenant, bool closing, CancellationToken killed) => Task.WhenAll(
        [
            .. Enumerable.Range(0, Posters).Select(_ => UntilAsync(killed, () => PostAsync(tenant, Next()))),
            UntilAsync(killed, () => ImportAsync(tenant, [.. Enumerable.Range(0, 40).Select(_ => Next())])),
            UntilAsync(killed, () => ChangeAsync(tenant, killed)),
            UntilAsync(killed, () => closing ? CloseAsync(tenant, killed) : Task.Delay(-1, killed)),
        ]);

        /// <summary>Every acknowledged transaction once, in the version that was acknowledged or a later one; closed payouts as they were.</summary>
        public async Task ExpectAcknowledgedAsync(LawTenant tenant)
        {
            await tenant.ExpectBalancedAsync();
            var there = (await tenant.ListAsync("/v1/transactions")).ToDictionary(t => t.GetProperty("external_id").GetString()!, t => t.GetProperty("version").GetInt32());
            Assert.All(_acknowledged, a => Assert.True(there.GetValueOrDefault(a.Key) >= a.Value, $"{a.Key} version {a.Value} was acknowledged and is not there."));
            foreach (var (month, payouts) in _closed)
            {
                Assert.Equal(payouts, await PayoutsAsync(tenant, month));
            }
        }

        public async Task FinishAsync(LawTenant tenant)
        {
            foreach (var import in _imports)
            {
                await tenant.FinishAsync(import);
            }
            foreach (var rows in _importsAgain)
            {
                await tenant.ImportAsync("transactions", rows);
            }
            while (_again.TryDequeue(out var arrival))
            {
                await PostAsync(tenant, arrival);
            }
            foreach (var record in last.Records())
            {
                await tenant.PutAsync(record);
            }
            await ExpectAcknowledgedAsync(tenant);
        }

        private string Next()
        {
            lock (_dice)
            {
                var arrival = LawHistory.Arrivals(seed, [_dice.Next()], Transactions)[0];
                Sent.Add(arrival);
                return arrival;
            }
        }

        private async Task PostAsync(LawTenant tenant, string arrival)
        {
            try
            {
                await tenant.PostAsync(arrival);
            }
            catch (Exception failure) when (IsKill(failure))
            {
                _again.Enqueue(arrival);
                throw;
            }
            _acknowledged.AddOrUpdate(LawHistory.Key(arrival), LawHistory.Version(arrival), (_, known) => Math.Max(known, LawHistory.Version(arrival)));
        }

        private async Task ImportAsync(LawTenant tenant, string[] rows)
        {
            string import;
            try
            {
                _imports.Add(import = await tenant.StartImportAsync("transactions", rows));
            }
            catch (Exception failure) when (IsKill(failure))
            {
                _importsAgain.Add(rows);
                throw;
            }
            await tenant.FinishAsync(import);
        }

        private Task ChangeAsync(LawTenant tenant, CancellationToken killed)
        {
            lock (_records)
            {
                return _records.TryDequeue(out var record) ? tenant.PutAsync(record) : Task.Delay(-1, killed);
            }
        }

        public async Task CloseAsync(LawTenant tenant, CancellationToken killed)
        {
            // A month of which no answer came may be closed already.
            var open = (await tenant.ListAsync("/v1/periods?kind=month")).First(p => p.GetProperty("status").GetString() == "open").GetProperty("id").GetString()!;
            if (string.CompareOrdinal(open, $"2025-{FirstMonths:00}") <= 0)
            {
                await tenant.CloseAsync(open);
                _closed[open] = await PayoutsAsync(tenant, open);
            }
            await Task.Delay(50, killed);
        }

        private static async Task<List<string>> PayoutsAsync(LawTenant tenant, string month) =>
            [.. (await tenant.ListAsync($"/v1/payouts?period={month}")).Select(p => p.ToString())];

        private static async Task UntilAsync(CancellationToken killed, Func<Task> act)
        {
            try
            {
                while (!killed.IsCancellationRequested)
                {
                    await act();
                }
            }
            catch (Exception failure) when (IsKill(failure))
            {
                // The process is gone.
            }
        }

        // A process that dies between accepting a connection and the client's look at it leaves the socket's own exception.
        private static bool IsKill(Exception failure) => failure is HttpRequestException or IOException or SocketException or TaskCanceledException;
    }
}
