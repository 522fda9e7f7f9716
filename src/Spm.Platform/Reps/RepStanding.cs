using Spm.Compensation.Expressions;
using Spm.Compensation.Payouts;
using Spm.Compensation.PayRuns;
using Spm.Platform.Companies;

namespace Spm.Platform.Reps;

/// <summary>
/// Where a rep stands under a company: what the rep's years pay, held against what was posted and settled before. A function of what it is given, so that
/// whoever proves a rep comes to the same figures as the grain that posts them.
/// </summary>
/// <param name="Run">Null where there is no calendar, or the figures cannot be calculated.</param>
internal sealed record RepStanding(Company Company, PayRun? Run, RepPosition Position)
{
    public static RepStanding Of(Company company, RepYears years, RepState state)
    {
        var stored = new Stored(company, state);
        try
        {
            var run = company.Calendar.Years.Count == 0 ? null : PayRun.Calculate(years.Of(company), spiffCuts: years.Cuts);
            return new RepStanding(company, run, stored.Position(run is null ? [] : Statements.Of(run)));
        }
        catch (Exception failure) when (failure is OverflowException or ExpressionException)
        {
            // One rep with absurd figures must not stop everybody's pay. Nothing of it moves until the figures are mended.
            years.Restart();
            return new RepStanding(company, null, stored.Unknown(failure.Message));
        }
    }

    /// <summary>The same figures, with what has happened to the state since: they do not depend on it.</summary>
    public RepStanding After(RepState state)
    {
        var stored = new Stored(Company, state);
        return this with { Position = Position.Failure is { } failure ? stored.Unknown(failure) : stored.Position(Position.Years) };
    }

    /// <summary>What figures are held against.</summary>
    private readonly struct Stored
    {
        private readonly HashSet<int> _closed;
        private readonly Dictionary<PayKey, long> _posted;
        private readonly SettledMonth[] _settled;
        private readonly int[] _open;

        public Stored(Company company, RepState state)
        {
            // A month that is being closed stays open for this rep until this rep's turn has come.
            var closed = company.Calendar.Months.Where(m => company.StatusOf(m) == PeriodStatus.Closed).Select(m => m.No)
                .Concat(state.Settled.Select(s => s.Month)).ToHashSet();
            _closed = closed;
            _posted = state.Posted.ToDictionary(p => p.Key, p => p.Minor);
            _settled = [.. state.Settled.Select(s => s.Facts)];
            _open = [.. company.Calendar.Months.Where(m => !closed.Contains(m.No)).Select(m => m.No)];
        }

        public RepPosition Position(IReadOnlyList<YearStatement> years) => RepPosition.Calculate(years, _posted, _settled, _closed, _open);

        public RepPosition Unknown(string failure) => RepPosition.Unknown(failure, _posted, _settled, _closed, _open);
    }
}
