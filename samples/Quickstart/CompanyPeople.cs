using Spm.Client;

namespace Spm.Samples.Quickstart;

/// <summary>62 people: one head of sales, three directors, six district managers, six overlay specialists, 46 account executives.</summary>
internal static class CompanyPeople
{
    private const int PatchesPerDistrict = 2;

    private static readonly DateOnly Reorganisation = new(Company.Year, 7, 1);

    /// <summary>Parents before children: a rep's row names its manager, who must exist by then.</summary>
    public static IReadOnlyList<CompanyPerson> Hire(CompanyDice dice)
    {
        var people = new List<CompanyPerson>();
        var names = new Queue<string>(CompanyNames.People(dice));
        var head = Add("VP Sales", new DateOnly(2017, 3, 1), null);

        foreach (var region in CompanyTerritories.Regions)
        {
            var director = Add("Regional Director", Before(dice, 2020), head.Id);
            AddSpecialists(region, head);
            var patches = CompanyTerritories.Leaves.Where(leaf => leaf.Parent == region.Id).ToList();
            var districts = patches.Chunk(PatchesPerDistrict)
                .Select(chunk => (Manager: Add("District Manager", Before(dice, 2022), director.Id), Patches: chunk)).ToList();
            foreach (var (manager, own) in districts)
            {
                foreach (var patch in own)
                    AddSellers(patch, manager);
            }
        }

        return Reorganise(people);

        CompanyPerson Add(string title, DateOnly hired, string? manager)
        {
            var person = new CompanyPerson(NextId(), names.Dequeue(), title, hired)
            {
                Managers = manager is null ? [] : [new DatedManager(manager)],
            };
            people.Add(person);
            return person;
        }

        void AddSpecialists(CompanyTerritory region, CompanyPerson manager)
        {
            foreach (var product in new[] { CompanyPlans.Security, CompanyPlans.Analytics })
            {
                var title = product == CompanyPlans.Security ? "Security Specialist" : "Analytics Specialist";
                var specialist = Add(title, Before(dice, 2023), manager.Id);
                people[^1] = specialist with { Specialty = product, Covers = [new CompanyCover(region.Id, 100, Product: product)] };
            }
        }

        void AddSellers(CompanyTerritory patch, CompanyPerson manager)
        {
            foreach (var seat in CompanySeats.Of(patch.Id))
            {
                var title = seat.Senior ? "Senior Account Executive" : "Account Executive";
                var seller = Add(title, seat.Hired ?? Before(dice, 2024), manager.Id);
                people[^1] = seller with
                {
                    Left = seat.Left,
                    Patch = patch.Id,
                    Covers = seat.Owns.Select(share => new CompanyCover(patch.Id, share.Percent, share.From, share.To)).ToList(),
                    AnnualQuota = seat.Senior ? 1_650_000 : 1_150_000,
                    Luck = (seat.Senior ? 1.35 : 1.0) * (0.65 + 0.7 * dice.Unit()),
                };
            }
        }

        string NextId() => $"E{people.Count + 1:000}";
    }

    /// <summary>On 1 July two account executives of the Mountain territory move to the other district manager of the West.</summary>
    private static List<CompanyPerson> Reorganise(List<CompanyPerson> people)
    {
        var other = people.First(person => person.Title == "District Manager").Id;
        var movers = people.Where(person => person.Patch == "T-W4").Skip(1).Take(2).ToList();
        foreach (var mover in movers)
        {
            var from = mover.Managers.Single().Manager;
            people[people.IndexOf(mover)] = mover with
            {
                Managers = [new DatedManager(from, To: Reorganisation), new DatedManager(other, From: Reorganisation)],
            };
        }

        return people;
    }

    private static DateOnly Before(CompanyDice dice, int year) => new DateOnly(2018, 1, 1).AddMonths(dice.Below((year - 2018) * 12 + 6));
}
