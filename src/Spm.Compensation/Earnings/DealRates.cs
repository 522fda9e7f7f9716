using Spm.Compensation.Bounds;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Exactness;
using Spm.Compensation.Explain;
using Spm.Compensation.Expressions;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.RateTables;

namespace Spm.Compensation.Earnings;

/// <summary>
/// The rates that deals are paid at, and what their percents are of: what the component's measure counts, or other money of the deal. So the first ten
/// deals are paid 10 % of their amounts, whatever each of them costs: the measure counts deals, and the percents are of <c>amount</c>.
/// </summary>
/// <param name="Of">Null: what is counted.</param>
public sealed record DealRates(Rates Table, CompiledExpression<DealContext>? Of)
{
    /// <summary>Of the member <c>of</c> of a rate table.</summary>
    internal static string Schema { get; } = """
        "of": { "type": ["string", "number"], "minLength": 1, "maxLength": 4000, "description": "Expression in money over the deal: what the percents are of, where deals are paid. Each deal earns so much of it as it earns of what the measure counts. Default: what the measure counts." }
        """;

    public int Steps => Table.Steps + (Of?.Steps ?? 0);

    public bool NeedsTargetIncentive => Table.NeedsTargetIncentive || Of?.Names.Contains("target_incentive") == true;

    /// <summary>Null after an error, and where the percents are of what is counted.</summary>
    internal static CompiledExpression<DealContext>? ReadOf(DocNode table, RateYield yields, Per per, ReadContext context)
    {
        if (table.Find("of") is not { } of)
        {
            return null;
        }
        if (per == Per.Period)
        {
            of.Fail("of_needs_deals", "A table that pays the period pays percents of what is measured: 'of' is money of a deal, and needs `per: deal` or `deal_in_order`.");
            return null;
        }
        if (yields != RateYield.Percent)
        {
            of.Fail("of_needs_percent", "Only percents are of something: the table yields something else.");
            return null;
        }
        return context.Deal(of, ExpressionKind.Money);
    }

    /// <summary>How much of a measure the deal fills in the table. One that counts nothing, as a credit note without a quantity, is paid at the rate of one unit.</summary>
    internal decimal Filled(in DealBook.Standing deal) => Of is not null && deal.Value == 0m ? 1m : deal.Value;

    /// <summary>Null when what the percents are of is not known.</summary>
    internal decimal? Earn(RateTable table, PeriodContext period, in DealBook.Standing deal, in Stretch stretch)
    {
        var counted = table.Earn(stretch);
        return Of is null ? counted : Of.Number(new DealContext(period, deal)) is { } of ? Exact.Ratio(of, counted, Filled(deal)) : null;
    }

    internal ExplainNode Explain(RateTable table, PeriodContext period, in DealBook.Standing deal, in Stretch stretch)
    {
        List<Band> bands = [];
        var counted = table.Earn(stretch, bands);
        var name = $"deal {deal.Deal}";
        return Of is null
            ? BandNodes.Sum(name, table, counted, bands, period)
            : ExplainNode.Ratio(
                name, $"{Of.Text} × counted at its rates", FormulaNodes.Of("paid on", Of, new DealContext(period, deal)),
                BandNodes.Sum("counted at its rates", table, counted, bands, period), ExplainNode.Given("counted of the deal", Filled(deal), deal.Value == 0m ? "Nothing is counted of it: it is paid at the rate of one unit." : null));
    }

    /// <summary>Which figure is not known, of the table or of the deal.</summary>
    internal string? WhyUnknown(DealContext deal) => Table.WhyUnknown(deal.Period) ?? (Of is null ? null : Unknowns.In(Of, deal));
}
