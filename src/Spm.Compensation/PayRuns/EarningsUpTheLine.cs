using Spm.Compensation.Crediting;
using Spm.Compensation.Engine;

namespace Spm.Compensation.PayRuns;

/// <summary>
/// What reps earn, credited to those above them: for each component and month a roll-up credit of the kind <c>earning</c>, whose product is the
/// component and whose fact <c>level</c> counts the steps up, 1 for the rep's own manager. Such credits count only in measures that name the kind.
/// </summary>
public static class EarningsUpTheLine
{
    public const string LevelFact = "level";

    /// <summary>Whether any measure of the plan counts what others earn.</summary>
    public static bool AreCounted(PlanRules plan) => plan.Versions.Any(v => v.Measures.Any(m => m.Kinds?.Contains(DealNews.Earning) == true));

    /// <summary>What a rep earned in all months of the years, as credits at a level above.</summary>
    public static IEnumerable<CreditLine> Of(RepProfile rep, IReadOnlyList<RepYear> years, int level)
    {
        var facts = new FactSet([KeyValuePair.Create<string, object>(LevelFact, (decimal)level)]);
        foreach (var year in years)
        {
            for (var m = 0; m < year.Months; m++)
            {
                if (year.Paying(m) is not { } state)
                {
                    continue;
                }
                foreach (var c in state.Version.Shown.Where(c => state.Figures(m, c).Incentive != 0m))
                {
                    var (component, month) = (state.Version.Components[c].Id, year.Inputs.Year.Months[m]);
                    yield return new CreditLine
                    {
                        Transaction = $"{rep.Id} {component} {month.Id}",
                        Date = month.Period.To.AddDays(-1),
                        Kind = DealNews.Earning,
                        Credit = CreditSources.RollUp,
                        Amount = state.Figures(m, c).Incentive,
                        Product = component,
                        Facts = facts,
                    };
                }
            }
        }
    }
}
