using Spm.Compensation.Amounts;

namespace Spm.Compensation.Population;

/// <summary>
/// Who is credited, told by the code of one column: the rep of the transaction (direct), the specialist of its product line (overlay).
/// </summary>
/// <param name="Name">As explanations call it: "direct", "overlay".</param>
/// <param name="Column">The code column that names the payee.</param>
/// <param name="PayeeOfCode">The payee of each code, -1 where nobody is credited.</param>
/// <param name="SharePercent">Above 0 and up to 100, at most four decimals: 20 credits a fifth of every measure.</param>
/// <param name="RollsUp">Whether those above the payee are credited too.</param>
public sealed record CreditRelation(string Name, string Column, int[] PayeeOfCode, decimal SharePercent, bool RollsUp);

/// <summary>
/// Why a payee has a credit. Level 0 is the relation itself; level 1 its payee's manager, level 2 the one above.
/// </summary>
public readonly record struct CreditOrigin(string Relation, int Level);

/// <summary>
/// All relations and the hierarchy they roll up. A relation with its levels is nothing but several relations on one column, so each
/// becomes a <see cref="CreditPath"/>: code to payee, times a whole factor.
/// </summary>
public sealed class CreditingScheme
{
    public const int MaxLevels = 50;

    /// <param name="payees">Payees are numbered 0 to this, exclusive.</param>
    /// <param name="relations">One at least.</param>
    /// <param name="managerOf">Who each payee reports to, -1 at the top; empty when nobody reports to anybody.</param>
    /// <param name="rollUpPercent">The share of a credit that each level above is credited with.</param>
    /// <exception cref="ArgumentException">A payee that is not there, a share out of range, reporting in a circle, more levels than
    /// <see cref="MaxLevels"/> or more paths than a byte can tell apart.</exception>
    public CreditingScheme(int payees, IReadOnlyList<CreditRelation> relations, int[] managerOf, decimal rollUpPercent = 100m)
    {
        var rollUp = Fraction(rollUpPercent);
        if (relations.Count == 0 || (managerOf.Length != 0 && managerOf.Length != payees))
        {
            throw new ArgumentException("A scheme has a relation at least, and a manager or -1 for every payee or for none.");
        }
        Require(managerOf, payees);
        List<(CreditOrigin Origin, string Column, int[] PayeeOfCode, decimal Share)> paths = [];
        foreach (var relation in relations)
        {
            var (payeeOfCode, share) = (relation.PayeeOfCode, Fraction(relation.SharePercent));
            Require(payeeOfCode, payees);
            paths.Add((new(relation.Name, 0), relation.Column, payeeOfCode, share));
            for (var level = 1; relation.RollsUp && Above(payeeOfCode, managerOf) is { } above; level++)
            {
                if (level > MaxLevels)
                {
                    throw new ArgumentException($"Somebody has more than {MaxLevels} levels above, or reports to himself in a circle.", nameof(managerOf));
                }
                paths.Add((new(relation.Name, level), relation.Column, payeeOfCode = above, share * rollUp));
            }
        }
        if (paths.Count > byte.MaxValue + 1)
        {
            throw new ArgumentException("More ways to a credit than a byte can tell apart.", nameof(relations));
        }
        Payees = payees;
        ShareScale = paths.Max(p => ScaleOf(p.Share));
        Paths = [.. paths.Select(p => new CreditPath(p.Origin, p.Column, p.PayeeOfCode, (long)(p.Share * ScaledNumbers.PowerOfTen(ShareScale))))];
    }

    public int Payees { get; }

    /// <summary>Decimals that shares add to the scale of every measure: 1 when the finest share is 20 %.</summary>
    public int ShareScale { get; }

    internal CreditPath[] Paths { get; }

    private static decimal Fraction(decimal percent) => Share.TryFromPercent(percent, out var millionths)
        ? (decimal)millionths / Share.Whole
        : throw new ArgumentException($"A share is above 0 and up to 100 % with at most four decimals, not {percent} %.");

    /// <summary>Null when nobody has anybody above.</summary>
    private static int[]? Above(int[] payeeOfCode, int[] managerOf)
    {
        if (managerOf.Length == 0)
        {
            return null;
        }
        int[] above = [.. payeeOfCode.Select(p => p < 0 ? -1 : managerOf[p])];
        return Array.Exists(above, p => p >= 0) ? above : null;
    }

    private static void Require(int[] payeeOf, int payees)
    {
        if (Array.Exists(payeeOf, p => p < -1 || p >= payees))
        {
            throw new ArgumentException($"A payee is -1 (nobody) to {payees - 1}.");
        }
    }

    private static int ScaleOf(decimal share)
    {
        var scale = 0;
        for (; share != decimal.Truncate(share); share *= 10m)
        {
            scale++;
        }
        return scale;
    }
}

/// <summary>One way from a transaction to a payee; the credit is the measure times <see cref="Factor"/>, at the scheme's share scale.</summary>
internal sealed record CreditPath(CreditOrigin Origin, string Column, int[] PayeeOfCode, long Factor);
