using Spm.Compensation.Documents;

namespace Spm.Compensation.RateTables;

/// <summary>Reads what all modes write alike: basis, yield, and tiers of one rate each.</summary>
internal static class TierReader
{
    /// <summary>More decimals than this, and a product of a large value with a rate would leave the 28 digits that are exact.</summary>
    public const int MaxEdgeDecimals = 4;

    public const int MaxRateDecimals = 8;

    public delegate (string Code, int Index, string Detail)? Check(IReadOnlyList<Tier> tiers, RateBasis on, RateYield yields);

    public delegate RateTable Build(IReadOnlyList<Tier> tiers, RateBasis on, RateYield yields);

    public static RateTable? Read(DocNode node, Check check, Build build)
    {
        var errors = node.Errors.All.Count;
        var (on, yields) = Basis(node);
        Tier[] tiers = [.. Items(node).Select(ReadTier)];
        node.RefuseOthers();
        if (node.Errors.All.Count > errors)
        {
            return null;
        }
        return IsSound(node, tiers, all => check(all, on, yields), t => t, Mended) ? build(tiers, on, yields) : null;
    }

    /// <summary>
    /// Tells every rule that tiers break, each with what is wrong behind it: a refused tier is let be as its place asks for, and the rules are asked again. What
    /// is not known how to mend, or would have something told that follows from the error, ends it.
    /// </summary>
    /// <param name="edges">Of a tier; its rate is not looked at.</param>
    /// <param name="mended">A tier with another start, or where none is given with a rate that is in range; null where it cannot be.</param>
    public static bool IsSound<T>(
        DocNode node, T[] tiers, Func<IReadOnlyList<T>, (string Code, int Index, string Detail)?> check, Func<T, Tier> edges, Func<T, decimal?, T?> mended)
        where T : struct
    {
        var isRefused = false;
        HashSet<(string Code, int Index)> told = [];
        // A mode that goes on refusing what has been mended asks for something else there.
        while (check(tiers) is { } broken && told.Add((broken.Code, broken.Index)))
        {
            isRefused = true;
            Refuse(node, broken);
            if (Mended(tiers, broken, edges, mended) is not { } tier)
            {
                break;
            }
            tiers[broken.Index] = tier;
        }
        return !isRefused;
    }

    private static T? Mended<T>(T[] tiers, (string Code, int Index, string Detail) broken, Func<T, Tier> edges, Func<T, decimal?, T?> mended)
        where T : struct
    {
        if (broken.Index >= tiers.Length)
        {
            return null;
        }
        if (broken.Code == "rate_out_of_range")
        {
            return mended(tiers[broken.Index], null);
        }
        var start = broken.Index == 0 ? 0m : edges(tiers[broken.Index - 1]).To;
        return broken.Code is "tiers_start_at_zero" or "tiers_overlap" or "tiers_have_a_gap" && start is not null && !(edges(tiers[broken.Index]).To <= start)
            ? mended(tiers[broken.Index], start)
            : null;
    }

    private static Tier? Mended(Tier tier, decimal? start) => start is { } from ? tier with { From = from } : tier with { Rate = 0m };

    /// <summary>"on" and "yields" with their defaults; "mode" has been read by whoever chose the kind.</summary>
    public static (RateBasis On, RateYield Yields) Basis(DocNode node)
    {
        node.Find("mode");
        return (node.OneOf("on", RateBasis.Attainment), node.OneOf("yields", RateYield.Percent));
    }

    /// <summary>The nodes of the tiers; having none is refused by their check.</summary>
    public static IReadOnlyList<DocNode> Items(DocNode node)
    {
        node.Get("tiers");
        return node.List("tiers");
    }

    public static (decimal From, decimal? To) Edges(DocNode tier) =>
        (Number(tier.Get("from"), MaxEdgeDecimals), tier.Find("to") is { } to ? Number(to, MaxEdgeDecimals) : null);

    public static decimal Number(DocNode node, int decimals)
    {
        var number = node.AsNumber();
        if (decimal.Round(number, decimals) != number)
        {
            node.Fail("too_many_decimals", $"{node.Scalar} has more than {decimals} decimals.");
        }
        return number;
    }

    public static void Refuse(DocNode node, (string Code, int Index, string Detail) broken)
    {
        var tiers = node.Get("tiers");
        var at = broken.Code == "yield_not_of_mode" ? node.Find("yields") ?? node
            : broken.Code == "basis_not_of_mode" ? node.Find("on") ?? node
            : broken.Index < tiers.Items.Count ? tiers.Items[broken.Index]
            : tiers;
        at.Fail(broken.Code, broken.Detail);
    }

    private static Tier ReadTier(DocNode tier)
    {
        var (from, to) = Edges(tier);
        var read = new Tier(from, to, Number(tier.Get("rate"), MaxRateDecimals));
        tier.RefuseOthers();
        return read;
    }
}
