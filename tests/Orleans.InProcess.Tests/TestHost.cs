using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;

namespace Orleans.InProcess.Tests;

/// <summary>A host of this project's grains, on a manual clock.</summary>
public sealed class TestHost : IAsyncDisposable
{
    readonly IHost _host;

    TestHost(IHost host) => _host = host;

    public ManualTime Time { get; private init; } = null!;

    public IServiceProvider Services => _host.Services;

    public Journal Journal => Services.GetRequiredService<Journal>();

    public static async Task<TestHost> StartAsync(Action<ISiloBuilder>? configure = null, Action<InProcessGrainOptions>? options = null)
    {
        var time = new ManualTime();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.Services.AddSingleton<TimeProvider>(time).AddSingleton<Journal>();
        builder.UseOrleans(silo =>
        {
            silo.ConfigureInProcess(o => o.AddGrainAssembly(typeof(TestHost).Assembly));
            if (options is not null) silo.ConfigureInProcess(options);
            configure?.Invoke(silo);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new(host) { Time = time };
    }

    public T Grain<T>(string key) where T : IGrainWithStringKey => Services.GetRequiredService<IGrainFactory>().GetGrain<T>(key);

    public Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // Some tests leave calls hanging on purpose.
        await _host.StopAsync(new CancellationToken(canceled: true));
        _host.Dispose();
    }
}

/// <summary>What grains report of themselves, and the gates on which tests hold them.</summary>
public sealed class Journal
{
    readonly List<string> _lines = [];
    readonly Dictionary<string, TaskCompletionSource> _gates = [];

    public string[] Lines
    {
        get
        {
            lock (_lines) return [.. _lines];
        }
    }

    public void Add(string line)
    {
        lock (_lines) _lines.Add(line);
    }

    public int Count(string line) => Lines.Count(one => one == line);

    /// <summary>Waits until the test opens the gate.</summary>
    public Task Gate(string name) => Of(name).Task;

    public void Open(string name) => Of(name).TrySetResult();

    /// <summary>Waits until that many such lines were written; the limit only keeps a broken test from hanging.</summary>
    public async Task Until(string line, int count = 1)
    {
        for (var i = 0; Count(line) < count; i++)
        {
            Assert.True(i < 2000, $"'{line}' was not written {count} times, but: {string.Join("; ", Lines)}");
            await Task.Delay(i < 50 ? 1 : 5);
        }
    }

    TaskCompletionSource Of(string name)
    {
        lock (_gates)
        {
            if (!_gates.TryGetValue(name, out var gate))
                _gates[name] = gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return gate;
        }
    }
}
