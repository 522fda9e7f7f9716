using Orleans.InProcess;

namespace Orleans.Runtime;

/// <summary>The base of the emitted classes that turn a call into a turn of the grain. Two references to one grain are equal.</summary>
public abstract class GrainReference : IAddressable, IEquatable<GrainReference>
{
    Activation? _target;

    private protected GrainReference(GrainClass grainClass, string key) => (Class, Key) = (grainClass, key);

    internal GrainClass Class { get; }

    internal string Key { get; }

    /// <summary>The grain's identity.</summary>
    public GrainId GrainId => new(Class.GrainType, IdSpan.Create(Key));

    /// <summary>The activation to call; found once and kept while it lives.</summary>
    internal Activation Locate()
    {
        if (Class.IsStatelessWorker) return Class.Directory.Resolve(Key);
        var target = _target;
        return target is { IsDead: false } ? target : _target = Class.Directory.Resolve(Key);
    }

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) => other is not null && Class == other.Class && Key == other.Key;

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => HashCode.Combine(Class, Key);

    /// <inheritdoc/>
    public sealed override string ToString() => GrainId.ToString();
}
