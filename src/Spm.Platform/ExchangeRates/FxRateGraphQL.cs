using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.ExchangeRates;

/// <summary>Which exchange rates are asked for; null does not narrow.</summary>
/// <param name="From">Only of this currency, by its ISO 4217 code.</param>
public sealed record FxRateFilter(string? From = null);

[QueryType]
internal static class FxRateRoots
{
    /// <summary>Exchange rates by currency and day.</summary>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<FxRateView>> GetFxRatesAsync(PageArguments page, FxRateQueries queries, Call call, FxRateFilter? filter = null)
    {
        var company = call.CompanyFor(Scopes.ConfigurationRead);
        return Pages.Of(
            FxRateQueries.Keys, page, seek => queries.List(call.Caller, company, filter?.From, seek), FxRateView.Of,
            () => queries.All(call.Caller, company, filter?.From).Then(all => all.LongCount()));
    }
}
