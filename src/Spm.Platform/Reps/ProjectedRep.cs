using Spm.Compensation.Payouts;
using Spm.Platform.Companies;
using Spm.Platform.Payouts;
using Spm.Platform.Problems;

namespace Spm.Platform.Reps;

/// <summary>
/// What a rep's state says of payouts and problems. The rep's grain remembers what it has sent last and is the only one that writes it: of a rep it
/// remembers, the store is not asked what stands there.
/// </summary>
public sealed class ProjectedRep
{
    /// <summary>Of a rep of whom the store has neither.</summary>
    public static readonly ProjectedRep Nothing = new("", [], []);

    private readonly string _currency;
    private readonly IReadOnlyList<(SettledMonth Figures, bool Final)> _months;

    private ProjectedRep(string currency, IReadOnlyList<(SettledMonth, bool)> months, IReadOnlyList<RepProblem> problems) =>
        (_currency, _months, Problems) = (currency, months, problems);

    internal IReadOnlyList<RepProblem> Problems { get; }

    /// <summary>The figures of every payout that the rep has: those of closed months as they were fixed, and the trials.</summary>
    public static ProjectedRep Of(Company company, int rep, RepState state, RepPosition position)
    {
        var currency = company.Settings.Currency;
        (SettledMonth, bool)[] months = [.. state.Settled.Select(s => (s.Facts, true)), .. position.Drafts.Select(d => (d.Close(), false))];
        RepProblem[] problems = [.. RepProblem.In(rep, position, company.OpenMonths.FirstOrDefault()?.No ?? 0, currency)];
        return months.Length == 0 && problems.Length == 0 ? Nothing : new ProjectedRep(currency, months, problems);
    }

    /// <summary>The payouts that are not the same in <paramref name="before"/>; all of them where that is not known.</summary>
    public PayoutRow[] PayoutsSince(ProjectedRep? before, int tenant, int rep) =>
        [.. _months.Where(m => before?.Has(_currency, m) != true).Select(m => PayoutRow.Of(tenant, rep, m.Figures, m.Final, _currency))];

    /// <summary>Months with a payout in <paramref name="before"/> and none here.</summary>
    public int[] GoneSince(ProjectedRep? before) =>
        before is null ? [] : [.. before._months.Select(m => m.Figures.Month).Except(_months.Select(m => m.Figures.Month))];

    public bool HasProblemsOf(ProjectedRep? before) => before is not null && before.Problems.SequenceEqual(Problems);

    private bool Has(string currency, (SettledMonth Figures, bool Final) month)
    {
        foreach (var (figures, final) in _months)
        {
            if (figures.Month == month.Figures.Month)
            {
                return final == month.Final && figures.CarriedIn == month.Figures.CarriedIn && _currency == currency
                    && (ReferenceEquals(figures.Lines, month.Figures.Lines) || figures.Lines.SequenceEqual(month.Figures.Lines));
            }
        }
        return false;
    }
}
