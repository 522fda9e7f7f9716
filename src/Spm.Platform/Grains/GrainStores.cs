namespace Spm.Platform.Grains;

/// <summary>The names under which grain storage is registered.</summary>
public static class GrainStores
{
    public const string Name = "spm";
}
