using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.InProcess.Tests;

public sealed class SurfaceTests
{
    public interface IPropertyGrain : IGrainWithStringKey { int Value { get; } }
    public interface ISyncGrain : IGrainWithStringKey { int Get(); }
    public interface IRefGrain : IGrainWithStringKey { Task Get(ref int value); }
    public interface IGenericMethodGrain : IGrainWithStringKey { Task Get<T>(); }
    public interface IGenericGrain<T> : IGrainWithStringKey { Task<T> Get(); }
    public interface IOneWayAnswerGrain : IGrainWithStringKey { [OneWay] Task<int> Get(); }

    [Theory]
    [InlineData(typeof(IPropertyGrain))]
    [InlineData(typeof(ISyncGrain))]
    [InlineData(typeof(IRefGrain))]
    [InlineData(typeof(IGenericMethodGrain))]
    [InlineData(typeof(IGenericGrain<int>))]
    [InlineData(typeof(IOneWayAnswerGrain))]
    public void A_method_that_cannot_be_a_grain_call_is_refused_by_name(Type grainInterface)
    {
        var error = Assert.Throws<NotSupportedException>(() => GrainInterface.Check(grainInterface));
        Assert.Contains(grainInterface.Name, error.Message);
    }

    [Fact]
    public void A_grain_identity_reads_back_what_it_writes_even_with_slashes_in_the_key()
    {
        var id = GrainId.Create("rep", "acme/2026/r-1");
        Assert.Equal(id, GrainId.Parse(id.ToString()));
        Assert.Equal("acme/2026/r-1", id.Key.ToString());
        Assert.Throws<FormatException>(() => GrainId.Parse("/key"));
        Assert.True(GrainId.Create("a", "z").CompareTo(GrainId.Create("b", "a")) < 0);
    }

    [Fact]
    public async Task Start_up_tasks_run_in_the_order_of_their_stages_and_may_call_grains()
    {
        var order = new List<string>();
        await using var host = await TestHost.StartAsync(silo => silo
            .AddStartupTask(async (services, _) =>
                order.Add($"active {await services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("a").Add(1)}"))
            .AddStartupTask((_, _) =>
            {
                order.Add("services");
                return Task.CompletedTask;
            }, ServiceLifecycleStage.ApplicationServices));
        Assert.Equal(["services", "active 1"], order);
    }

    [Fact]
    public async Task A_scoped_service_lives_as_long_as_the_activation_that_has_it()
    {
        await using var host = await TestHost.StartAsync(silo => silo.Services.AddScoped<Lease>());
        var grain = host.Grain<ILeaseGrain>("a");
        var first = await grain.Lease();
        Assert.Same(first, await grain.Lease());
        Assert.NotSame(first, await host.Grain<ILeaseGrain>("b").Lease());
        await grain.Leave();
        Assert.NotSame(first, await grain.Lease());
        Assert.True(first.Ended);
    }
}

public sealed class Lease : IDisposable
{
    public bool Ended { get; private set; }

    public void Dispose() => Ended = true;
}

public interface ILeaseGrain : IGrainWithStringKey
{
    Task<Lease> Lease();
    Task Leave();
}

public sealed class LeaseGrain(Lease lease) : Grain, ILeaseGrain
{
    public Task<Lease> Lease() => Task.FromResult(lease);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
