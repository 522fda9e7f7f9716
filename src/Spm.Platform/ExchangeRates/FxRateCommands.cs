using System.Globalization;
using Spm.Compensation.Amounts;
using Spm.Compensation.Fx;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.ExchangeRates;

/// <summary>Takes rates away; they are set like any other record.</summary>
public sealed class FxRateCommands(CompanyCommands companies)
{
    /// <returns>The rate that is gone.</returns>
    public async Task<Result<FxRateView>> DeleteAsync(Caller caller, string? from, string? day)
    {
        if (caller.Lacks(Scopes.ConfigurationWrite) is { } lacking)
        {
            return lacking;
        }
        if (string.IsNullOrEmpty(from))
        {
            return Error.Of("from", ErrorCodes.ParameterInvalid, "The parameter `from` is required.");
        }
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var dated))
        {
            return Error.Of("day", ErrorCodes.ParameterInvalid, "`day` is a day such as 2025-03-01.");
        }
        if (!Currency.TryParse(from, out var currency))
        {
            return Error.Of("from", ErrorCodes.CurrencyUnknown, $"'{from}' is not an ISO 4217 currency code.");
        }
        return await companies.ChangeAsync<FxRateView>(caller, editor => editor.Rates.Remove(currency, dated) is { } rate
            ? FxRateView.Of(new FxRate(currency, editor.Before.Currency, dated, rate))
            : new Error(ErrorCodes.NotFound, $"There is no rate of {currency} dated {dated:yyyy-MM-dd}."));
    }
}
