namespace Spm.Samples.Quickstart;

/// <summary>A customer in a territory, worked by one account executive. Without a territory nobody is credited unless named.</summary>
internal sealed record CompanyAccount(string Id, string Name, string? Territory, string? Seller);

internal static class CompanyAccounts
{
    private const int Count = 400;

    /// <summary>New in the CRM and not yet assigned: their web orders stay uncredited and appear as problems.</summary>
    private const int Unassigned = 6;

    public static IReadOnlyList<CompanyAccount> Open(CompanyDice dice, IReadOnlyList<CompanyPerson> people)
    {
        var names = CompanyNames.Accounts(dice);
        var sellers = people.Where(person => person.IsSeller).ToList();
        var accounts = new List<CompanyAccount>(Count);
        for (var i = 0; i < Count; i++)
        {
            var seller = i < Count - Unassigned ? sellers[i % sellers.Count] : null;
            accounts.Add(new CompanyAccount($"A{i + 1:0000}", names[i], seller?.Patch, seller?.Id));
        }

        return accounts;
    }
}
