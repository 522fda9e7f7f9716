namespace Spm.Samples.Quickstart;

/// <summary>Who can sell what to whom on a day.</summary>
internal sealed class CompanyMarket
{
    private readonly List<CompanyPerson> _sellers;
    private readonly List<double> _luck;
    private readonly ILookup<string, CompanyAccount> _accounts;
    private readonly List<CompanyAccount> _unassigned;

    public CompanyMarket(Company company)
    {
        _sellers = [.. company.People.Where(person => person.IsSeller)];
        _luck = [.. _sellers.Select(seller => seller.Luck)];
        _accounts = company.Accounts.Where(account => account.Seller is not null).ToLookup(account => account.Seller!);
        _unassigned = [.. company.Accounts.Where(account => account.Seller is null)];
    }

    /// <summary>A deal is lost with its seller when she is not employed that day: then the territory's owner makes it.</summary>
    public (CompanyPerson Seller, CompanyAccount Account) Deal(CompanyDice dice, DateOnly date)
    {
        var seller = _sellers[dice.PickWeighted(_luck)];
        var accounts = _accounts[seller.Id].ToList();
        // The first accounts of each seller are the large ones: half of the deals come from a fifth of them.
        var account = dice.Chance(0.006) ? dice.Pick(_unassigned) : accounts[(int)(accounts.Count * Math.Pow(dice.Unit(), 2.2))];
        return (seller.IsEmployed(date) ? seller : Owner(seller.Patch!, date), account);
    }

    /// <summary>Someone to split with in the same territory; null when the seller sits alone there.</summary>
    public CompanyPerson? Colleague(CompanyDice dice, CompanyPerson seller, DateOnly date)
    {
        var others = _sellers.Where(other => other.Patch == seller.Patch && other.Id != seller.Id && other.IsEmployed(date)).ToList();
        return others.Count == 0 ? null : dice.Pick(others);
    }

    private CompanyPerson Owner(string patch, DateOnly date) => _sellers.First(seller => seller.Owns(patch, date));
}
