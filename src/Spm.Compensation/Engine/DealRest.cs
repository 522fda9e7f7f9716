namespace Spm.Compensation.Engine;

/// <summary>What refunds have left of a deal, by what a component counts of it or by its amount.</summary>
public enum DealRest : byte
{
    /// <summary>Something, or nothing was refunded.</summary>
    Some,

    /// <summary>Nothing, but for what rounding the parts of a split may leave, a ten-thousandth for each line: it earns nothing.</summary>
    None,

    /// <summary>Less than nothing, for more is taken back than is known to be sold: it earns nothing above zero.</summary>
    BelowNone,
}
