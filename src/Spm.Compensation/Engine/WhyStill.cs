using System.Globalization;
using Spm.Compensation.Documents;
using Spm.Compensation.Explain;

namespace Spm.Compensation.Engine;

/// <summary>Tells people why a component pays nothing in a month and takes nothing back.</summary>
public static class WhyStill
{
    /// <summary>The code of a credit whose value a measure does not know.</summary>
    public const string ValueUnknown = "measure_value_unknown";

    /// <summary>Which deal counts nothing, and what of it is not known.</summary>
    public static string Unknown(VersionState state, int component, UnknownValue unknown)
    {
        var rule = state.Version.Components[component];
        var measure = state.Version.MeasureOf(rule)!;
        return string.Create(
            CultureInfo.InvariantCulture, $"{ValueUnknown}: {unknown.Kind} {unknown.Transaction} of {unknown.Amount:#,0.##########} counts nothing in {rule.Id}: measure {measure.Id}, \"{measure.Value.Text}\", is not known of it");
    }

    /// <summary>The word of the rule, and what would help where that is known. Null where the component does not stand still.</summary>
    public static string? Of(VersionState state, int month, int component)
    {
        var still = state.Figures(month, component).Standstill;
        if (still == Standstill.None)
        {
            return null;
        }
        return Detail(state, month, component) is { } detail ? $"{WireNames.Of(still)}{(still == Standstill.QuotaMissing ? ";" : ":")} {detail}" : WireNames.Of(still);
    }

    /// <summary>Which figure is missing, or what would help; null where the word of the rule says it all.</summary>
    public static string? Detail(VersionState state, int month, int component)
    {
        var rule = state.Version.Components[component];
        return state.Figures(month, component).Standstill switch
        {
            Standstill.QuotaMissing when rule is { Quota: QuotaUse.ToDate, Window: null } && state.Version.MeasureOf(rule) is { } measure => OfQuotas(state, rule, measure.No, month),
            Standstill.FigureMissing or Standstill.MultiplierOutsideTiers => Unknowns.Of(state, month, component),
            _ => null,
        };
    }

    /// <summary>The first month of the attainment period that has no quota: it may lie before the one that pays nothing for want of it.</summary>
    private static string? OfQuotas(VersionState state, ComponentRule rule, int measure, int month)
    {
        var months = state.Year.Inputs.Year.Months;
        for (var m = state.FirstOf(month, rule.AttainmentPeriod); m <= month; m++)
        {
            var isByQuarter = months[m].Quarter.To <= months[month].Period.To && state.Quotas.For(measure, months[m].Quarter) is not null;
            if (state.Quotas.For(measure, months[m].Period) is null && !isByQuarter && state.Year.Inputs.Plans[m]?.Plan.Id == state.Plan.Id)
            {
                return state.Quotas.Hint(measure, months[m]) ?? (m == month ? null : $"{months[m].Id} has none");
            }
        }
        return null;
    }
}
