using Spm.Client;

namespace Spm.Samples.Quickstart;

/// <summary>
/// Northlight Systems, an invented software company in fiscal year 2025. Everything follows from the seed:
/// the same seed gives the same company, to the cent, on any machine.
/// </summary>
internal sealed class Company
{
    public const string Name = "Northlight Systems";
    public const string Currency = "USD";

    /// <summary>People come from the HR system, everything else from the CRM; ids need to be unique only within their system.</summary>
    public const string HrSource = "hris";
    public const string CrmSource = "crm";

    public const int Year = 2025;
    public static readonly DateOnly YearStart = new(Year, 1, 1);

    /// <summary>First day after the fiscal year.</summary>
    public static readonly DateOnly YearEnd = new(Year + 1, 1, 1);

    /// <summary>Each month's part of the year's business: quarters end high, December highest.</summary>
    public static readonly IReadOnlyList<double> Season =
        [0.058, 0.066, 0.098, 0.064, 0.073, 0.107, 0.062, 0.066, 0.101, 0.077, 0.093, 0.135];

    public Company(ulong seed)
    {
        var dice = new CompanyDice(seed);
        Territories = CompanyTerritories.All;
        People = CompanyPeople.Hire(dice);
        Accounts = CompanyAccounts.Open(dice, People);
        Quotas = CompanyQuotas.Set(People);
        Feed = CompanyFeedErrors.Spoil(CompanyTransactions.Book(dice, this, CompanyFeedErrors.CleanRows), dice);
    }

    public IReadOnlyList<CompanyTerritory> Territories { get; }

    public IReadOnlyList<CompanyPerson> People { get; }

    public IReadOnlyList<CompanyAccount> Accounts { get; }

    public IReadOnlyList<QuotaRow> Quotas { get; }

    /// <summary>20,000 lines of NDJSON as the CRM exports them, mistakes included.</summary>
    public IReadOnlyList<string> Feed { get; }

    public IEnumerable<RepRow> RepRows() => People.Select(person => person.ToRow());

    public IEnumerable<TerritoryRow> TerritoryRows() => Territories.Select(territory => territory.ToRow(People));

    public IEnumerable<AccountRow> AccountRows() =>
        Accounts.Select(account => new AccountRow(account.Name, account.Territory, ExternalId: account.Id));
}
