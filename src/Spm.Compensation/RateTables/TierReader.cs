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
        var isRefused = false;
        HashSet<(string Code, int Index)> told = [];
        // A mode that goes on refusing what has been mended asks for something else there.
        while (check(tiers, on, yields) is { } broken && told.Add((broken.Code, broken.Index)))
        {
            isRefused = true;
            Refuse(node, broken);
            if (!TryMend(tiers, broken))
            {
                break;
            }
        }
        return isRefused ? null : build(tiers, on, yields);
    }

    /// <summary>
    /// Lets a refused tier be as its place asks for, so that what else is wrong with the tiers is told with it; false where it is not known how, or where
    /// something would be told that follows from the error. Each tier is mended twice at most: its start and its rate.
    /// </summary>
    private static bool TryMend(Tier[] tiers, (string Code, int Index, string Detail) broken)
    {
        if (broken.Index >= tiers.Length)
        {
            return false;
        }
        ref var tier = ref tiers[broken.Index];
        if (broken.Code == "rate_out_of_range")
        {
            tier = tier with { Rate = 0m };
            return true;
        }
        var start = broken.Index == 0 ? 0m : tiers[broken.Index - 1].To;
        if (broken.Code is not ("tiers_start_at_zero" or "tiers_overlap" or "tiers_have_a_gap") || start is null || tier.To <= start)
        {
            return false;
        }
        tier = tier with { From = start.Value };
        return true;
    }

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
