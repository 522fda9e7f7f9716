using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Companies;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.ExchangeRates;

public sealed class FxRateEndpoints(TenantDirectory tenants, CompanyCommands companies, FxRateCommands commands, FxRateQueries queries, FxRateSlice rates) : IEndpoints
{
    private const string List = "fx_rates";
    private const string Day = "yyyy-MM-dd";

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
        if (caller.Lacks(Scopes.ConfigurationWrite) is { } lacking)
        {
            return Answer.Problem(lacking);
        }
        var body = await http.ReadJsonAsync();
        if (!body.IsOk)
        {
            return Answer.Problem(body.Error!);
        }
        var outcome = await companies.ChangeAsync(caller, editor => rates.Put(editor, "", "", body.Value));
        if (!outcome.IsOk)
        {
            return Answer.Problem(outcome.Error!);
        }
        var input = Bodies.Read<FxRateInput>(body.Value).Value;
        return Answer.Created(
            new FxRateView(input.From, tenants.Get(caller.Tenant).Company.Settings.Currency, input.Day, Wire.ExactPercent(input.Rate)), outcome.Value == PutOutcome.Created);
    }

    private async Task<IResult> DeleteAsync(HttpContext http) => Answer.Of(await commands.DeleteAsync(http.Caller(), http.Parameter("from"), http.Parameter("day")));

    private IResult Get(HttpContext http)
    {
        var (limit, after) = (http.Limit(), http.After(List, 2));
        if ((http.Caller().Lacks(Scopes.ConfigurationRead) ?? limit.Error ?? after.Error) is { } refusal)
        {
            return Answer.Problem(refusal);
        }
        (string, DateOnly)? start = null;
        if (after.Value is [var from, var text])
        {
            if (!DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return Answer.Problem(new Error(ErrorCodes.CursorInvalid, "Not a cursor of this list."));
            }
            start = (from, day);
        }
        var rows = queries.List(http.Caller(), tenants.Get(http.Caller().Tenant).Company, http.Parameter("from"), start, limit.Value + 1);
        return rows.IsOk
            ? http.Page(List, limit.Value, rows.Value, FxRateView.Of, r => [r.From.Code, r.Day.ToString(Day, CultureInfo.InvariantCulture)])
            : Answer.Problem(rows.Error!);
    }
}
