using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Spm.Platform.Plans;
using Spm.Platform.Reps;
using Spm.Platform.Territories;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Laws;

/// <summary>Calls to grains are lost where a host is overloaded, or a silo ends: the grain goes on, and has not been told.</summary>
public sealed class LostCallTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_that_did_not_come_to_a_grain_is_acknowledged_seen_and_paid(bool rejected)
    {
        var lost = new Lost { Failure = rejected ? new SiloUnavailableException("The silo has ended.") : new TimeoutException("No answer came.") };
        await using var platform = await StartAsync(lost);
        await SmallCompany.CreateAsync(platform);
        (await platform.PutAsync("/v1/territories/crm/WEST", """{"name":"West","reps":[{"rep":"E1","role":"owner","percent":"100"}]}""")).Expect(201);
        await platform.PostAsync(In("T1", "1000"), 201);
        // From here on the grains are there.
        await platform.BalancesAsync();
        Assert.Equal(("1000.00", "50.00"), (await TerritoryAsync(platform), await PlanAsync(platform)));

        lost.IsSo = true;
        await platform.PostAsync(In("T2", "500"), 201);
        await platform.BalancesAsync();
        lost.IsSo = false;

        Assert.Equal("credited 1500.00, to date 1500.00 = 150 %, incentive 100.00, payout 100.00", await platform.LiveAsync("E1", "2025-01"));
        Assert.Equal(("1500.00", "100.00"), (await TerritoryAsync(platform), await PlanAsync(platform)));
        Assert.Equal("100.00", (await platform.PayoutAsync("E1", "2025-01")).MoneyText("amount"));
        // What is read anew is read once, and goes on as before.
        await platform.PostAsync(In("T3", "100"), 201);
        Assert.Equal("credited 1600.00, to date 1600.00 = 160 %, incentive 110.00, payout 110.00", await platform.LiveAsync("E1", "2025-01"));
        Assert.Equal(("1600.00", "110.00"), (await TerritoryAsync(platform), await PlanAsync(platform)));
        await platform.BalancesAsync();
    }

    private static string In(string id, string amount) =>
        $$"""{"source":"crm","external_id":"{{id}}","kind":"order","date":"2025-01-05","amount":"{{amount}}","currency":"USD","territory":"WEST"}""";

    private static async Task<string> TerritoryAsync(TestPlatform platform) =>
        (await platform.GetAsync($"/v1/territories/{await platform.IdAsync("territories", "WEST")}/live")).Expect(200).Json.GetProperty("measures")[0].GetProperty("total").MoneyText("own");

    private static async Task<string> PlanAsync(TestPlatform platform)
    {
        await platform.BalancesAsync();
        return (await platform.GetAsync($"/v1/plans/{await platform.IdAsync("plans", "ae")}/live")).Expect(200).Json.MoneyText("total");
    }

    private static Task<TestPlatform> StartAsync(Lost lost) => TestPlatform.StartAsync(configure: builder =>
    {
        var grains = builder.Services.Last(d => d.ServiceType == typeof(IGrainFactory));
        builder.Services.AddSingleton(services => Told.Over(
            (IGrainFactory)(grains.ImplementationFactory?.Invoke(services) ?? ActivatorUtilities.CreateInstance(services, grains.ImplementationType!)), lost));
    });

    private sealed class Lost
    {
        public required Exception Failure { get; init; }

        public bool IsSo { get; set; }
    }

    /// <summary>A factory, or a grain that it has made, whose `Apply` is lost.</summary>
    private class Told : DispatchProxy
    {
        private object _target = null!;
        private Lost _lost = null!;

        public static T Over<T>(T target, Lost lost)
            where T : class
        {
            var proxy = Create<T, Told>();
            ((Told)(object)proxy)._target = target;
            ((Told)(object)proxy)._lost = lost;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == "Apply" ? Task.FromException(_lost.Failure)
            : targetMethod.Invoke(_target, args) switch
            {
                IRepGrain rep when _lost.IsSo => Over(rep, _lost),
                ITerritoryGrain territory when _lost.IsSo => Over(territory, _lost),
                IPlanGrain plan when _lost.IsSo => Over(plan, _lost),
                var made => made,
            };
    }
}
