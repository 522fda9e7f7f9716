using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Companies;

/// <summary>The tenant's own settings.</summary>
public sealed class CompanyEndpoints(SettingsQueries queries, SettingsCommands commands) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/company", (Delegate)PutAsync)
            .Operation("putCompany", "Company", "Sets the company's name, currency, and rule for other currencies. The currency stays once there are transactions or rates; another rule credits what it converts anew.", Scopes.ConfigurationWrite, ErrorCodes.CurrencyUnknown, ErrorCodes.CurrencyInUse, ErrorCodes.FxRuleInvalid, ErrorCodes.FxRuleInUse, ErrorCodes.FxRateOfOwnCurrency, ErrorCodes.LimitExceeded)
            .Reads<CompanyInput>().Answers<CompanyView>();
        routes.MapGet("/v1/company", (HttpContext http) => Answer.Of(queries.Get(http.Caller())))
            .Operation("getCompany", "Company", "The company's name, currency, and rule for other currencies.", Scopes.CalendarRead).Answers<CompanyView>();
    }

    private async Task<IResult> PutAsync(HttpContext http)
    {
        var input = await http.ReadAsync<CompanyInput>();
        return input.IsOk ? Answer.Of(await commands.PutAsync(http.Caller(), input.Value)) : Answer.Problem(input.Error!);
    }
}
