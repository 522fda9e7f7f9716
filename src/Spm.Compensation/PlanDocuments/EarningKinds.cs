using Spm.Compensation.Bounds;
using Spm.Compensation.Caps;
using Spm.Compensation.Contests;
using Spm.Compensation.Documents;
using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Pools;
using Spm.Compensation.RateTables;
using Spm.Compensation.Roundings;
using Spm.Compensation.Scorecards;

namespace Spm.Compensation.PlanDocuments;

/// <summary>What a component may yield: each kind is one member of the component, and a component has one of them.</summary>
public static class EarningKinds
{
    public static IReadOnlyList<Kind> All { get; } =
    [
        new("rate_table", $$"""{"description": "Rates by tiers.", "oneOf": [{{string.Join(", ", RateTableKinds.All.Select(k => SchemaText.With(k.Schema, DealRates.Schema)))}}]}""", (node, per, cap, context) => Table(RatesOf(node, context), node, per, cap, context)),
        new("rate", """{"type": ["number", "string"], "minimum": 0, "description": "One rate for everything, in percent of the measured money; 0 or more."}""", (node, per, cap, context) => Table(Rates.Of(Single(node, RateYield.Percent)), node, per, cap, context)),
        new("per_unit", """{"type": ["number", "string"], "minimum": 0, "description": "Money for each measured unit, in the plan's currency; 0 or more."}""", (node, per, cap, context) => Table(Rates.Of(Single(node, RateYield.PerUnit)), node, per, cap, context)),
        new("matrix", MatrixEarning.Schema, (node, per, cap, context) => MatrixEarning.Read(node, per, cap, context)),
        new("scorecard", Scorecard.Schema, (node, per, cap, context) => new ScorecardEarning(Scorecard.Read(node))),
        new("pool", PoolEarning.Schema, (node, _, _, context) => PoolEarning.Read(node, context)),
        new("contest", ContestEarning.Schema, (node, _, _, context) => ContestEarning.Read(node, context)),
        new("earn", """{"type": ["string", "number"], "minLength": 1, "maxLength": 4000, "description": "Expression in money: with per deal of the deal and the component's figures to date, else of these figures."}""", Formula),
    ];

    /// <param name="Name">The member of the component.</param>
    /// <param name="Schema">Of that member.</param>
    public sealed record Kind(string Name, string Schema, Func<DocNode, Per, RepAmount?, ReadContext, Earning?> Read);

    /// <returns>No earning when the component has none of the kinds: it is measured for the sake of others.</returns>
    public static Earning Read(DocNode component, Per per, ReadContext context)
    {
        var cap = component.Errors.Any ? null : ComponentPayRules.CapRules(component, context).FirstOrDefault(c => c.Per == CapSpan.Deal)?.Amount;
        if (cap is not null && per == Per.Period)
        {
            component.Get("caps").Fail("deal_cap_needs_deals", "A cap on a deal needs `per: deal`: else there is no earning of a deal to cap.");
        }
        var rounding = RoundingOfDeals(component, per, context);
        Earning? earning = null;
        foreach (var kind in All)
        {
            if (component.Find(kind.Name) is not { } node)
            {
                continue;
            }
            if (earning is not null)
            {
                node.Fail("earning_twice", $"A component has one of {string.Join(", ", All.Select(k => k.Name))}.");
                continue;
            }
            earning = kind.Read(node, per, cap, context) ?? new NoEarning();
            if (earning is DealEarning deals)
            {
                earning = deals with { Rounding = rounding };
            }
            else if (per != Per.Period && earning is not NoEarning)
            {
                node.Fail("per_deal_impossible", per == Per.Deal ? $"'{kind.Name}' looks at the period: it cannot pay each deal." : $"'{kind.Name}' has no tiers that deals could fill one after the other.");
            }
        }
        return earning ?? new NoEarning();
    }

    private static RoundingRule? RoundingOfDeals(DocNode component, Per per, ReadContext context)
    {
        if (component.Errors.Any || component.Find("rounding") is not { } node || RoundingRule.Read(node, PayRounding.UnitOf(context.Currency)) is not (var rule, RoundingEach.Deal))
        {
            return null;
        }
        if (per == Per.Period)
        {
            node.Get("each").Fail("rounding_of_deal_needs_deals", "Where the component pays the period there is no earning of a deal to round.");
        }
        return rule;
    }

    private static Rates? RatesOf(DocNode node, ReadContext context) => TierTemplate.Is(node) ? Rates.Of(TierTemplate.Read(node, context)) : Rates.Of(RateTable.Read(node));

    private static Earning? Table(Rates? table, DocNode node, Per per, RepAmount? cap, ReadContext context)
    {
        if (table is null)
        {
            return null;
        }
        var of = DealRates.ReadOf(node, table.Yields, per, context);
        if (table.Yields == RateYield.Percent && context.Unit != MeasureUnit.Money && !node.Has("of"))
        {
            node.Fail("rate_needs_money", "A percent is of money, and the measure counts units: let the rates be per_unit, an amount or a target_multiplier, or where a table pays deals let `of` say what money of the deal they are of.");
        }
        if (per == Per.Period)
        {
            return new TableEarning(table);
        }
        if (per == Per.DealInOrder)
        {
            return new PlacedDealEarning(new DealRates(table, of), cap);
        }
        if (table.On == RateBasis.Attainment && table.Mode != "flat")
        {
            node.Fail("per_deal_needs_flat", "A table on attainment that pays each deal is flat: one rate for the point reached. On amounts any mode will do, and with deal_in_order on both.");
        }
        return new DealTableEarning(new DealRates(table, of), cap);
    }

    private static RateTable? Single(DocNode node, RateYield yields)
    {
        var rate = node.AsNumber();
        Tier[] tiers = [new(0m, null, rate)];
        if (Tiers.Check(tiers, RateBasis.Amount, yields) is { } broken)
        {
            node.Fail(broken.Code, broken.Detail);
            return null;
        }
        return new RateTables.Flat.FlatTable(tiers, RateBasis.Amount, yields);
    }

    private static Earning? Formula(DocNode node, Per per, RepAmount? cap, ReadContext context) => per == Per.Deal
        ? context.Deal(node, ExpressionKind.Money) is { } ofDeal ? new DealFormulaEarning(ofDeal, cap) : null
        : context.Period(node, ExpressionKind.Money) is { } ofPeriod ? new FormulaEarning(ofPeriod) : null;
}
