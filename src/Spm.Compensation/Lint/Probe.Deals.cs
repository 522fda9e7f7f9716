using Spm.Compensation.Caps;
using Spm.Compensation.Earnings;

namespace Spm.Compensation.Lint;

/// <summary>In how many deals the sales of a month are asked.</summary>
public sealed partial class Probe
{
    /// <summary>As many deals a month are asked at most; where there would be more they are larger.</summary>
    private const int MostDeals = 40;

    /// <summary>How large the deals are in which a month's sales are asked; null: all of a month is one.</summary>
    internal decimal? DealSize { get; private set; }

    /// <summary>
    /// Asks about a cap. Where one deal a month never comes up to it, as under a cap on a deal, a month has deals of which one more is paid the most: of the size
    /// from which on a cap on a deal cuts, else of a tenth of the quota.
    /// </summary>
    internal T AskedUnder<T>(int component, CapRule cap, Func<T> ask)
    {
        var rule = Version.Components[component];
        if (!rule.Earning.PerDeal || CutFrom(component, cap) is not null)
        {
            return ask();
        }
        var ofDeal = (rule.Earning as DealEarning)?.Cap is { } most ? AmountAt(component, most, QuotaOf(rule)) : null;
        var size = Math.Min((ofDeal is { } reached ? CreditedFor(component, reached) : null) ?? decimal.MaxValue, QuotaOf(rule) / 10m);
        AskInDeals(size);
        try
        {
            return ask();
        }
        finally
        {
            AskInDeals(null);
        }
    }

    private void AskInDeals(decimal? size)
    {
        (DealSize, _calculated) = (size, 0);
        _paid.Clear();
    }

    /// <summary>What is credited in a month, deal by deal: one, or as many as sales are asked in.</summary>
    private IEnumerable<decimal> DealsOf(decimal credited)
    {
        if (DealSize is not { } most || credited <= most)
        {
            return [credited];
        }
        var (step, whole) = (StepOf(_asked), Math.Max(most, credited / MostDeals));
        var size = decimal.Ceiling(whole / step) * step;
        var deals = (int)decimal.Ceiling(credited / size);
        return [.. Enumerable.Repeat(size, deals - 1), credited - ((deals - 1) * size)];
    }

    private int DealsIn(ReadOnlySpan<decimal> own)
    {
        var deals = 0;
        foreach (var credited in own)
        {
            deals += credited == 0m ? 0 : DealSize is { } size && credited > size ? (int)Math.Min(MostDeals, decimal.Ceiling(credited / size)) : 1;
        }
        return deals;
    }
}
