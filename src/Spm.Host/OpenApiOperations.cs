using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Host;

/// <summary>Writes into each operation what its endpoint says about itself: parameters, headers, scope and every refusal.</summary>
internal static class OpenApiOperations
{
    private const string ProblemSchema = "ProblemDetails";

    private static readonly Dictionary<string, string> PathParameters = new(StringComparer.Ordinal)
    {
        ["source"] = "The system the record comes from, such as `crm`.",
        ["external_id"] = "The record's key in its source.",
        ["year"] = "The fiscal year's name: up to 20 letters, digits and underscores.",
        ["row"] = "The row's number in the file, from 1.",
    };

    // Codes that follow from what an operation takes, so that endpoints need not repeat them.
    private static readonly string[] BodyCodes =
        [ErrorCodes.BodyMalformed, ErrorCodes.FieldUnknown, ErrorCodes.FieldRequired, ErrorCodes.FieldMalformed, ErrorCodes.MediaTypeUnsupported, ErrorCodes.ContentEncodingUnsupported, ErrorCodes.PayloadTooLarge];

    private static readonly string[] IdempotencyCodes = [ErrorCodes.ParameterInvalid, ErrorCodes.IdempotencyKeyReused, ErrorCodes.IdempotencyKeyInUse];

    public static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var path = "/" + context.Description.RelativePath;
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>().Where(p => p.In == ParameterLocation.Path))
        {
            parameter.Description = PathParameters.GetValueOrDefault(parameter.Name!) ?? (parameter.Name == "id" ? $"The id of the {Noun(path)}." : $"The {parameter.Name}.");
        }
        foreach (var parameters in metadata.OfType<OperationParameters>())
        {
            foreach (var (name, description) in parameters.Parameters)
            {
                operation.Parameters.Add(Query(name, description, parameters.Required));
            }
        }
        if (FieldSelection.Answer(context.Description.HttpMethod ?? "", metadata) is not null)
        {
            operation.Parameters.Add(Query(FieldSelection.Parameter, "Only these fields of the answer, of a page those of its rows: `id,name`, with a point into objects and lists.", required: false));
        }
        AddHeaders(operation, metadata);
        DescribePatch(operation);
        operation.Deprecated = metadata.OfType<OperationDeprecated>().Any();
        if (metadata.OfType<OperationScope>().FirstOrDefault() is { } scope)
        {
            operation.Description = $"Needs the scope `{scope.Scope}`.";
            operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
            operation.Extensions["x-scope"] = new JsonNodeExtension(scope.Scope);
        }
        else if (metadata.OfType<OperationSigned>().Any())
        {
            operation.Description = "Needs no credential: the body is signed with the secret that the vendor and the connection share.";
            operation.Security = [];
        }
        await AddErrorsAsync(operation, context, Codes(metadata), path, cancel);
        if (metadata.OfType<OperationParameters>().Any(p => p.Parameters.Any(q => q.Name == "cursor")) && operation.Responses!["200"] is OpenApiResponse page)
        {
            page.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Link"] = new OpenApiHeader { Description = "RFC 8288: `first`, `prev` behind the first page, and `next` while more pages follow.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
            };
        }
    }

    /// <summary>Of what a PUT takes nothing is required in a patch, and everything may be null.</summary>
    private static void DescribePatch(OpenApiOperation operation)
    {
        if (operation.RequestBody?.Content?.TryGetValue(MergePatch.MediaType, out var media) == true)
        {
            media.Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = $"JSON Merge Patch (RFC 7396) of what `{operation.OperationId!.Replace("patch", "put", StringComparison.Ordinal)}` takes: null takes a field away, a list replaces the one that is there.",
            };
        }
    }

    private static OpenApiParameter Query(string name, string description, bool required) => new()
    {
        Name = name,
        In = ParameterLocation.Query,
        Description = description,
        Required = required,
        Schema = name == "limit"
            ? new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Minimum = "1",
                Maximum = Limits.MaxPageSize.ToString(CultureInfo.InvariantCulture),
                Default = Limits.PageSize,
            }
            : new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static void AddHeaders(OpenApiOperation operation, IList<object> metadata)
    {
        if (metadata.OfType<OperationScope>().Any())
        {
            operation.Parameters!.Add(Header(ApiVersions.Header, "The version of the API to answer in; that of the credential when left out.", false));
        }
        if (metadata.OfType<OperationNeedsIfMatch>().Any())
        {
            operation.Parameters!.Add(Header("If-Match", "The ETag of the state that was seen; the request is refused when it has changed since.", true));
        }
        if (metadata.OfType<OperationTakesIfMatch>().Any())
        {
            operation.Parameters!.Add(Header("If-Match", "The ETag of the state that was seen: the request is refused when it has changed since. Left out, it is not asked.", false));
        }
        if (metadata.OfType<OperationTakesPrefer>().Any())
        {
            operation.Parameters!.Add(Header("Prefer", $"`respond-async`: answer 202 where the work is not done within `wait` seconds, 0 to {Limits.WaitSeconds}, and let it go on.", false));
        }
        if (metadata.OfType<OperationIdempotent>().Any())
        {
            operation.Parameters!.Add(Header(
                IdempotencyFilter.Header, $"A key of the caller's own, up to {Limits.IdLength} characters: the same key and body are answered as the first time.", false));
        }
    }

    private static OpenApiParameter Header(string name, string description, bool required) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Required = required,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static IEnumerable<ErrorCode> Codes(IList<object> metadata)
    {
        IEnumerable<string> codes = metadata.OfType<OperationErrors>().SelectMany(e => e.Codes).Append(ErrorCodes.Internal);
        if (metadata.OfType<IAcceptsMetadata>().Any(a => a.ContentTypes.Contains("application/json") || a.ContentTypes.Contains(MergePatch.MediaType)))
        {
            codes = codes.Concat(BodyCodes);
        }
        if (metadata.OfType<OperationNeedsIfMatch>().Any())
        {
            codes = codes.Append(ErrorCodes.PreconditionRequired).Append(ErrorCodes.PreconditionFailed);
        }
        if (metadata.OfType<OperationTakesIfMatch>().Any())
        {
            codes = codes.Append(ErrorCodes.PreconditionFailed);
        }
        if (metadata.OfType<OperationIdempotent>().Any())
        {
            codes = codes.Concat(IdempotencyCodes);
        }
        return codes.Distinct(StringComparer.Ordinal).Select(c => ErrorCodes.All[c]);
    }

    private static async Task AddErrorsAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, IEnumerable<ErrorCode> codes, string path, CancellationToken cancel)
    {
        var document = context.Document!;
        if (document.Components?.Schemas?.ContainsKey(ProblemSchema) != true)
        {
            document.AddComponent(ProblemSchema, await context.GetOrCreateSchemaAsync(typeof(ProblemBody), null, cancel));
        }
        operation.Responses ??= [];
        foreach (var group in codes.GroupBy(c => c.Status).OrderBy(g => g.Key))
        {
            var first = group.First();
            operation.Responses[group.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join("\n", group.Select(c => $"- `{c.Code}`: {c.Title}")),
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [ProblemBody.MediaType] = new() { Schema = new OpenApiSchemaReference(ProblemSchema, document), Example = Problem(first, path) },
                },
                Extensions = new Dictionary<string, IOpenApiExtension>
                {
                    ["x-error-codes"] = new JsonNodeExtension(new JsonArray([.. group.Select(c => (JsonNode)c.Code)])),
                },
            };
        }
    }

    private static JsonObject Problem(ErrorCode code, string path) => new()
    {
        ["type"] = $"/errors/{code.Code}",
        ["title"] = code.Title,
        ["status"] = code.Status,
        ["detail"] = code.Title,
        ["instance"] = path,
        ["code"] = code.Code,
        ["errors"] = new JsonArray(),
        ["request_id"] = "4bf92f3577b34da6a3ce929d0e0e4736",
    };

    /// <summary>What the id in a path belongs to: "payout batch" in /v1/payout-batches/{id}/claim.</summary>
    private static string Noun(string path)
    {
        var segments = path.Split('/');
        var plural = segments[Array.FindIndex(segments, s => s.StartsWith('{')) - 1].Replace('-', ' ');
        return plural.EndsWith("ies", StringComparison.Ordinal) ? plural[..^3] + "y"
            : plural.EndsWith("ches", StringComparison.Ordinal) ? plural[..^2]
            : plural.TrimEnd('s');
    }
}
