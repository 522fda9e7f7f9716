using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Modelling;

public sealed class ModelEndpoints(EstimateQueries estimates, RemodelQueries remodels) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/reps/{id}/estimate", EstimateAsync)
            .Operation("estimateRep", "Modelling", "What deals that nobody has sent yet would pay a rep, where the rep stands now. Nothing is kept.", Scopes.PerformanceRead, ErrorCodes.NotFound, ErrorCodes.LimitExceeded, ErrorCodes.DateOutsideCalendar, ErrorCodes.AmountTooLarge, ErrorCodes.PercentInvalid, ErrorCodes.FactInvalid, ErrorCodes.FigureTooLarge)
            .Reads<EstimateInput>().Answers<EstimateView>();
        routes.MapPost("/v1/plans/{id}/remodel", RemodelAsync)
            .Operation("remodelPlan", "Modelling", "What a fiscal year would have cost under another document of the plan: distribution, winners and losers, cost of a point of attainment. Nothing is kept.", Scopes.CompanyPerformanceRead, ErrorCodes.NotFound, ErrorCodes.PeriodUnknown, ErrorCodes.PlanInvalid, ErrorCodes.PlanTestFailed, ErrorCodes.FigureTooLarge)
            .Reads<RemodelInput>().Answers<RemodelView>();
    }

    private async Task<IResult> EstimateAsync(string id, HttpContext http)
    {
        var input = await http.ReadAsync<EstimateInput>();
        return input.IsOk ? Answer.Of(estimates.Estimate(http.Caller(), id, input.Value)) : Answer.Problem(input.Error!);
    }

    private async Task<IResult> RemodelAsync(string id, HttpContext http)
    {
        var input = await http.ReadAsync<RemodelInput>();
        return input.IsOk ? Answer.Of(remodels.Remodel(http.Caller(), id, input.Value)) : Answer.Problem(input.Error!);
    }
}
