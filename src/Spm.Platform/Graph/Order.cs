using Spm.Platform.Kernel;

namespace Spm.Platform.Graph;

/// <summary>Where a list begins.</summary>
public enum OrderDirection : byte
{
    /// <summary>With the least, or the oldest.</summary>
    Asc,

    /// <summary>With the greatest, or the newest.</summary>
    Desc,
}

/// <summary>What a list may be sorted by besides its own order.</summary>
internal static class Order
{
    /// <summary>
    /// What a list is sorted by. One that is read from an instant on goes by changes: in another order whoever reads could not tell where to go on.
    /// </summary>
    /// <param name="asked">Null: the list's own order.</param>
    /// <param name="since">The instant; null where the list is read whole.</param>
    public static TField Of<TField>(TField? asked, DateTimeOffset? since, TField own, TField changes)
        where TField : struct, Enum =>
        since is null ? asked ?? own
        : asked is null || asked.Value.Equals(changes) ? changes
        : throw Refusals.Of(Error.Of("orderBy/field", ErrorCodes.ParameterInvalid, "With `updatedSince` a list is sorted by `UPDATED_AT`."));

    /// <summary>In Unix milliseconds; the beginning of time where there is none.</summary>
    public static long Instant(DateTimeOffset? since) => since?.ToUnixTimeMilliseconds() ?? 0;
}
