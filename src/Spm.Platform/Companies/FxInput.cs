using System.Text.Json;
using Spm.Compensation.Amounts;
using Spm.Compensation.Documents;
using Spm.Compensation.Fx;
using Spm.Platform.Kernel;

namespace Spm.Platform.Companies;

/// <summary>Which rate converts amounts of other currencies, in the words of a plan document.</summary>
/// <param name="Rate">transaction_date: the latest rate on or before the transaction's date. month_average: the mean of the rates dated in its fiscal month. fixed: the rates named here.</param>
/// <param name="AverageDecimals">With month_average: decimals that the mean is rounded at, half to even; 10 when left out.</param>
/// <param name="FixedRates">With fixed: units of the company's currency for one of each currency, by its code.</param>
public sealed record FxInput(FxBasis Rate, int? AverageDecimals = null, IReadOnlyDictionary<string, decimal>? FixedRates = null)
{
    /// <summary>The rule by the reader of plan documents; what it refuses is noted.</summary>
    internal FxRule? Read(string? currency, RecordCheck check)
    {
        var errors = new DocErrors();
        var rule = FxRule.Read(DocParser.Parse(JsonSerializer.SerializeToUtf8Bytes(this, Json.Document), errors)!);
        foreach (var error in errors.All)
        {
            check.Fail($"fx{error.Path}", ErrorCodes.FxRuleInvalid, $"{error.Code}: {error.Detail}");
        }
        if (currency is not null && FixedRates?.ContainsKey(currency) == true)
        {
            check.Fail($"fx/fixed_rates/{currency}", ErrorCodes.FxRateOfOwnCurrency, $"The company reckons in {currency}.");
        }
        return check.Failed ? null : rule;
    }
}

/// <param name="AverageDecimals">Null where there is no average.</param>
/// <param name="FixedRates">Null where rates are not fixed.</param>
public sealed record FxView(FxBasis Rate, int? AverageDecimals, IReadOnlyDictionary<string, string>? FixedRates)
{
    internal static FxView Of(FxRule rule) => new(
        rule.Basis,
        rule.Basis == FxBasis.MonthAverage ? rule.AverageDecimals : null,
        rule.Basis == FxBasis.Fixed ? rule.FixedRates.ToDictionary(r => r.Key, r => Wire.ExactPercent(r.Value)) : null);
}

/// <summary>A company's rule as it is stored; the rule of the transaction's day is stored as none.</summary>
public sealed record FxDoc(FxBasis Rate, int? AverageDecimals, IReadOnlyDictionary<string, decimal>? FixedRates)
{
    internal static FxDoc? Of(FxRule rule) => rule.Basis == FxBasis.TransactionDate
        ? null
        : new FxDoc(rule.Basis, rule.Basis == FxBasis.MonthAverage ? rule.AverageDecimals : null, rule.Basis == FxBasis.Fixed ? rule.FixedRates : null);

    internal FxRule ToRule() => new(Rate, FixedRates?.ToDictionary(r => Currency.Parse(r.Key), r => r.Value), AverageDecimals ?? FxRates.MaxDecimals);
}
