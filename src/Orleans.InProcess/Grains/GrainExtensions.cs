using Orleans.Runtime;

namespace Orleans;

/// <summary>Identity of grains and of references to them.</summary>
public static class GrainExtensions
{
    /// <summary>The grain's identity.</summary>
    /// <exception cref="ArgumentException">The argument is neither a grain nor a reference to one.</exception>
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        IGrainBase activation => activation.GrainContext.GrainId,
        GrainReference reference => reference.GrainId,
        null => throw new ArgumentNullException(nameof(grain)),
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference to one.", nameof(grain)),
    };

    /// <summary>The key the grain was called by.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    /// <summary>A reference to this grain, which other grains may hold and call. Never hand out <c>this</c> itself.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => grain switch
    {
        TGrainInterface reference when grain is GrainReference => reference,
        GrainReference reference => (TGrainInterface)(object)reference.Class.Reference(typeof(TGrainInterface), reference.Key),
        IGrainBase { GrainContext: InProcess.Activation activation } =>
            (TGrainInterface)(object)activation.Class.Reference(typeof(TGrainInterface), activation.Key),
        _ => throw new ArgumentException("Only a grain or a reference to one can be referred to.", nameof(grain)),
    };
}
