using Spm.Compensation.Periods;

namespace Spm.Compensation.Crediting;

/// <summary>
/// Who is employed, who reports to whom and who covers what, on every day. Everybody and everything is a number that indexes
/// these arrays, so that crediting a transaction is a handful of array reads.
/// </summary>
public sealed record Roster(IReadOnlyList<RepFacts> Reps, IReadOnlyList<TerritoryFacts> Territories, IReadOnlyList<AccountFacts> Accounts)
{
    public const int None = -1;

    /// <summary>
    /// The most steps from anybody up to the top, in the hierarchy of any day and in the territory tree. A walk that takes more
    /// throws: it is a circle, and to stop quietly would have credited somebody many times.
    /// </summary>
    public const int MaxDepth = 32;

    public static readonly Roster Empty = new([], [], []);

    /// <summary>By rep: the territories owned, in the order of their numbers. Made when it is first asked for.</summary>
    private readonly Lazy<ILookup<int, (DateRange Range, int Territory)>> _owned = new(() => Territories
        .SelectMany((t, no) => t.Assignments.Where(a => a.Role == CoverageRole.Owner).Select(a => (a.Rep, a.Range, Territory: no)))
        .ToLookup(o => o.Rep, o => (o.Range, o.Territory)));

    /// <summary>The territory a rep owns on a day; of several the one with the lowest number, <see cref="None"/> when there is none.</summary>
    public int TerritoryOwnedBy(int rep, DateOnly day)
    {
        foreach (var (range, territory) in _owned.Value[rep])
        {
            if (range.Contains(day))
            {
                return territory;
            }
        }
        return None;
    }

    public int ManagerOf(int rep, DateOnly day) => Reps[rep].Managers.TryAt(day, out var manager) ? manager : None;

    /// <summary>Fills in the managers above a rep on a day, the nearest first, and returns how many there are.</summary>
    /// <param name="above">At least <see cref="MaxDepth"/> long.</param>
    public int ManagersAbove(int rep, DateOnly day, Span<int> above)
    {
        var count = 0;
        for (var manager = ManagerOf(rep, day); manager != None; manager = ManagerOf(manager, day))
        {
            ThrowIfDeeper(count + 1);
            above[count++] = manager;
        }
        return count;
    }

    /// <summary>Fills in the territories above one, the nearest first, and returns how many there are.</summary>
    /// <param name="above">At least <see cref="MaxDepth"/> long.</param>
    public int TerritoriesAbove(int territory, Span<int> above)
    {
        var count = 0;
        for (var parent = Territories[territory].Parent; parent != None; parent = Territories[parent].Parent)
        {
            ThrowIfDeeper(count + 1);
            above[count++] = parent;
        }
        return count;
    }

    /// <summary>Whose names decide who is credited: the transaction's own, or those of its deal where it has no rep, no split and no territory, and is no house deal.</summary>
    public Transaction Named(Transaction transaction) =>
        transaction is { Deal: { } deal, Rep: None, Splits.Count: 0, House: false } && OwnTerritoryOf(transaction) == None ? deal : transaction;

    /// <summary>The territory of a transaction: the one it names, else its account's on that day; of one that is credited as its deal is, the deal's.</summary>
    public int TerritoryOf(Transaction transaction) => OwnTerritoryOf(Named(transaction));

    private int OwnTerritoryOf(Transaction transaction)
    {
        if (transaction.Territory != None)
        {
            return transaction.Territory;
        }
        return transaction.Account != None && Accounts[transaction.Account].Territories.TryAt(transaction.Date, out var territory)
            ? territory
            : None;
    }

    /// <summary>True when the rep is assigned to the territory, or to one above it, on that day in any role.</summary>
    public bool Covers(int rep, int territory, DateOnly day)
    {
        for (var (at, depth) = (territory, 0); at != None; at = Territories[at].Parent, depth++)
        {
            ThrowIfDeeper(depth);
            foreach (var assignment in Territories[at].Assignments)
            {
                if (assignment.Rep == rep && assignment.Range.Contains(day))
                {
                    return true;
                }
            }
        }
        return false;
    }

    internal static void ThrowIfDeeper(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidOperationException(
                $"More than {MaxDepth} steps to the top: the hierarchy or the territory tree goes in a circle.");
        }
    }
}

/// <summary>From hire (included) to leave (the first day no longer employed), and the dated managers.</summary>
public sealed record RepFacts(DateRange Employment, Timeline<int> Managers);

public sealed record TerritoryFacts(int Parent, IReadOnlyList<Coverage> Assignments);

public sealed record AccountFacts(Timeline<int> Territories);

public enum CoverageRole : byte
{
    /// <summary>Credited for the territory's deals; the owners of one day share 100 %.</summary>
    Owner,

    /// <summary>A specialist credited beside the owners with a share of the amount, also for deals of the territories below.</summary>
    Overlay,
}

/// <summary>A rep's dated part in a territory. An overlay may be limited to products; null means all.</summary>
public sealed record Coverage(int Rep, CoverageRole Role, int Millionths, DateRange Range, IReadOnlyList<string>? Products = null)
{
    public bool Sells(string? product) => Products is null || (product is not null && Products.Contains(product));
}
