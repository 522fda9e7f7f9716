using Spm.Client;

namespace Spm.Samples.Quickstart;

/// <summary>A node of the territory tree. Only leaves hold accounts.</summary>
internal sealed record CompanyTerritory(string Id, string Name, string? Parent)
{
    public TerritoryRow ToRow(IReadOnlyList<CompanyPerson> people) => new(Name, Parent, Coverage(people).ToList(), Id);

    /// <summary>Owners of a leaf, overlay specialists of a region: whoever says so of herself.</summary>
    private IEnumerable<TerritoryRep> Coverage(IReadOnlyList<CompanyPerson> people) =>
        from person in people
        from cover in person.Covers
        where cover.Territory == Id
        select new TerritoryRep(
            person.Id, cover.Product is null ? "owner" : "overlay", cover.Percent, cover.From, cover.To,
            cover.Product is { } product ? [product] : null);
}

/// <summary>Twelve territories in three regions under one root.</summary>
internal static class CompanyTerritories
{
    public const string Root = "T-ROOT";

    public static readonly IReadOnlyList<CompanyTerritory> Regions =
    [
        new("T-WEST", "West", Root),
        new("T-CENTRAL", "Central", Root),
        new("T-EAST", "East", Root),
    ];

    public static readonly IReadOnlyList<CompanyTerritory> Leaves =
    [
        new("T-W1", "Pacific Northwest", "T-WEST"),
        new("T-W2", "Northern California", "T-WEST"),
        new("T-W3", "Southern California", "T-WEST"),
        new("T-W4", "Mountain", "T-WEST"),
        new("T-C1", "Upper Midwest", "T-CENTRAL"),
        new("T-C2", "Great Lakes", "T-CENTRAL"),
        new("T-C3", "Plains", "T-CENTRAL"),
        new("T-C4", "Texas", "T-CENTRAL"),
        new("T-E1", "New England", "T-EAST"),
        new("T-E2", "New York", "T-EAST"),
        new("T-E3", "Mid-Atlantic", "T-EAST"),
        new("T-E4", "Southeast", "T-EAST"),
    ];

    /// <summary>Parents first: a child's row names its parent, which must exist by then.</summary>
    public static readonly IReadOnlyList<CompanyTerritory> All = [new(Root, Company.Name, null), .. Regions, .. Leaves];
}
