using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.InProcess;

/// <summary>A record of a grain, whatever its type.</summary>
internal abstract class PersistentState
{
    /// <summary>How a constructor parameter gets its record.</summary>
    internal static Func<Activation, object?> SourceOf(ParameterInfo parameter, PersistentStateAttribute record, GrainHost host)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new InvalidOperationException($"[PersistentState] parameter '{parameter.Name}' must be an IPersistentState<T>.");
        var storage = (record.StorageName is null
                ? host.Services.GetService<IGrainStorage>()
                : host.Services.GetKeyedService<IGrainStorage>(record.StorageName))
            ?? throw new BadProviderConfigException(
                $"No grain storage named '{record.StorageName ?? "(default)"}' is registered; {parameter.Member.DeclaringType} needs it.");
        return (Func<Activation, object?>)typeof(PersistentState).GetMethod(nameof(SourceOfTyped), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(type.GenericTypeArguments).Invoke(null, [storage, record.StateName])!;
    }

    internal abstract Task ReadStateAsync();

    static Func<Activation, object?> SourceOfTyped<T>(IGrainStorage storage, string name) => activation =>
    {
        var state = new PersistentState<T>(activation, storage, name);
        activation.ReadFirst(state);
        return state;
    };
}

/// <inheritdoc cref="IPersistentState{T}"/>
internal sealed class PersistentState<T>(Activation activation, IGrainStorage storage, string name) : PersistentState, IPersistentState<T>
{
    readonly GrainState<T> _record = new(Activator.CreateInstance<T>());
    Task _last = Task.CompletedTask;

    public T State { get => _record.State!; set => _record.State = value; }

    public string? Etag => _record.ETag;

    public bool RecordExists => _record.RecordExists;

    internal override Task ReadStateAsync() => Do(default, Read);

    Task Core.IStorage.ReadStateAsync() => Do(default, Read);

    public Task ReadStateAsync(CancellationToken cancellationToken) => Do(cancellationToken, Read);

    public Task WriteStateAsync() => Do(default, Write);

    public Task WriteStateAsync(CancellationToken cancellationToken) => Do(cancellationToken, Write);

    public Task ClearStateAsync() => Do(default, Clear);

    public Task ClearStateAsync(CancellationToken cancellationToken) => Do(cancellationToken, Clear);

    static Task Read(PersistentState<T> self, CancellationToken token) =>
        self.Storage.ReadStateAsync(self.Name, self.Owner.GrainId, self._record, token);

    static Task Write(PersistentState<T> self, CancellationToken token) =>
        self.Storage.WriteStateAsync(self.Name, self.Owner.GrainId, self._record, token);

    static Task Clear(PersistentState<T> self, CancellationToken token) =>
        self.Storage.ClearStateAsync(self.Name, self.Owner.GrainId, self._record, token);

    Activation Owner => activation;

    IGrainStorage Storage => storage;

    string Name => name;

    /// <summary>Operations on one record run one after another, or interleaved writes of a reentrant grain would refuse each other's ETag.</summary>
    Task Do(CancellationToken token, Func<PersistentState<T>, CancellationToken, Task> operation) =>
        _last = Run(_last, token, operation);

    async Task Run(Task before, CancellationToken token, Func<PersistentState<T>, CancellationToken, Task> operation)
    {
        // Whoever started the one before sees its failure.
        const ConfigureAwaitOptions quietly = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;
        if (!before.IsCompleted) await before.ConfigureAwait(quietly);
        token.ThrowIfCancellationRequested();
        try
        {
            await operation(this, token);
        }
        catch (Exception error) when (error is not (OrleansException or OperationCanceledException))
        {
            throw new OrleansException($"Storage of '{name}' failed for {activation.GrainId}: {error.Message}", error);
        }
    }
}
