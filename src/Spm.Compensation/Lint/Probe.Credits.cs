using Spm.Compensation.Crediting;
using Spm.Compensation.Engine;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Lint;

/// <summary>What the rep is credited with in the year that is asked.</summary>
public sealed partial class Probe
{
    /// <summary>Credits the year as it is asked.</summary>
    private void Credit(ComponentRule rule)
    {
        if (rule.Earning.PerDeal)
        {
            _state.Clear();
            for (var m = 0; m < Months; m++)
            {
                var apart = _apart is { } moved && moved.Month == m ? moved.Amount : 0m;
                if (apart != 0m)
                {
                    _year.Add(Deal(rule, Year.Months[m], apart, "moved deal"));
                }
                if (_own[m] != apart)
                {
                    foreach (var (credited, i) in DealsOf(_own[m] - apart).Select((credited, i) => (credited, i)))
                    {
                        _year.Add(Deal(rule, Year.Months[m], credited, $"deal {i + 1} of {Year.Months[m].Id}"));
                    }
                }
            }
        }
        foreach (var of in _needed.Select(c => Version.Components[c]).Where(c => c.Tally >= 0).GroupBy(c => c.Tally))
        {
            if (of.Key != rule.Tally)
            {
                CreditOthers(of.Key, of.OrderBy(c => c.Quota == QuotaUse.None).ThenByDescending(MonthsOf).First());
            }
            else if (!rule.Earning.PerDeal)
            {
                for (var m = 0; m < Months; m++)
                {
                    _state.Set(of.Key, m, _own[m]);
                }
            }
        }
    }

    /// <summary>Credits what lets another component attain what is asked, in its own period and by its own kind of quota.</summary>
    private void CreditOthers(int tally, ComponentRule other)
    {
        var (quota, span, credited) = (QuotaOfMonth(other), other.Window is { } window ? window.Months ?? Months : MonthsOf(other), 0m);
        for (var m = 0; m < Months; m++)
        {
            var first = other.Window is null ? m - (m % span) : Math.Max(0, m + 1 - span);
            credited = other.Window is null && first == m ? 0m : credited;
            var months = _isEven ? 1 : other.Quota == QuotaUse.Full && other.Window is null ? span : m + 1 - first;
            var attained = quota * months * _others[m] / 100m;
            var more = _isEven ? attained : Math.Max(0m, attained - credited);
            credited += more;
            _state.Set(tally, m, more);
        }
    }

    /// <summary>What is credited in a month, as one deal with the facts that tests of the document tell.</summary>
    private CreditLine Deal(ComponentRule rule, FiscalMonth month, decimal credited, string name)
    {
        var tally = Version.Tallies[rule.Tally];
        var measure = Version.Measures[tally.Measure];
        var isCount = measure.Unit == MeasureUnit.Count;
        var amount = isCount ? credited * UnitPrice : credited;
        return new CreditLine
        {
            Transaction = name,
            Date = month.Period.From,
            Kind = measure.Kinds is null || measure.Kinds.Contains("order") ? "order" : measure.Kinds.Order(StringComparer.Ordinal).First(),
            Credit = Enum.GetValues<CreditSources>().First(c => c != CreditSources.None && (tally.Credits & c) != 0),
            Amount = amount,
            Margin = amount,
            Facts = _known.DealFacts,
            Quantity = isCount ? credited : 1m,
        };
    }
}
