using Spm.Bench.Crashes;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Crashes;

/// <summary>The real process is killed while it imports, posts, closes, approves, pays and tells webhooks. `bench/run crashes` does the same for longer.</summary>
public sealed class CrashTests
{
    private const int Rounds = 3;

    [Fact]
    public async Task A_host_that_is_killed_at_any_instant_has_lost_and_doubled_nothing_when_it_is_there_again()
    {
        TestCluster.SkipEmbeddedStore();
        await KilledAsync(null);
    }

    /// <summary>On a server of its own: all connections to it are cut, and its processes killed.</summary>
    [Fact]
    public async Task The_same_over_PostgreSQL()
    {
        _ = PostgresServer.Required;
        await KilledAsync(PostgresProcess.Start(TestCluster.Tables())!.Schema());
    }

    [Fact]
    public async Task Where_one_of_two_hosts_is_killed_the_other_goes_on_and_nothing_is_lost_or_doubled_and_nobody_paid_twice()
    {
        List<string> told = [];
        var seed = Random.Shared.Next();

        var figures = await HostsBench.RunAsync(Rounds, PostgresServer.Required.Schema(), seed, told.Add, TestCluster.Settings);

        Assert.True(figures.Check.Holds, $"Seed {seed}: {figures.Check}\n{string.Join('\n', told)}");
        Assert.True(figures.Failures.Count == 0, string.Join('\n', figures.Failures));
        Assert.True(figures.Transactions > 0, $"Seed {seed}: nothing was acknowledged.");
        Assert.True(figures.Jobs > 0, $"Seed {seed}: nothing was imported.");
        Assert.True(figures.PayoutsPaid > 0, $"Seed {seed}: nobody was paid.");
    }

    private static async Task KilledAsync(string? postgres)
    {
        List<string> told = [];
        var seed = Random.Shared.Next();

        var figures = await CrashBench.RunAsync(Rounds, postgres, seed, told.Add, settings: TestCluster.Settings);

        Assert.True(figures.Check.Holds, $"Seed {seed}: {string.Join('\n', told)}");
        Assert.True(figures.Transactions > 0, $"Seed {seed}: nothing was acknowledged.");
        Assert.True(figures.PayoutsPaid > 0, $"Seed {seed}: nobody was paid.");
    }
}
