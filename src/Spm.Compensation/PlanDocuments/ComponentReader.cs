using Spm.Compensation.Accounting;
using Spm.Compensation.Bounds;
using Spm.Compensation.Crediting;
using Spm.Compensation.Documents;
using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Compensation.Spiffs;
using Spm.Compensation.Stages;
using Spm.Compensation.Thresholds;
using Spm.Compensation.Windows;

namespace Spm.Compensation.PlanDocuments;

/// <summary>Whether a component looks at the period's credits together or at each deal by itself, or each on top of those before it.</summary>
public enum Per : byte
{
    Period,
    Deal,
    DealInOrder,
}

internal static class ComponentReader
{
    /// <param name="Asks">Ids of the components whose figures it asks for.</param>
    /// <param name="Groups">What it asks of groups.</param>
    public readonly record struct Read(ComponentRule Rule, IReadOnlySet<string> Asks, AskedGroups Groups);

    public static Read Component(string id, DocNode node, ReadContext context, List<TallyRule> tallies)
    {
        context.Begin(UnitOf(node, context));
        var tally = Tally(node, context, tallies);
        var window = AttainmentWindow.Read(node.Find("attainment_period"));
        var attainmentPeriod = window is null ? node.OneOf("attainment_period", PeriodKind.Year) : PeriodKind.Month;
        var measurementPeriod = node.OneOf("measurement_period", attainmentPeriod);
        if (window is not null)
        {
            attainmentPeriod = measurementPeriod;
        }
        if (measurementPeriod > attainmentPeriod || (window?.SinceAnniversary == true ? 1 : window?.Months) < MonthsOf(measurementPeriod))
        {
            node.Get("measurement_period").Fail("measurement_period_too_long", "What is paid must lie inside of what sets the rate: the measurement period is not longer than the attainment period.");
        }
        var per = node.OneOf("per", Per.Period);
        var pay = ComponentPayRules.Read(node, context);
        var earning = EarningKinds.Read(node, per, context);
        var stages = StageKinds.Read(node, context);
        var cap = node.Find("attainment_cap") is { } most ? Above(most, context) : null;
        var threshold = stages.OfType<ThresholdStage>().FirstOrDefault()?.Threshold;
        var needsQuota = threshold is not null || cap is not null || AsksForQuota(earning) || context.NeedsQuota;
        var quota = node.OneOf("quota", needsQuota ? QuotaUse.ToDate : QuotaUse.None);
        if (quota == QuotaUse.None && needsQuota)
        {
            node.Get("quota").Fail("quota_needed", "The component pays by attainment: it cannot be without a quota.");
        }
        if (threshold?.Then == ThresholdThen.ExcessOnly && earning is not TableEarning)
        {
            node.Get("threshold").Fail("threshold_excess_needs_rates", "Only the excess can be paid where a rate table or a rate pays the period.");
        }
        if (quota != QuotaUse.None && window is { Months: null })
        {
            node.Get("attainment_period").Fail("quota_of_ever", "There is no quota of all that was ever credited: let the tiers be on amounts, or the window be of some months.");
        }
        var isWithoutMeasure = tally == ComponentRule.NoTally && !node.Has("measure");
        if (isWithoutMeasure && quota != QuotaUse.None)
        {
            node.Fail("measure_missing", "A component with a quota has a measure.");
        }
        else if (isWithoutMeasure && earning is TableEarning)
        {
            node.Fail("measure_missing", "A component that pays at rates has a measure: it says what they are paid on.");
        }
        var asks = context.Asked.ToHashSet(StringComparer.Ordinal);
        var rule = new ComponentRule(id, node.Text("name", id), tally, measurementPeriod, attainmentPeriod, quota, earning)
        {
            Eligibility = node.Find("eligibility") is { } eligibility ? context.RepMonth(eligibility, ExpressionKind.Truth) : null,
            TargetIncentive = node.Find("target_incentive") is { } target ? context.Rep(target, ExpressionKind.Money) : null,
            AttainmentCap = cap,
            ExcessAbove = threshold?.Then == ThresholdThen.ExcessOnly ? threshold.At : null,
            Stages = stages,
            Pay = pay,
            LooksBack = context.LooksBack || window is not null,
            Window = window,
            Asks = asks,
            Accounting = node.Find("accounting") is { } accounting ? CapitalisationRule.Read(accounting, context.Scopes.Credit) : null,
        };
        if (earning is not NoEarning && earning.PerDeal && isWithoutMeasure)
        {
            node.Fail("measure_missing", "A component that pays each deal has a measure: it says which deals count.");
        }
        node.OptionalText("note");
        node.RefuseOthers();
        return new Read(rule, asks, AskedGroups.Of(id, node, context));
    }

