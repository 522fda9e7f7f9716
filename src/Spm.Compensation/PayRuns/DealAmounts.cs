using Spm.Compensation.Engine;

namespace Spm.Compensation.PayRuns;

/// <summary>
/// Amounts of a deal that are set in proportion, as cash to what is invoiced: in the currency of the lines where all that have an amount have one, so that the rates of their days
/// change no part; else in the plan's.
/// </summary>
/// <param name="Currency">Null: the plan's.</param>
internal readonly record struct DealAmounts(IReadOnlyList<(CreditLine Line, decimal Amount)> Lines, string? Currency)
{
    /// <param name="lines">With their amounts in the plan's currency.</param>
    public static DealAmounts Of(IReadOnlyList<(CreditLine Line, decimal Amount)> lines)
    {
        var currencies = lines.Where(l => l.Amount != 0m).Select(l => l.Line.Told.Currency).Distinct().ToList();
        return currencies is [{ } one] ? new DealAmounts([.. lines.Select(l => (l.Line, l.Line.Told.Amount))], one) : new DealAmounts(lines, null);
    }

    /// <summary>For who reads the amounts.</summary>
    public string? Detail => Currency is { } code ? $"in {code}" : null;
}
