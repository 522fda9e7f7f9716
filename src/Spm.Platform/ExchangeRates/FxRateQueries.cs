using System.Globalization;
using Spm.Compensation.Amounts;
using Spm.Compensation.Fx;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.ExchangeRates;

public sealed class FxRateQueries
{
    private const string Format = "yyyy-MM-dd";

    /// <summary>By currency and day.</summary>
    public static readonly Keyset<FxRate, (string From, DateOnly Day)> Keys = new(
        "fx_rates", 2, ("", DateOnly.MinValue), ("~", DateOnly.MaxValue), r => (r.From.Code, r.Day), k => [k.From, k.Day.ToString(Format, CultureInfo.InvariantCulture)],
        p => DateOnly.TryParseExact(p[1], Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? (p[0], day) : null,
        Comparer<(string From, DateOnly Day)>.Create((a, b) => string.CompareOrdinal(a.From, b.From) is not 0 and var order ? order : a.Day.CompareTo(b.Day)));

    public Result<IReadOnlyList<FxRate>> List(Caller caller, Company company, string? from, Seek<(string From, DateOnly Day)> seek) =>
        All(caller, company, from).Then(all => Keys.Slice(all, seek));

    public Result<IEnumerable<FxRate>> All(Caller caller, Company company, string? from)
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
        return Result<IEnumerable<FxRate>>.Of(from is null ? company.FxRates.All : company.FxRates.Of(only, company.Currency));
    }
}
