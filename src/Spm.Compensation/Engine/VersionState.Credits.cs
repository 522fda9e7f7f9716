using Spm.Compensation.Amounts;
using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;

namespace Spm.Compensation.Engine;

/// <summary>What is credited: each line is measured once and added to the sums of its month, or taken away again.</summary>
public sealed partial class VersionState
{
    /// <summary>A tally of any day: it is asked for every credit of every rep.</summary>
    /// <param name="First">Where its sum of the first month stands.</param>
    private readonly record struct Undated(int No, CreditSources Credits, MeasureRule Measure, int First);

    internal void Add(int tally, int month, decimal value)
    {
        _sums[(tally * _year.Months) + month] += value;
        Calculated = Math.Min(Calculated, month);
    }

    /// <summary>Measures a line of a month and adds it to the tallies that count it. A line of another year is kept with its deal and counts in none.</summary>
    internal void Add(CreditContext credit, int month, int sign)
    {
        // Also where nothing of it is counted here: what another version earns by it may be asked for.
        if (IsOfYear(month))
        {
            Calculated = Math.Min(Calculated, month);
        }
        if (!Convert(credit, month, sign))
        {
            return;
        }
        if (IsOfYear(month))
        {
            Count(credit, month, sign);
        }
        // Which lines of a deal a tally with dates counts may change with every line.
        if (_dated.Length > 0)
        {
            CountDated(credit.Line.Deal, -1);
        }
        if (Deals.IsKept)
        {
            Deals.Add(credit, month, sign);
            Calculated = Math.Min(Calculated, Math.Max(month, 0));
        }
        if (_dated.Length > 0)
        {
            CountDated(credit.Line.Deal, 1);
        }
    }

    private void Count(CreditContext credit, int month, int sign)
    {
        var source = credit.Line.Credit;
        foreach (ref readonly var tally in _undated.AsSpan())
        {
            if ((tally.Credits & source) == 0 || !tally.Measure.Counts(credit))
            {
                continue;
            }
            if (tally.Measure.Value.Number(credit) is { } value)
            {
                ref var sum = ref _sums[tally.First + month];
                sum = sign > 0 ? sum + value : sum - value;
            }
            else
            {
                _unknown.Add(tally.No, month, new UnknownValue(credit.Line.Transaction, credit.Line.Kind, credit.Amount), sign);
            }
        }
    }

    private void CountDated(string deal, int sign)
    {
        foreach (var tally in _dated)
        {
            Deals.Sum(deal, tally, (month, value) => Add(tally, month, sign > 0 ? value : -value), (month, unknown) => _unknown.Add(tally, month, unknown, sign));
        }
    }

    /// <summary>A credited sum of a month that was calculated elsewhere, as for a whole population at once.</summary>
    internal void Set(int tally, int month, decimal sum)
    {
        _sums[(tally * _year.Months) + month] = sum;
        Calculated = Math.Min(Calculated, month);
    }

    internal void Measure(int month, Measurements measurements)
    {
        for (var t = 0; t < _tallies.Length; t++)
        {
            var sum = measurements[_measures[_tallies[t].Measure].No, _year.Inputs.Year.Months[month].No].Of(_tallies[t].Credits);
            Set(t, month, TenThousandths.ToDecimal(sum));
        }
    }

    /// <summary>Takes all credits away.</summary>
    internal void Clear()
    {
        Array.Clear(_sums);
        _leftOut.Clear();
        _unknown.Clear();
        Deals.Clear();
        Calculated = 0;
    }

    /// <summary>What a component counts of the months up to one, that one included, also where they lie in earlier years.</summary>
    /// <param name="months">How many; null: all that are known.</param>
    public decimal? CountedInLast(int component, int month, int? months)
    {
        if (_components[component].Tally is not (>= 0 and var tally))
        {
            return null;
        }
        var first = month + 1 - (months ?? month + 1);
        var sum = 0m;
        for (var m = Math.Max(first, 0); m <= month; m++)
        {
            sum += _onPlan[m] ? Sum(tally, m) : 0m;
        }
        return months is null ? sum + Deals.CountedBefore(tally, DateOnly.MinValue)
            : first < 0 ? sum + Deals.CountedBefore(tally, _year.Inputs.Year.Period.From.AddMonths(first))
            : sum;
    }

    private bool IsOfYear(int month) => (uint)month < (uint)_year.Months;
}
