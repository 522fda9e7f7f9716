using Spm.Bench.Crashes;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Crashes;

/// <summary>The real process is killed while it imports, posts, closes, approves, pays and tells webhooks. `bench/run crashes` does the same for longer.</summary>
public sealed class CrashTests
{
    private const int Rounds = 3;

    [Fact]
    public async Task A_host_that_is_killed_at_any_instant_has_lost_and_doubled_nothing_when_it_is_there_again() => await KilledAsync(null);

    [Fact]
    public async Task The_same_over_PostgreSQL() => await KilledAsync(PostgresServer.Required.Schema());

    private static async Task KilledAsync(string? postgres)
    {
        List<string> told = [];
        var seed = Random.Shared.Next();

        var figures = await CrashBench.RunAsync(Rounds, postgres, seed, told.Add);

        Assert.True(figures.Check.Holds, $"Seed {seed}: {string.Join('\n', told)}");
        Assert.True(figures.Transactions > 0, $"Seed {seed}: nothing was acknowledged.");
        Assert.True(figures.PayoutsPaid > 0, $"Seed {seed}: nobody was paid.");
    }
}
