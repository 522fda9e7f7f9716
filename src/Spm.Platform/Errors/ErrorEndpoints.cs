using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Errors;

/// <summary>The table of error codes, to be read by whoever follows a problem's type.</summary>
public sealed class ErrorEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/errors", () => Answer.Ok(ErrorCodes.All.Values.OrderBy(c => c.Code, StringComparer.Ordinal))).ExcludeFromDescription();
        routes.MapGet("/errors/{code}", (string code) => ErrorCodes.All.TryGetValue(code, out var found) ? Answer.Ok(found) : Answer.NotFound("error code", code))
            .ExcludeFromDescription();
    }
}
