using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Plans;

public sealed class PlanCheckEndpoints(PlanCheckQueries queries) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/plans/check", (Delegate)CheckAsync)
            .Operation("checkPlan", "Plans", "Whether a plan document could be put, which of its tests fail, and what its author should look at. Nothing is kept.", Scopes.ConfigurationRead, ErrorCodes.BodyMalformed, ErrorCodes.FieldUnknown)
            .Reads<PlanInput>().Answers<PlanCheckView>();
        routes.MapGet("/v1/plans/{id}/findings", (string id, HttpContext http) => Answer.Of(queries.Findings(http.Caller(), id), findings => new Page<PlanFindingView>(findings, null)))
            .Operation("listPlanFindings", "Plans", "Cliffs, falling pay, dead zones, windfalls and the like in a plan that is here, each with where it bites and the money.", Scopes.ConfigurationRead, ErrorCodes.NotFound)
            .Answers<Page<PlanFindingView>>();
    }

    private async Task<IResult> CheckAsync(HttpContext http)
    {
        var input = await http.ReadAsync<PlanInput>();
        return input.IsOk ? Answer.Of(queries.Check(http.Caller(), input.Value)) : Answer.Problem(input.Error!);
    }
}
