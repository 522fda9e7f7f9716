namespace Spm.Compensation.Crediting;

/// <summary>How a credit came to a rep: by its own deals, beside their owner, or up from the reps below.</summary>
[Flags]
public enum CreditSources : byte
{
    None = 0,
    Direct = 1,
    Overlay = 2,
    RollUp = 4,
}
