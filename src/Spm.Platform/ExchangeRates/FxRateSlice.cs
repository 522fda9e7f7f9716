using System.Text.Json;
using System.Text.Json.Serialization;
using Spm.Compensation.Amounts;
using Spm.Compensation.Fx;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.ExchangeRates;

/// <param name="From">ISO 4217; not the company's currency.</param>
/// <param name="Day">The rate stands from this day until the next rate of the currency.</param>
/// <param name="Rate">Units of the company's currency for one of `from`: above 0, below a billion, with at most ten decimals.</param>
public sealed record FxRateInput([property: JsonRequired] string From, DateOnly Day, decimal Rate);

/// <param name="To">The company's currency.</param>
/// <param name="Rate">Units of `to` for one of `from`.</param>
public sealed record FxRateView(string From, string To, DateOnly Day, string Rate)
{
    internal static FxRateView Of(FxRate rate) => new(rate.From.Code, rate.To.Code, rate.Day, Wire.ExactPercent(rate.Rate));
}

/// <summary>Exchange rates: one for a currency and day. Their key is in their fields.</summary>
public sealed class FxRateSlice : IRecordSlice
{
    public string Entity => "fx_rates";

    public bool HasExternalId => false;

    public IReadOnlyCollection<string> Fields { get; } = RecordFields.Of<FxRateInput>();

    public Result<PutOutcome> Put(CompanyEditor editor, string source, string externalId, JsonElement body)
    {
        var read = Bodies.Read<FxRateInput>(body);
        if (!read.IsOk)
        {
            return read.Error!;
        }
        var input = read.Value;
        var check = new RecordCheck(editor, source);
        if (!Currency.TryParse(input.From, out var from))
        {
            check.Fail("from", ErrorCodes.CurrencyUnknown, $"'{input.From}' is not an ISO 4217 currency code.");
        }
        else if (from == editor.Before.Currency)
        {
            check.Fail("from", ErrorCodes.FxRateOfOwnCurrency, $"The company reckons in {from}.");
        }
        if (!FxRates.IsRate(input.Rate))
        {
            check.Fail("rate", ErrorCodes.FxRateOutOfRange, $"{Wire.Exact(input.Rate)} is not above 0, below a billion, with at most {FxRates.MaxDecimals} decimals.");
        }
        return check.Failed ? check.Error : editor.Rates.Put(from, input.Day, input.Rate);
    }
}
