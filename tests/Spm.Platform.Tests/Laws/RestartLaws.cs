using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Laws;

/// <summary>An orderly stop at any moment, with settlements and imports still to do, is not seen afterwards.</summary>
public sealed class RestartLaws(LawHost host)
{
    [Fact]
    public void A_restart_at_any_point_changes_nothing() => Law.Holds(3, async (seed, steps) =>
    {
        var (first, last, arrivals) = (new LawCompany(seed), new LawCompany(seed + 1), LawHistory.Arrivals(seed, steps));
        var data = Directory.CreateTempSubdirectory("spm-law-").FullName;
        try
        {
            var parts = Cut(arrivals, seed);
            await RunAsync(data, async tenant =>
            {
                await tenant.SetUpAsync(first);
                await PostAllAsync(tenant, parts[0]);
            });
            await RunAsync(data, async tenant =>
            {
                foreach (var record in Law.Shuffled(last.Records(), seed))
                {
                    await tenant.PutAsync(record);
                }
                await PostAllAsync(tenant, parts[1]);
            });
            var import = "";
            await RunAsync(data, async tenant => import = parts[2].Length == 0 ? "" : await tenant.StartImportAsync("transactions", parts[2]));
            await RunAsync(data, async tenant =>
            {
                if (import.Length > 0)
                {
                    await tenant.FinishAsync(import);
                }
                using var steady = await host.TenantAsync(last);
                await PostAllAsync(steady, arrivals);
                Picture.ExpectEqual(await Picture.OfAsync(steady), await Picture.OfAsync(tenant));
            });
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    });

    private static async Task RunAsync(string data, Func<LawTenant, Task> act)
    {
        await using var platform = await TestPlatform.StartAsync(data);
        using var tenant = new LawTenant(platform.Http.BaseAddress!, TestPlatform.Key);
        await act(tenant);
    }

    private static async Task PostAllAsync(LawTenant tenant, string[] arrivals)
    {
        foreach (var arrival in arrivals)
        {
            await tenant.PostAsync(arrival);
        }
    }

    private static string[][] Cut(string[] arrivals, int seed)
    {
        var dice = new Random(seed);
        int[] cuts = [.. new[] { dice.Next(arrivals.Length + 1), dice.Next(arrivals.Length + 1) }.Order()];
        return [arrivals[..cuts[0]], arrivals[cuts[0]..cuts[1]], arrivals[cuts[1]..]];
    }
}
