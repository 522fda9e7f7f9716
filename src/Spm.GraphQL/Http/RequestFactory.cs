using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Spm.GraphQL.Execution;

namespace Spm.GraphQL.Http;

/// <summary>Makes requests for the engine of what was sent.</summary>
internal sealed class RequestFactory(GraphQLHttpOptions options)
{
    /// <summary>A request header: <c>report</c> asks for the cost of the operation in the response's extensions.</summary>
    public const string CostHeader = "GraphQL-Cost";

    private readonly PersistedDocuments _documents = new(options);

    /// <returns>The request, or the error of one that is well-formed but not allowed.</returns>
    /// <exception cref="BadParameters">It is not well-formed.</exception>
    public (GraphQLRequest? Request, GraphQLError? Error) Make(HttpContext context, RequestParameters parameters, IServiceProvider services)
    {
        var (document, isTrusted, error) = _documents.Find(parameters);
        if (error is not null)
        {
            return (null, error);
        }
        isTrusted |= options.Trusts?.Invoke(context) == true;
        if (options.OnlyTrustedDocuments && !isTrusted)
        {
            return (null, new GraphQLError("Only trusted documents are executed.") { Extensions = Codes.Code("DOCUMENT_NOT_TRUSTED") });
        }
        return (new GraphQLRequest
        {
            Document = document,
            OperationName = parameters.OperationName,
            Variables = parameters.Variables,
            Services = services,
            // Asked of the context itself, nobody would be made somebody who is not known.
            User = context.Features.Get<IHttpAuthenticationFeature>()?.User,
            IsTrusted = isTrusted,
            ReportCost = context.Request.Headers.TryGetValue(CostHeader, out var cost) && cost == "report",
        }, null);
    }
}
