using System.Security.Claims;
using System.Text;
using System.Text.Json;

namespace Spm.GraphQL.Execution;

/// <summary>What a client asks.</summary>
public sealed record GraphQLRequest
{
    /// <summary>The document, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>Which of the document's operations; null when there is one.</summary>
    public string? OperationName { get; init; }

    /// <summary>An object of JSON; undefined when there is none.</summary>
    public JsonElement Variables { get; init; }

    public IServiceProvider? Services { get; init; }

    public ClaimsPrincipal? User { get; init; }

    /// <summary>What root fields have as their source.</summary>
    public object? RootValue { get; init; }

    /// <summary>Whether limits for strangers do not apply: documents of one's own, operators.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>Whether the response is to say in its extensions what the operation was taken to cost.</summary>
    public bool ReportCost { get; init; }

    /// <summary>A request of text.</summary>
    public static GraphQLRequest Of(string document, string? variables = null, string? operationName = null) => new()
    {
        Document = Encoding.UTF8.GetBytes(document),
        Variables = variables is null ? default : JsonElement.Parse(variables),
        OperationName = operationName,
    };
}
