namespace Spm.Platform.Proofs;

/// <summary>What a proof finds wrong: codes of problems, and of the alarm that is told.</summary>
internal static class ProofCodes
{
    public const string LedgerDiffers = "ledger_differs";
    public const string PayoutDiffers = "payout_differs";
}

/// <summary>A figure that does not follow from its sources, in minor units.</summary>
/// <param name="Month">The fiscal month, by its number.</param>
/// <param name="Detail">Which figure, and what it is and should be.</param>
internal sealed record Difference(string Code, int Month, long Expected, long Actual, string Detail);
