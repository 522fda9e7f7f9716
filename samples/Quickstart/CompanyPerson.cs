using Spm.Client;

namespace Spm.Samples.Quickstart;

/// <summary>A line of the organisation: who, since when, reporting to whom, covering what.</summary>
internal sealed record CompanyPerson(string Id, string Name, string Title, DateOnly Hired)
{
    /// <summary>First day no longer employed.</summary>
    public DateOnly? Left { get; init; }

    public IReadOnlyList<DatedManager> Managers { get; init; } = [];

    public IReadOnlyList<CompanyCover> Covers { get; init; } = [];

    /// <summary>The leaf territory an account executive works in; null for everyone else.</summary>
    public string? Patch { get; init; }

    /// <summary>What an overlay specialist sells beside the owners; null for everyone else.</summary>
    public string? Specialty { get; init; }

    /// <summary>Quota of a full year before the season is applied; zero where it follows from others'.</summary>
    public decimal AnnualQuota { get; init; }

    /// <summary>How well things go, 1 being the usual.</summary>
    public double Luck { get; init; } = 1;

    public bool IsSeller => Patch is not null;

    public bool IsEmployed(DateOnly day) => Hired <= day && (Left is null || day < Left);

    public bool Owns(string territory, DateOnly day) => Covers.Any(cover =>
        cover.Territory == territory && cover.Product is null && Holds(cover.From, cover.To, day));

    public string? ManagerOn(DateOnly day) => Managers.FirstOrDefault(dated => Holds(dated.From, dated.To, day))?.Manager;

    public RepRow ToRow() => new(Name, Id)
    {
        Email = $"{Name.ToLowerInvariant().Replace(' ', '.')}@northlight.example",
        Title = Title,
        HiredOn = Hired,
        LeftOn = Left,
        Managers = Managers.Count > 0 ? Managers : null,
        Plan = IsSeller ? CompanyPlans.SellerPlan : CompanyPlans.LeaderPlan,
    };

    private static bool Holds(DateOnly? from, DateOnly? to, DateOnly day) =>
        (from ?? DateOnly.MinValue) <= day && day < (to ?? DateOnly.MaxValue);
}

/// <summary>A dated part in a territory: an owner's share, or an overlay on one product when <c>Product</c> is given.</summary>
internal sealed record CompanyCover(string Territory, decimal Percent, DateOnly? From = null, DateOnly? To = null, string? Product = null);
