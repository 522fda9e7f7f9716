using Spm.Compensation.Fx;
using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;

namespace Spm.Platform.Companies;

/// <summary>The company's own settings.</summary>
/// <param name="Name">What the company is called.</param>
/// <param name="Currency">ISO 4217: what the company credits and pays in.</param>
/// <param name="Fx">Which rate converts amounts of other currencies before they are credited; that of the transaction's day when left out.</param>
public sealed record PutCompanyInput(string Name, string Currency, FxRuleInput? Fx = null);

/// <summary>Which rate converts amounts of other currencies.</summary>
/// <param name="Rate">That of the transaction's day, a month's mean, or rates for good.</param>
/// <param name="AverageDecimals">With a month's mean: decimals that it is rounded at, half to even; 10 when left out.</param>
/// <param name="FixedRates">With rates for good: all of them.</param>
public sealed record FxRuleInput(FxBasis Rate, int? AverageDecimals = null, IReadOnlyList<FixedRateInput>? FixedRates = null);

/// <summary>A currency's rate for good.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Rate">Units of the company's currency for one of it.</param>
public sealed record FixedRateInput(string Currency, decimal Rate);

/// <summary>The company as it is now.</summary>
/// <param name="Company">Null where the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record CompanyPayload(CompanyView? Company, IReadOnlyList<UserError> UserErrors);

[MutationType]
internal static class CompanyMutations
{
    /// <summary>Sets the company's name, currency, and rule for other currencies. The currency stays once there are transactions or rates; another rule credits what it converts anew.</summary>
    public static async Task<CompanyPayload?> PutCompanyAsync(PutCompanyInput input, SettingsCommands commands, Call call) => await commands
        .PutAsync(call.Caller, new CompanyInput(input.Name, input.Currency, input.Fx is { } fx ? new FxInput(fx.Rate, fx.AverageDecimals, Rates(fx.FixedRates)) : null))
        .PayloadAsync(company => new CompanyPayload(company, []), errors => new CompanyPayload(null, errors));

    /// <summary>Of a currency that stands there twice the last rate counts, as in a JSON object of REST it could stand there once only.</summary>
    private static Dictionary<string, decimal>? Rates(IReadOnlyList<FixedRateInput>? rates) =>
        rates?.GroupBy(r => r.Currency, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Rate, StringComparer.Ordinal);
}
