using Spm.Client;

namespace Spm.Samples.Quickstart;

/// <summary>Monthly quotas along the season. A leader's follow from the reports', a specialist's from the region's.</summary>
internal static class CompanyQuotas
{
    /// <summary>A leader's quota is a little less than the sum of the reports': one of them always misses.</summary>
    private const decimal OfReports = 0.95m;

    private const decimal MarginOfBookings = 0.38m;

    /// <summary>The part of all bookings that each specialty makes up.</summary>
    private const decimal SpecialtyShare = 0.2m;

    private const int RampMonths = 2;

    public static IReadOnlyList<QuotaRow> Set(IReadOnlyList<CompanyPerson> people)
    {
        var rows = new List<QuotaRow>();
        for (var month = 0; month < 12; month++)
        {
            foreach (var person in people)
            {
                var bookings = Round(Of(person, people, month));
                if (bookings == 0)
                    continue;
                rows.Add(Row(person, CompanyPlans.Bookings, month, bookings));
                if (person.IsSeller)
                    rows.Add(Row(person, CompanyPlans.Margin, month, Round(bookings * MarginOfBookings)));
            }
        }

        return rows;
    }

    private static decimal Of(CompanyPerson person, IReadOnlyList<CompanyPerson> people, int month)
    {
        var day = Company.YearStart.AddMonths(month);
        if (person.IsSeller)
            return Own(person, month, day);
        return person.Specialty is null
            ? people.Where(report => report.ManagerOn(day) == person.Id && report.Specialty is null)
                .Sum(report => Of(report, people, month)) * OfReports
            : people.Where(seller => InRegion(seller, person)).Sum(seller => Own(seller, month, day)) * SpecialtyShare;
    }

    /// <summary>A quota for every month that begins employed, half of it while a new hire learns.</summary>
    private static decimal Own(CompanyPerson seller, int month, DateOnly day)
    {
        if (!seller.IsEmployed(day))
            return 0;
        var full = seller.AnnualQuota * (decimal)Company.Season[month];
        return seller.Hired.AddMonths(RampMonths) > day ? full / 2 : full;
    }

    private static bool InRegion(CompanyPerson seller, CompanyPerson specialist) =>
        CompanyTerritories.Leaves.Any(leaf => leaf.Id == seller.Patch && leaf.Parent == specialist.Covers[0].Territory);

    private static decimal Round(decimal quota) => decimal.Round(quota / 500) * 500;

    private static QuotaRow Row(CompanyPerson person, string measure, int month, decimal amount) =>
        new(person.Id, measure, $"{Company.Year}-{month + 1:00}", amount);
}
