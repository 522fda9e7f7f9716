using Refit;

namespace Acme;

/// <summary>The part of the vendor's API that is read.</summary>
[Headers("Authorization: Bearer")]
public interface IAcmeApi
{
    /// <summary>Deals in the order of their last change, those that were deleted among them.</summary>
    [Get("/deals")]
    Task<DealPage> Deals(long after, int limit, CancellationToken cancellationToken);
}

public sealed record DealPage(IReadOnlyList<Deal> Deals, bool More);

/// <param name="Sequence">Grows with every change of any deal.</param>
/// <param name="ChangedAt">A text, so that a time without an offset is not taken for one of this machine.</param>
/// <param name="Amount">A text, so that no digit is lost on the way.</param>
public sealed record Deal(
    long Sequence, string Id, string? ChangedAt, bool Deleted, string? Name = null, string? Amount = null, string? Currency = null, string? Status = null, string? ClosedOn = null, string? Owner = null);
