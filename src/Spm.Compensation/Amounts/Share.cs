namespace Spm.Compensation.Amounts;

/// <summary>A share is kept in whole millionths: 60 % is 600,000. Four decimals of a percent, no more.</summary>
public static class Share
{
    public const int Whole = 1_000_000;

    /// <summary>From a percent above 0 and up to 100 with at most four decimals.</summary>
    public static bool TryFromPercent(decimal percent, out int millionths)
    {
        millionths = 0;
        if (percent is <= 0m or > 100m)
        {
            return false;
        }
        var exact = percent * 10_000m;
        millionths = (int)exact;
        return exact == millionths;
    }

    public static decimal ToPercent(int millionths) => millionths / 10_000m;

    /// <summary>The share of one amount that stands beside the whole (an overlay), rounded half to even.</summary>
    public static long Of(long amount, int millionths)
    {
        if (millionths == Whole)
        {
            return amount;
        }
        var exact = (Int128)amount * millionths;
        var (quotient, remainder) = Int128.DivRem(exact, Whole);
        var twice = Int128.Abs(remainder) * 2;
        if (twice > Whole || (twice == Whole && Int128.IsOddInteger(quotient)))
        {
            quotient += exact < 0 ? -1 : 1;
        }
        return (long)quotient;
    }
}
