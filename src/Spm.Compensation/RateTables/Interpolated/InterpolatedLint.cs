namespace Spm.Compensation.RateTables.Interpolated;

/// <summary>Where an interpolated table jumps, falls or stands still.</summary>
internal static class InterpolatedLint
{
    public static IReadOnlyList<RateTableFinding> Of(InterpolatedTable table) => table.Grows == Grows.Level
        ? RateTableLint.Of(
            table,
            (tier, at) => LineAt(table.Lines[tier], at),
            tier => table.Lines[tier].IsConstant,
            grows: false,
            tier => table.Lines[tier] is var line && line.End < line.Start ? line.From : null)
        : RateTableLint.Of(
            table,
            (tier, at) => RateTableLint.Worth(table, LineAt(table.Lines[tier], at), RateTableLint.ValueAt(table, at)),
            tier => table.Lines[tier] is { Start: 0m, End: 0m },
            grows: true,
            tier => Peak(table.Lines[tier]));

    private static decimal LineAt(in InterpolatedTier line, decimal at) =>
        line.IsConstant ? line.Start : (line.Start * (line.To!.Value - at) + line.End * (at - line.From)) / (line.To.Value - line.From);

    /// <summary>Under a falling rate <c>value × rate</c> is a parabola; null when its top lies behind the tier's end.</summary>
    private static decimal? Peak(in InterpolatedTier line)
    {
        if (line.To is not { } to || line.End >= line.Start)
        {
            return null;
        }
        // The rate would be 0 at `zero`: the top is half way between there and a value of 0.
        var zero = line.From + line.Start * (to - line.From) / (line.Start - line.End);
        var top = Math.Max(line.From, zero / 2m);
        return top < to ? top : null;
    }
}
