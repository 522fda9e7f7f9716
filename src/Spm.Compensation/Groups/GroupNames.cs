using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Explain;

namespace Spm.Compensation.Groups;

/// <summary>A name by which expressions ask for a figure of a group.</summary>
/// <param name="Component">Null: the component itself.</param>
public readonly record struct GroupName(string Group, string? Component, GroupFigure Figure)
{
    private static readonly (string Name, GroupFigure Figure)[] Figures = [.. Enum.GetValues<GroupFigure>().Select(f => (WireNames.Of(f), f))];

    /// <summary>Its own earning is what a component calculates: it cannot ask for the sum of it.</summary>
    public static IEnumerable<GroupFigure> Own => Enum.GetValues<GroupFigure>().Where(f => f != GroupFigure.Earned);

    /// <summary>Null for a name of another kind.</summary>
    public static GroupName? Parse(string name)
    {
        var parts = name.Split('.');
        if (parts.Length is not (2 or 4) || parts[0] is "components" or "rep" or "facts" || (parts.Length == 4 && parts[1] != "components"))
        {
            return null;
        }
        foreach (var (word, figure) in Figures)
        {
            if (word == parts[^1])
            {
                return new GroupName(parts[0], parts.Length == 4 ? parts[2] : null, figure);
            }
        }
        return null;
    }

    public override string ToString() => Component is null ? $"{Group}.{WireNames.Of(Figure)}" : $"{Group}.components.{Component}.{WireNames.Of(Figure)}";

    /// <summary>What the figure is.</summary>
    public static string Describe(GroupFigure figure) => figure switch
    {
        GroupFigure.Members => "How many members of the group are summed.",
        GroupFigure.Month => "Credited in the month, of all members.",
        GroupFigure.Measured => "Credited in the measurement period to date, of all members.",
        GroupFigure.ToDate => "Credited in the attainment period to date, of all members.",
        GroupFigure.Quota => "Of all members; null while one is not fully set.",
        GroupFigure.Attainment => "to_date / quota of the group.",
        _ => "Earned in the measurement period to date, by all members.",
    };

    /// <summary>Sums and counts, nobody's name. Null for a name of another kind, and where nothing is known.</summary>
    internal static ExplainNode? Explain(string name, PeriodContext period)
    {
        if (Parse(name) is not { } asked || period.Sum(asked) is not { } sum || sum.Of(asked.Figure) is not { } value)
        {
            return null;
        }
        var detail = $"{sum.Members} reps";
        return asked.Figure == GroupFigure.Attainment && sum.Quota is { } quota
            ? ExplainNode.Of(name, ExplainOperation.Quotient, ExplainNode.Given($"to_date of {asked.Group}", sum.ToDate, detail), ExplainNode.Given($"quota of {asked.Group}", quota))
            : ExplainNode.Given(name, value, detail);
    }
}
