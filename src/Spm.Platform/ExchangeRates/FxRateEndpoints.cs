using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Companies;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.ExchangeRates;

public sealed class FxRateEndpoints(TenantDirectory tenants, FxRateCommands commands, FxRateQueries queries) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/fx-rates", (Delegate)PutAsync)
            .Operation("putFxRate", "Exchange rates", "Sets a currency's rate of a day. Transactions of the days that it decides are credited anew, those of closed months too.", Scopes.ConfigurationWrite, ErrorCodes.CurrencyUnknown, ErrorCodes.FxRateOutOfRange, ErrorCodes.FxRateOfOwnCurrency, ErrorCodes.LimitExceeded)
            .Reads<FxRateInput>().Answers<FxRateView>(200, 201);
        routes.MapDelete("/v1/fx-rates", (Delegate)DeleteAsync)
            .Operation("deleteFxRate", "Exchange rates", "Takes a rate away, as if it had never been set. What it converted is credited anew at the rate that decides then, or at none.", Scopes.ConfigurationWrite, ErrorCodes.NotFound, ErrorCodes.CurrencyUnknown, ErrorCodes.ParameterInvalid, ErrorCodes.LimitExceeded)
            .NeedsParameter("from", "The currency.").NeedsParameter("day", "The day that the rate is dated.").Answers<FxRateView>();
        routes.MapGet("/v1/fx-rates", (Delegate)Get)
            .Operation("listFxRates", "Exchange rates", "All rates, by currency and day.", Scopes.ConfigurationRead, ErrorCodes.CurrencyUnknown, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
            .Paged(("from", "Only of this currency.")).Answers<Page<FxRateView>>();
    }

    private async Task<IResult> PutAsync(HttpContext http)
    {
        var caller = http.Caller();
        var body = await http.ReadJsonAsync();
        if (!body.IsOk)
        {
            return Answer.Problem(body.Error!);
        }
        var put = await commands.PutAsync(caller, body.Value);
        return put.IsOk ? Answer.Created(put.Value.Rate, put.Value.Outcome == PutOutcome.Created) : Answer.Problem(put.Error!);
    }

    private async Task<IResult> DeleteAsync(HttpContext http) => Answer.Of(await commands.DeleteAsync(http.Caller(), http.Parameter("from"), http.Parameter("day")));

    private IResult Get(HttpContext http)
    {
        var seek = http.Seek(FxRateQueries.Keys);
        return seek.Error is { } refusal
            ? Answer.Problem(refusal)
            : http.Page(FxRateQueries.Keys, queries.List(http.Caller(), tenants.Get(http.Caller().Tenant).Company, http.Parameter("from"), seek.Value), FxRateView.Of);
    }
}
