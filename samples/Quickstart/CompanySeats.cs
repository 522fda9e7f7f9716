namespace Spm.Samples.Quickstart;

/// <summary>A seller's place in a territory, with the part of the territory it owns over time.</summary>
internal sealed record CompanySeat(bool Senior = false, DateOnly? Hired = null, DateOnly? Left = null)
{
    public IReadOnlyList<(decimal Percent, DateOnly? From, DateOnly? To)> Owns { get; init; } = [];
}

/// <summary>
/// Who sits where in 2025. Usually the senior owns the territory: deals without a rep's name are credited to her.
/// Four territories have a story of their own.
/// </summary>
internal static class CompanySeats
{
    public static IReadOnlyList<CompanySeat> Of(string territory) => territory switch
    {
        "T-W3" => SharedOwnership,
        "T-C2" => OwnerLeaves,
        "T-C4" => SellerReplaced,
        "T-E2" => SellerAdded,
        "T-E3" or "T-E4" => [Senior, Seller, Seller],
        _ => [Senior, Seller, Seller, Seller],
    };

    private static CompanySeat Senior => new(Senior: true) { Owns = [(100, null, null)] };

    private static CompanySeat Seller => new();

    /// <summary>Two seniors share a territory too large for one.</summary>
    private static IReadOnlyList<CompanySeat> SharedOwnership =>
    [
        new(Senior: true) { Owns = [(60, null, null)] },
        new(Senior: true) { Owns = [(40, null, null)] },
        Seller, Seller,
    ];

    /// <summary>The owner resigns in spring; the next in line owns the territory from the first day after.</summary>
    private static IReadOnlyList<CompanySeat> OwnerLeaves
    {
        get
        {
            var handover = new DateOnly(Company.Year, 5, 16);
            return
            [
                new(Senior: true, Left: handover) { Owns = [(100, null, handover)] },
                new() { Owns = [(100, handover, null)] },
                Seller,
                new(Hired: new DateOnly(Company.Year, 6, 2)),
            ];
        }
    }

    private static IReadOnlyList<CompanySeat> SellerReplaced =>
    [
        Senior, Seller,
        new(Left: new DateOnly(Company.Year, 3, 1)),
        new(Hired: new DateOnly(Company.Year, 4, 1)),
    ];

    private static IReadOnlyList<CompanySeat> SellerAdded =>
    [
        Senior, Seller,
        new(Left: new DateOnly(Company.Year, 10, 1)),
        new(Hired: new DateOnly(Company.Year, 9, 1)),
    ];
}
