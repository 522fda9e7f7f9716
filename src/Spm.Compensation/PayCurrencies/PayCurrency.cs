using System.Globalization;
using Spm.Compensation.Amounts;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Exactness;
using Spm.Compensation.Expressions;
using Spm.Compensation.Fx;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.PayCurrencies;

/// <summary>Which rate turns a payout into the rep's own currency.</summary>
public enum PayRateBasis : byte
{
    /// <summary>The latest rate on or before the month's last day.</summary>
    MonthEnd,

    /// <summary>The mean of the rates dated in the month.</summary>
    MonthAverage,

    /// <summary>The rates that the plan itself names.</summary>
    Fixed,
}

/// <summary>What a payout comes to in the currency the rep is paid in. <c>Amount</c> is the payout times the rate, rounded half to even.</summary>
/// <param name="Payout">In the plan's currency.</param>
public sealed record PaidAmount(Money Payout, decimal Rate, Currency Currency, decimal Amount);

/// <summary>
/// Reps who are paid in a currency of their own: everything is earned, capped and held in the plan's, and the payout of a month is converted as the last
/// step. Worked example: pay-currencies.md.
/// </summary>
public sealed record PayCurrency
{
    public const string Name = "currency";

    private readonly CompiledExpression<RepMonth> _of;
    private readonly string _canonical;
    private readonly FxRule _rates;
    private readonly int? _decimals;

    private PayCurrency(CompiledExpression<RepMonth> of, PayRateBasis basis, FxRule rates, int? decimals) =>
        (_of, _canonical, Basis, _rates, _decimals) = (of, of.Canonical, basis, rates, decimals);

    public PayRateBasis Basis { get; }

    public static string Schema { get; } = $$"""
        {
          "type": "object",
          "description": "Reps who are paid in a currency of their own: the payout of a month, in the plan's currency, times a rate. For tests and models.",
          "additionalProperties": false,
          "required": ["of", "rate"],
          "properties": {
            "of": {"type": "string", "minLength": 1, "maxLength": 4000, "description": "Expression over the rep and the month: the ISO 4217 code, 'EUR' or rep.facts.currency. Where it is not known the plan's currency is paid."},
            "rate": {"enum": ["month_end", "month_average", "fixed"], "description": "month_end: the latest rate on or before the month's last day. month_average: the mean of the rates dated in the month. fixed: the rates named here."},
            "average_decimals": {"type": ["integer", "string"], "minimum": 0, "maximum": 10, "description": "With month_average: decimals the mean is rounded at, half to even. Default 10."},
            "fixed_rates": {"type": "object", "description": "With fixed: units of each currency for one of the plan's, at most 10 decimals.", "propertyNames": {"pattern": "^[A-Z]{3}$"}, "additionalProperties": {"type": ["number", "string"]} },
            "decimals": {"type": ["integer", "string"], "minimum": 0, "maximum": 10, "description": "Decimals that are paid, half to even. Default: those of the currency."}
          }
        }
        """;

    /// <summary>Null after an error.</summary>
    public static PayCurrency? Read(DocNode node, ReadContext context)
    {
        if (!node.IsObject())
        {
            return null;
        }
        var errors = node.Errors.All.Count;
        var of = context.RepMonth(node.Get("of"), ExpressionKind.Text);
        var basis = node.Get("rate").AsOneOf(PayRateBasis.MonthEnd);
        int? decimals = node.Has("decimals") ? node.Whole("decimals", otherwise: 2, least: 0, most: FxRates.MaxDecimals) : null;
        var average = node.Whole("average_decimals", otherwise: FxRates.MaxDecimals, least: 0, most: FxRates.MaxDecimals);
        var named = node.Find("fixed_rates") is { } rates ? FxRule.ReadRates(rates) : [];
        node.RefuseOthers();
        if (node.Has("fixed_rates") != (basis == PayRateBasis.Fixed))
        {
            node.Fail("fx_fixed_rates_unused", "Fixed rates belong to the rate 'fixed', and to no other.");
        }
        if (node.Has("average_decimals") && basis != PayRateBasis.MonthAverage)
        {
            node.Get("average_decimals").Fail("fx_average_unused", "Only 'month_average' has decimals of an average.");
        }
        if (of is null || node.Errors.All.Count > errors || (basis == PayRateBasis.Fixed && named.Count == 0))
        {
            return null;
        }
        return new PayCurrency(of, basis, basis switch
        {
            PayRateBasis.Fixed => new FxRule(FxBasis.Fixed, named),
            PayRateBasis.MonthAverage => new FxRule(FxBasis.MonthAverage, averageDecimals: average),
            _ => new FxRule(FxBasis.TransactionDate),
        }, decimals);
    }

    /// <summary>What a payout comes to. Where the rep has no currency, or has the plan's, it is the payout itself.</summary>
    /// <returns>The refusal where there is no such currency (<c>currency_unknown</c>) or no rate (<c>fx_rate_missing</c>): then nothing may be paid.</returns>
    public (PaidAmount? Paid, FxRefusal? Refusal) Pay(Money payout, RepMonth month, FxRates rates)
    {
        var code = _of.TextOf(month);
        if (code is null || code == payout.Currency.Code)
        {
            return (new PaidAmount(payout, 1m, payout.Currency, payout.Amount), null);
        }
        if (!Currency.TryParse(code, out var currency))
        {
            return (null, new FxRefusal("currency_unknown", $"'{code}' is not an ISO 4217 currency code: {month.Rep.Id} cannot be paid in it."));
        }
        if (Rate(payout.Currency, currency, month, rates) is not { } rate)
        {
            return (null, new FxRefusal("fx_rate_missing", $"There is no rate from {payout.Currency} to {currency} ({WireNames.Of(Basis)}) for {month.Month.Id}."));
        }
        return Exact.TryProduct(payout.Amount, rate, out var converted)
            ? (new PaidAmount(payout, rate, currency, decimal.Round(converted, DecimalsOf(currency), MidpointRounding.ToEven)), null)
            : (null, new FxRefusal("fx_amount_out_of_range", string.Create(CultureInfo.InvariantCulture, $"{payout} times {rate} has more digits than are calculated with: 28.")));
    }

    public int DecimalsOf(Currency currency) => _decimals ?? currency.MinorDigits;

    public bool Equals(PayCurrency? other) =>
        other is not null && (_canonical, Basis, _decimals) == (other._canonical, other.Basis, other._decimals) && _rates.Equals(other._rates);

    public override int GetHashCode() => HashCode.Combine(_canonical, Basis, _decimals);

    private decimal? Rate(Currency from, Currency to, RepMonth month, FxRates rates)
    {
        var period = month.Month.Period;
        return Basis switch
        {
            PayRateBasis.Fixed => _rates.FixedRates.TryGetValue(to.Code, out var named) ? named : null,
            PayRateBasis.MonthAverage => rates.Average(from, to, period.From, period.To, _rates.AverageDecimals) is { Rate: > 0m } mean ? mean.Rate : null,
            _ => rates.AsOf(from, to, period.To.AddDays(-1))?.Rate,
        };
    }
}
