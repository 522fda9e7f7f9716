using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Spm.GraphQL.Execution;

namespace Spm.GraphQL.Http;

/// <summary>Puts a schema under a path of a web application.</summary>
public static class GraphQLEndpoints
{
    /// <summary>
    /// Serves GraphQL over HTTP, server-sent events and, where the application uses WebSockets, the protocol
    /// <c>graphql-transport-ws</c>.
    /// </summary>
    public static IEndpointConventionBuilder MapGraphQL(
        this IEndpointRouteBuilder endpoints, string pattern, GraphQLExecutor executor, GraphQLHttpOptions? options = null) =>
        endpoints.Map(pattern, new GraphQLHandler(executor, options ?? new GraphQLHttpOptions()).HandleAsync);
}
