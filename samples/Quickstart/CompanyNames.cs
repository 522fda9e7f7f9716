namespace Spm.Samples.Quickstart;

/// <summary>Names that belong to nobody in particular.</summary>
internal static class CompanyNames
{
    private static readonly string[] First =
    [
        "Amara", "Anders", "Beatriz", "Caleb", "Chiara", "Daniel", "Devika", "Elena", "Emeka", "Farah", "Felix", "Grace", "Hana",
        "Hugo", "Ines", "Isaac", "Jonas", "Joy", "Kaito", "Keisha", "Lars", "Leila", "Lucas", "Maeve", "Mateo", "Mei", "Nadia",
        "Noah", "Olivia", "Omar", "Paula", "Priya", "Quinn", "Rafael", "Rosa", "Samir", "Sofia", "Tariq", "Tessa", "Viktor", "Yara", "Zoe",
    ];

    private static readonly string[] Last =
    [
        "Abara", "Almeida", "Bennett", "Bergstrom", "Castillo", "Chen", "Dalton", "Diallo", "Eriksen", "Farrell", "Fischer",
        "Gupta", "Haddad", "Hayashi", "Ibarra", "Jansen", "Kapoor", "Keller", "Kowalski", "Lindqvist", "Mbeki", "Moreau", "Nakamura",
        "Novak", "Okafor", "Ortega", "Park", "Petrov", "Quintero", "Rahman", "Romero", "Schmidt", "Silva", "Tanaka", "Torres",
        "Vance", "Walsh", "Weber", "Yilmaz", "Zhou",
    ];

    private static readonly string[] Places =
    [
        "Alder", "Beacon", "Blue Ridge", "Brightwater", "Cascade", "Cedar", "Clearview", "Copper", "Crescent", "Evergreen", "Foxglove",
        "Granite", "Harbor", "Highland", "Ironwood", "Juniper", "Keystone", "Lakeside", "Maple", "Meridian", "North Star", "Oakfield",
        "Pinnacle", "Redwood", "Silverline", "Summit",
    ];

    private static readonly string[] Trades =
    [
        "Analytics", "Bank", "Biotech", "Builders", "Clinics", "Credit Union", "Energy", "Foods", "Freight", "Hotels", "Insurance",
        "Labs", "Logistics", "Manufacturing", "Media", "Pharma", "Retail", "Robotics", "Software", "Utilities",
    ];

    public static IReadOnlyList<string> People(CompanyDice dice) => Pairs(dice, First, Last);

    public static IReadOnlyList<string> Accounts(CompanyDice dice) => Pairs(dice, Places, Trades);

    /// <summary>Every pair once, in random order: no two people or accounts share a name.</summary>
    private static List<string> Pairs(CompanyDice dice, string[] left, string[] right)
    {
        var all = (from a in left from b in right select $"{a} {b}").ToList();
        dice.Shuffle(all);
        return all;
    }
}
