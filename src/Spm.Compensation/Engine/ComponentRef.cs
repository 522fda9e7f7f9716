namespace Spm.Compensation.Engine;

/// <summary>Where a component stands among those of its version, which is known only once all are ordered.</summary>
public sealed class ComponentRef
{
    /// <summary>From 0; −1 until it is known.</summary>
    public int Index { get; internal set; } = -1;
}
