using Spm.Compensation.Amounts;
using Spm.Compensation.Fx;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.ExchangeRates;

public sealed class FxRateQueries
{
    /// <summary>By currency and day.</summary>
    /// <param name="after">The currency's code and the day after which the page begins; null for the first page.</param>
    public Result<IReadOnlyList<FxRate>> List(Caller caller, Company company, string? from, (string From, DateOnly Day)? after, int count)
    {
        if (caller.Lacks(Scopes.ConfigurationRead) is { } lacking)
        {
            return lacking;
        }
        Currency only = default;
        if (from is not null && !Currency.TryParse(from, out only))
        {
            return Error.Of("from", ErrorCodes.CurrencyUnknown, $"'{from}' is not an ISO 4217 currency code.");
        }
        return (from is null ? company.FxRates.All : company.FxRates.Of(only, company.Currency))
            .Where(r => after is not var (code, day) || string.CompareOrdinal(r.From.Code, code) is var order && (order > 0 || (order == 0 && r.Day > day)))
            .Take(count)
            .ToList();
    }
}
