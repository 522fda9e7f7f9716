using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;

namespace Spm.Platform.Companies;

/// <summary>A currency's rate for good.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Rate">Units of the company's currency for one of it.</param>
public sealed record FixedRate(string Currency, string Rate);

[QueryType]
internal static class CompanyRoots
{
    /// <summary>The company's name, currency, and rule for other currencies.</summary>
    public static CompanyView GetCompany(SettingsQueries queries, Call call) => queries.Get(call.Caller).OrRefuse();
}

[ObjectType<FxView>]
internal static class FxFields
{
    /// <summary>Rates by currency, where the rule is one rate for good; null otherwise.</summary>
    public static IReadOnlyList<FixedRate>? GetFixedRates([Parent] FxView fx) => fx.FixedRates is { } rates ? [.. rates.Select(r => new FixedRate(r.Key, r.Value))] : null;
}
