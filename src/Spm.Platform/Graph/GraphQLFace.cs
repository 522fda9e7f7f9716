using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Spm.GraphQL;
using Spm.GraphQL.Execution;
using Spm.GraphQL.Http;
using Spm.GraphQL.Types;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Graph;

/// <summary>Serves the schema at /graphql: over HTTP, server-sent events and WebSockets.</summary>
public sealed partial class GraphQLFace(Schema schema, SocketCallers sockets, TrustedDocuments documents, ILogger<GraphQLFace> log) : IEndpoints
{
    public const string Path = "/graphql";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGraphQL(
        Path,
        new GraphQLExecutor(schema, new ExecutorOptions { Timeout = Timeout, MapError = failure => MapError(failure, log), OnUnexpected = failure => Failed(log, failure) }),
        new GraphQLHttpOptions
        {
            MaxRequestBytes = (int)Kernel.Limits.BodyBytes,
            TrustedDocuments = documents.ById,
            OnlyTrustedDocuments = documents.Only,
            OnConnect = sockets.ConnectAsync,
            OnOperation = sockets.OperateAsync,
        });

    private static GraphQLError? MapError(Exception failure, ILogger log)
    {
        if (DiskFull.Is(failure))
        {
            Full(log, failure.Message);
            return Refusals.Of(Error.StorageFull).Error;
        }
        if (failure is TimeoutException)
        {
            Late(log, failure.Message);
            return Refusals.Of(Error.AnswerLate).Error;
        }
        return failure is StoreLostException ? Refusals.Of(new Error(ErrorCodes.TenantMoving, "The tenant is moving to another host: send the request again.")).Error : null;
    }

    [LoggerMessage(LogLevel.Error, "A field of GraphQL failed.")]
    private static partial void Failed(ILogger logger, Exception failure);

    [LoggerMessage(LogLevel.Error, "A field of GraphQL was not answered in time. {Detail}")]
    private static partial void Late(ILogger logger, string detail);

    [LoggerMessage(LogLevel.Critical, "The disk is full: a field of GraphQL was refused. {Detail}")]
    private static partial void Full(ILogger logger, string detail);
}
