namespace Spm.Connectors;

/// <summary>
/// The versions of this SDK a connector was made for. Both ends are included: a range that is open above would promise something about
/// versions nobody has seen.
/// </summary>
public sealed record SdkRange
{
    /// <summary>The version of the contract in this assembly. Grows in its first place only when something was removed or changed.</summary>
    public static Version Current { get; } = new(1, 1);

    /// <exception cref="ArgumentException">The range is empty.</exception>
    public SdkRange(Version min, Version max)
    {
        if (max < min)
        {
            throw new ArgumentException($"The range ends at {max}, before it begins at {min}.", nameof(max));
        }
        Min = min;
        Max = max;
    }

    public Version Min { get; }

    public Version Max { get; }

    public bool Contains(Version version) => Min <= version && version <= Max;

    public override string ToString() => $"{Min} to {Max}";
}
