using System.Globalization;
using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Windows;

/// <summary>
/// An attainment period that goes along: the measurement period and the months before it, whatever the fiscal year. What lies before sets the rate and is
/// not paid, as in any attainment period that is longer than what is paid. Worked example: windows.md.
/// </summary>
/// <param name="Months">How many months there are in all, to the end of the measurement period; null: all that were ever credited.</param>
public sealed record AttainmentWindow(int? Months)
{
    private const string Ever = "ever";

    /// <summary>As expressions name the same figures: <c>last_3_months</c>, <c>ever</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = [Ever, .. Enumerable.Range(2, PlanScopes.MostMonthsBack - 1).Select(NameOf)];

    /// <summary>Null where the node names no window.</summary>
    public static AttainmentWindow? Read(DocNode? node)
    {
        if (node is not { Kind: DocKind.Text } || !Names.Contains(node.Scalar))
        {
            return null;
        }
        return new AttainmentWindow(node.Scalar == Ever ? null : int.Parse(node.Scalar.Split('_')[1], CultureInfo.InvariantCulture));
    }

    public override string ToString() => Months is { } months ? NameOf(months) : Ever;

    private static string NameOf(int months) => string.Create(CultureInfo.InvariantCulture, $"last_{months}_months");
}
