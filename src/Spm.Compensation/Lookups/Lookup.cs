using Spm.Compensation.Documents;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Lookups;

/// <summary>A value for the figures from <paramref name="From"/> (included) to <paramref name="To"/> (not included); no edge is no end.</summary>
public readonly record struct LookupTier(decimal? From, decimal? To, decimal Value);

public enum LookupMode : byte
{
    /// <summary>The value of the tier reached.</summary>
    Flat,

    /// <summary>Linear from a tier's value at its start to the next tier's value at the next one's; the last tier stays at its own.</summary>
    Interpolated,
}

/// <summary>
/// Finds the value of a figure in tiers that follow each other without a gap. A figure on an edge belongs to the higher tier. The first
/// tier may be open below and the last one above; a figure outside of all tiers has no value, which is not zero.
/// </summary>
public sealed class Lookup
{
    public const int MaxTiers = 50;

    private readonly LookupTier[] _tiers;

    public Lookup(IReadOnlyList<LookupTier> tiers, LookupMode mode = LookupMode.Flat)
    {
        if (Check(tiers, mode) is { } broken)
        {
            throw new ArgumentException(broken.Detail, nameof(tiers));
        }
        _tiers = [.. tiers];
        Mode = mode;
    }

    public IReadOnlyList<LookupTier> Tiers => _tiers;

    public LookupMode Mode { get; }

    /// <summary>Reads a list of tiers whose value stands in <paramref name="valueName"/>.</summary>
    public static Lookup Read(DocNode node, string valueName, LookupMode mode)
    {
        if (node.Kind != DocKind.Array)
        {
            node.Fail("type_mismatch", "Tiers are a list.");
            return new Lookup([default]);
        }
        List<LookupTier> tiers = [];
        foreach (var item in node.Items)
        {
            tiers.Add(new LookupTier(item.OptionalNumber("from"), item.OptionalNumber("to"), item.Number(valueName)));
            item.RefuseOthers();
        }
        if (Check(tiers, mode) is not { } broken)
        {
            return new Lookup(tiers, mode);
        }
        (broken.Index < node.Items.Count ? node.Items[broken.Index] : node).Fail(broken.Code, broken.Detail);
        return new Lookup([default]);
    }

    /// <summary>Null when each tier begins where the one before it ends; else the rule that is broken and the tier's index, behind the last one where all are meant.</summary>
    public static (string Code, int Index, string Detail)? Check(IReadOnlyList<LookupTier> tiers, LookupMode mode)
    {
        if (tiers.Count is 0 or > MaxTiers)
        {
            return ("tiers_count", tiers.Count, $"A lookup has 1 to {MaxTiers} tiers.");
        }
        if (mode == LookupMode.Interpolated && tiers[0].From is null)
        {
            return ("lookup_start_missing", 0, "An interpolated lookup begins somewhere: its first tier needs a 'from'.");
        }
        for (var i = 0; i < tiers.Count; i++)
        {
            var tier = tiers[i];
            if (i > 0 && (tier.From is null || tiers[i - 1].To is null || tier.From != tiers[i - 1].To))
            {
                var isGap = tier.From is not null && tiers[i - 1].To < tier.From;
                return (isGap ? "tiers_have_a_gap" : "tiers_overlap", i, $"Tier {i + 1} begins at {Shown(tier.From)}; the tier before it ends at {Shown(tiers[i - 1].To)}.");
            }
            if (tier.To <= tier.From)
            {
                return ("tier_is_empty", i, $"Tier {i + 1} ends at {tier.To}, which is not above its start.");
            }
        }
        return null;
    }

    /// <summary>Exact; null for a figure outside of all tiers.</summary>
    public Fraction? Find(Fraction figure)
    {
        for (var i = 0; i < _tiers.Length; i++)
        {
            var (from, to, value) = _tiers[i];
            if ((from is { } least && figure < least) || (to is { } end && figure >= end))
            {
                continue;
            }
            if (Mode == LookupMode.Flat || i + 1 == _tiers.Length)
            {
                return value;
            }
            Fraction start = from!.Value;
            Fraction growth = _tiers[i + 1].Value;
            return value + (growth - value) * (figure - start) / (to!.Value - start);
        }
        return null;
    }

    /// <summary>The tier that a figure lies in; null outside of all.</summary>
    public LookupTier? TierOf(decimal figure)
    {
        foreach (var tier in _tiers)
        {
            if (!(figure < tier.From) && !(figure >= tier.To))
            {
                return tier;
            }
        }
        return null;
    }

    private static string Shown(decimal? edge) => edge is { } known ? $"{known}" : "no edge";
}