    /// <summary>A component whose quota or attainment another one asks for has a quota, also where it needs none itself.</summary>
    public static Read Asked(Read read, DocNode node, ReadContext context)
    {
        if (read.Rule is not { Quota: QuotaUse.None, Tally: not ComponentRule.NoTally } rule || !context.QuotasAsked.Contains(rule.Id))
        {
            return read;
        }
        if (node.Has("quota"))
        {
            node.Get("quota").Fail("quota_needed", "Another component asks for its quota or attainment: it cannot be without a quota.");
        }
        else if (rule.Window is { Months: null })
        {
            node.Get("attainment_period").Fail("quota_of_ever", "There is no quota of all that was ever credited, and another component asks for it.");
        }
        return read with { Rule = rule with { Quota = QuotaUse.ToDate } };
    }

    private static int MonthsOf(PeriodKind span) => span switch { PeriodKind.Month => 1, PeriodKind.Quarter => 3, PeriodKind.HalfYear => 6, _ => 12 };

    /// <summary>Money without a measure: such a component counts nothing.</summary>
    public static MeasureUnit UnitOf(DocNode node, ReadContext context) =>
        context.Measures.FirstOrDefault(m => m.Id == node.Find("measure")?.Scalar)?.Unit ?? MeasureUnit.Money;

    private static bool AsksForQuota(Earning earning) => earning switch
    {
        TableEarning table => table.Table.NeedsQuota,
        DealTableEarning table => table.Rates.Table.NeedsQuota,
        PlacedDealEarning table => table.Rates.Table.NeedsQuota,
        _ => false,
    };

    private static int Tally(DocNode node, ReadContext context, List<TallyRule> tallies)
    {
        var credits = node.Has("credits") ? node.List("credits").Aggregate(CreditSources.None, (all, one) => all | one.AsOneOf(CreditSources.None)) : CreditSources.Direct;
        if (credits == CreditSources.None && node.List("credits").Count == 0)
        {
            node.Get("credits").Fail("credits_none", "A component counts at least one of direct, overlay and roll_up.");
        }
        var dates = node.Find("spiff") is { } spiff && !node.Errors.Any ? SpiffRule.Read(spiff).Window : Dates(node.Find("dates"));
        if (node.Has("spiff") && node.Find("dates") is { } twice)
        {
            twice.Fail("dates_twice", "A spiff has its own dates.");
        }
        if (node.Find("measure") is not { } name)
        {
            return ComponentRule.NoTally;
        }
        var measure = context.Measures.ToList().FindIndex(m => m.Id == name.AsText());
        if (measure < 0)
        {
            name.Fail("measure_unknown", $"The version has no measure '{name.Scalar}'.");
            return ComponentRule.NoTally;
        }
        var tally = new TallyRule(measure, credits, dates);
        var at = tallies.IndexOf(tally);
        if (at < 0)
        {
            at = tallies.Count;
            tallies.Add(tally);
        }
        return at;
    }

    /// <summary>From one day, included, to another, not included.</summary>
    private static DateRange? Dates(DocNode? node)
    {
        if (node is null)
        {
            return null;
        }
        var (from, to) = (node.Date("from"), node.OptionalDate("to"));
        node.RefuseOthers();
        if (to is { } end && end <= from)
        {
            node.Fail("dates_empty", $"The days end on {end:yyyy-MM-dd}, which is not after {from:yyyy-MM-dd}.");
            return null;
        }
        return new DateRange(from, to);
    }

    private static Bound Above(DocNode node, ReadContext context)
    {
        var percent = Bound.Percent(node, context);
        if (percent.Fixed <= 0m)
        {
            node.Fail("number_out_of_range", "A cap on attainment is a percent above 0.");
            return 100m;
        }
        return percent;
    }
}
