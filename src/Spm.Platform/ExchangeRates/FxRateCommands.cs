using System.Globalization;
using System.Text.Json;
using Spm.Compensation.Amounts;
using Spm.Compensation.Fx;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.ExchangeRates;

/// <summary>A rate as it stands after it was set.</summary>
public sealed record PutFxRate(FxRateView Rate, PutOutcome Outcome);

/// <summary>Sets rates and takes them away.</summary>
public sealed class FxRateCommands(TenantDirectory tenants, CompanyCommands companies, FxRateSlice rates)
{
    public async Task<Result<PutFxRate>> PutAsync(Caller caller, JsonElement body)
    {
        if (caller.Lacks(Scopes.ConfigurationWrite) is { } lacking)
        {
            return lacking;
        }
        var outcome = await companies.ChangeAsync(caller, editor => rates.Put(editor, "", "", body));
        if (!outcome.IsOk)
        {
            return outcome.Error!;
        }
        var input = Bodies.Read<FxRateInput>(body).Value;
        return new PutFxRate(new FxRateView(input.From, tenants.Get(caller.Tenant).Company.Settings.Currency, input.Day, Wire.ExactPercent(input.Rate)), outcome.Value);
    }

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
