using Spm.Compensation.Amounts;
using Spm.Compensation.Exactness;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Fx;

/// <summary>An amount in the plan's currency and how it came about. <c>Converted.Amount = Original.Amount × Rate</c>, exact.</summary>
/// <param name="RateDay">Of the rate; null for a fixed rate, an average, or where no rate was needed.</param>
/// <param name="RateCount">How many rates an average was made of; else 1.</param>
public sealed record FxConversion(Money Original, Money Converted, decimal Rate, FxBasis Basis, DateOnly? RateDay, int RateCount);

/// <summary>The rate that a rule takes, and where it comes from.</summary>
/// <param name="Day">Of the rate; null for a fixed rate or an average.</param>
/// <param name="Count">How many rates an average was made of; else 1.</param>
public readonly record struct FxChoice(decimal Rate, DateOnly? Day, int Count);

public static class FxConverting
{
    /// <summary>Converts an amount of a transaction into the plan's currency.</summary>
    /// <param name="day">Of the transaction.</param>
    /// <param name="month">The fiscal month the transaction lies in.</param>
    /// <returns>
    /// False with <c>fx_rate_missing</c>, or with <c>fx_amount_out_of_range</c> when the exact product has more digits than are calculated with.
    /// </returns>
    public static bool TryConvert(
        this FxRule rule, Money amount, Currency to, DateOnly day, FiscalPeriod month, FxRates rates, out FxConversion? conversion, out FxRefusal? refusal)
    {
        (conversion, refusal) = (null, null);
        if (amount.Currency == to)
        {
            conversion = new FxConversion(amount, amount, 1m, rule.Basis, null, 1);
            return true;
        }
        if (rule.Choose(amount.Currency, to, day, month, rates) is not { } found)
        {
            refusal = new FxRefusal("fx_rate_missing", $"There is no rate from {amount.Currency} to {to} {Where(rule.Basis, day, month)}.");
            return false;
        }
        if (!Exact.TryProduct(amount.Amount, found.Rate, out var converted))
        {
            refusal = new FxRefusal("fx_amount_out_of_range", $"{amount} times {found.Rate} has more digits than are calculated with: 28.");
            return false;
        }
        conversion = new FxConversion(amount, new Money(converted, to), found.Rate, rule.Basis, found.Day, found.Count);
        return true;
    }

    /// <summary>The rate of a day and its fiscal month by the rule; null where none is known.</summary>
    public static FxChoice? Choose(this FxRule rule, Currency from, Currency to, DateOnly day, FiscalPeriod month, FxRates rates)
    {
        switch (rule.Basis)
        {
            case FxBasis.Fixed:
                return rule.FixedRates.TryGetValue(from.Code, out var named) ? new FxChoice(named, null, 1) : null;
            case FxBasis.MonthAverage:
                // A mean that its decimals round to nothing is no rate: it would turn every amount into zero.
                return rates.Average(from, to, month.From, month.To, rule.AverageDecimals) is { } mean && mean.Rate > 0m ? new FxChoice(mean.Rate, null, mean.Count) : null;
            default:
                return rates.AsOf(from, to, day) is { } dated ? new FxChoice(dated.Rate, dated.Day, 1) : null;
        }
    }

    private static string Where(FxBasis basis, DateOnly day, FiscalPeriod month) => basis switch
    {
        FxBasis.Fixed => "among the plan's fixed rates",
        FxBasis.MonthAverage => $"dated in {month.Id}",
        _ => $"on or before {day:O}",
    };
}
