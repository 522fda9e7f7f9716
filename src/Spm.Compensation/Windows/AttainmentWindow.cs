using System.Globalization;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Windows;

/// <summary>
/// An attainment period that goes along: the measurement period and the months before it, whatever the fiscal year. What lies before sets the rate and is
/// not paid, as in any attainment period that is longer than what is paid. Worked example: windows.md.
/// </summary>
/// <param name="Months">How many months there are in all at most, to the end of the measurement period; null: all that were ever credited.</param>
/// <param name="SinceAnniversary">It begins anew with the month of each anniversary of the day of hire.</param>
public sealed record AttainmentWindow(int? Months, bool SinceAnniversary = false)
{
    private const string Ever = "ever";
    private const string ServiceYear = "service_year";

    /// <summary>As expressions name the same figures: <c>last_3_months</c>, <c>ever</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = [Ever, ServiceYear, .. Enumerable.Range(2, PlanScopes.MostMonthsBack - 1).Select(NameOf)];

    /// <summary>Null where the node names no window.</summary>
    public static AttainmentWindow? Read(DocNode? node)
    {
        if (node is not { Kind: DocKind.Text } || !Names.Contains(node.Scalar))
        {
            return null;
        }
        return node.Scalar == ServiceYear ? new AttainmentWindow(12, SinceAnniversary: true) : new AttainmentWindow(node.Scalar == Ever ? null : int.Parse(node.Scalar.Split('_')[1], CultureInfo.InvariantCulture));
    }

    /// <summary>How many months the window has that ends with a measurement period of one month; null: all.</summary>
    /// <param name="month">The rep in the first month of what is measured.</param>
    public int? LengthIn(RepMonth month) => SinceAnniversary ? month.MonthOfServiceYear ?? month.Month.Index + 1 : Months;

    public override string ToString() => SinceAnniversary ? ServiceYear : Months is { } months ? NameOf(months) : Ever;

    private static string NameOf(int months) => string.Create(CultureInfo.InvariantCulture, $"last_{months}_months");
}
