using Spm.Compensation.Amounts;

namespace Spm.Compensation.Crediting;

/// <summary>
/// Who is credited for a transaction, by precedence: the parts of its split; else the rep it names; else the owners of its
/// territory on that day; else whoever its deal is credited to, with the same shares; else nobody, which is a problem with the
/// whole amount at stake. Overlays of the territory, and of those above it, are credited besides. Whoever is credited must be
/// employed on the transaction's day and on that of the deal it is credited as. The result depends on the transaction, its deal and the roster alone.
/// </summary>
public static class CreditRules
{
    private const int MaxParts = 64;

    public static void Credit(Transaction transaction, Roster roster, CreditResult result)
    {
        if (!transaction.InCompanyCurrency)
        {
            result.Problems.Add(new CreditProblem(CreditProblem.CurrencyWithoutRate, Roster.None, transaction.Amount));
            return;
        }
        var (named, territory) = (roster.Named(transaction), roster.TerritoryOf(transaction));
        CreditDirect(transaction, named, territory, roster, result);
        CreditOverlays(transaction, named, territory, roster, result);
    }

    private static void CreditDirect(Transaction transaction, Transaction named, int territory, Roster roster, CreditResult result)
    {
        if (named.House)
        {
            result.Problems.Add(new CreditProblem(CreditProblem.Uncredited, Roster.None, transaction.Amount));
        }
        else if (named.Splits.Count > 0)
        {
            CreditParts(transaction, named, named.Splits, roster, result);
        }
        else if (named.Rep != Roster.None)
        {
            var whole = new Credit(
                named.Rep, CreditKind.Direct, Share.Whole, transaction.Amount, transaction.Quantity, transaction.Margin)
            { Count = transaction.Count };
            var credited = CreditPart(whole, transaction, named, roster, result);
            // Only where the source itself names both: an account may well be sold to by others than its territory's owners.
            if (credited && transaction.Rep != Roster.None && transaction.Territory != Roster.None && !roster.Covers(transaction.Rep, transaction.Territory, transaction.Date))
            {
                result.Problems.Add(new CreditProblem(CreditProblem.OutsideTerritory, transaction.Rep, transaction.Amount));
            }
        }
        else if (territory == Roster.None)
        {
            result.Problems.Add(new CreditProblem(CreditProblem.Uncredited, Roster.None, transaction.Amount));
        }
        else
        {
            CreditOwners(transaction, named, territory, roster, result);
        }
    }

    private static void CreditOwners(Transaction transaction, Transaction named, int territory, Roster roster, CreditResult result)
    {
        List<SplitPart>? owners = null;
        foreach (var coverage in roster.Territories[territory].Assignments)
        {
            if (coverage.Role == CoverageRole.Owner && coverage.Range.Contains(named.Date))
            {
                (owners ??= []).Add(new SplitPart(coverage.Rep, coverage.Millionths));
            }
        }
        if (owners is null)
        {
            result.Problems.Add(new CreditProblem(CreditProblem.TerritoryWithoutOwner, Roster.None, transaction.Amount));
        }
        else
        {
            CreditParts(transaction, named, owners, roster, result);
        }
    }

    private static void CreditParts(Transaction transaction, Transaction named, IReadOnlyList<SplitPart> parts, Roster roster, CreditResult result)
    {
        if (parts.Count > MaxParts)
        {
            throw new ArgumentException($"A transaction is split into at most {MaxParts} parts.", nameof(parts));
        }
        Span<int> shares = stackalloc int[parts.Count];
        for (var i = 0; i < parts.Count; i++)
        {
            shares[i] = parts[i].Millionths;
        }
        Span<long> amounts = stackalloc long[parts.Count], quantities = stackalloc long[parts.Count];
        Span<long> margins = stackalloc long[parts.Count], counts = stackalloc long[parts.Count];
        Allocation.ByShare(transaction.Amount, shares, amounts);
        Allocation.ByShare(transaction.Quantity, shares, quantities);
        Allocation.ByShare(transaction.Margin, shares, margins);
        Allocation.ByShare(transaction.Count, shares, counts);
        for (var i = 0; i < parts.Count; i++)
        {
            var part = new Credit(parts[i].Rep, CreditKind.Direct, shares[i], amounts[i], quantities[i], margins[i]) { Count = counts[i] };
            CreditPart(part, transaction, named, roster, result);
        }
    }

    private static bool CreditPart(in Credit part, Transaction transaction, Transaction named, Roster roster, CreditResult result)
    {
        if (!IsEmployed(part.Rep, transaction, named, roster))
        {
            result.Problems.Add(new CreditProblem(CreditProblem.RepNotEmployed, part.Rep, part.Amount));
            return false;
        }
        result.Credits.Add(part);
        return true;
    }

    private static void CreditOverlays(Transaction transaction, Transaction named, int territory, Roster roster, CreditResult result)
    {
        for (var (at, depth) = (territory, 0); at != Roster.None; at = roster.Territories[at].Parent, depth++)
        {
            Roster.ThrowIfDeeper(depth);
            foreach (var coverage in roster.Territories[at].Assignments)
            {
                if (coverage.Role == CoverageRole.Overlay
                    && coverage.Range.Contains(named.Date)
                    && coverage.Sells(named.Product)
                    && IsEmployed(coverage.Rep, transaction, named, roster))
                {
                    result.Credits.Add(new Credit(
                        coverage.Rep,
                        CreditKind.Overlay,
                        coverage.Millionths,
                        Share.Of(transaction.Amount, coverage.Millionths),
                        Share.Of(transaction.Quantity, coverage.Millionths),
                        Share.Of(transaction.Margin, coverage.Millionths))
                    { Count = Share.Of(transaction.Count, coverage.Millionths) });
                }
            }
        }
    }

    /// <summary>Who was not there for the deal has no part in what is about it.</summary>
    private static bool IsEmployed(int rep, Transaction transaction, Transaction named, Roster roster) =>
        roster.Reps[rep].Employment.Contains(transaction.Date) && roster.Reps[rep].Employment.Contains(named.Date);
}
