using System.Globalization;
using Spm.Client;

namespace Spm.Cli.Rendering;

/// <summary>Figures as people read them.</summary>
internal static class Figures
{
    public const string Missing = "–";

    public static string Amount(decimal value) => value.ToString("#,0.00", CultureInfo.InvariantCulture);

    /// <summary>Money without its currency, for a column whose heading names it.</summary>
    public static string Amount(Money value) => Amount(value.Amount);

    /// <summary>A figure before it is rounded, as far as it goes: what is shown of a sum must add up.</summary>
    public static string Exact(decimal value) => value.ToString("#,0.00########", CultureInfo.InvariantCulture);

    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Percent(decimal? value) =>
        value is { } percent ? percent.ToString("#,0.0", CultureInfo.InvariantCulture) + " %" : Missing;

    /// <summary>A rate or tier edge is shown as written in the plan: 7.5 %, never 7.50 %.</summary>
    public static string Rate(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture) + " %";
}
