using Orleans.Runtime;

namespace Orleans.InProcess;

/// <inheritdoc cref="IGrainFactory"/>
internal sealed class GrainFactory(GrainHost host) : IGrainFactory
{
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentNullException.ThrowIfNull(primaryKey);
        var grainClass = host.Catalog.Find(typeof(TGrainInterface), grainClassNamePrefix);
        return (TGrainInterface)(object)grainClass.Reference(typeof(TGrainInterface), primaryKey);
    }

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey)
    {
        ArgumentNullException.ThrowIfNull(grainPrimaryKey);
        return (IGrain)(object)host.Catalog.Find(grainInterfaceType, null).Reference(grainInterfaceType, grainPrimaryKey);
    }

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable
    {
        var grainClass = host.Catalog.Find(grainId.Type) ?? throw new ArgumentException($"No grain class is named '{grainId.Type}'.");
        return (TGrainInterface)(object)grainClass.Reference(typeof(TGrainInterface), grainId.Key.ToString());
    }
}
