using Microsoft.OpenApi;

namespace Spm.Host;

/// <summary>The OpenAPI 3.1 document at /openapi.json and Swagger UI at /swagger.</summary>
internal static class OpenApi
{
    private const string Document = "v1";

    public static void AddSpmOpenApi(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = OpenApiSchemas.Name;
        options.AddSchemaTransformer((schema, context, _) => OpenApiSchemas.Describe(schema, context));
        options.AddOperationTransformer((operation, context, cancel) => OpenApiOperations.DescribeAsync(operation, context, cancel));
        options.AddDocumentTransformer((document, _, _) => OpenApiDocuments.Describe(document));
    });

    public static void MapSpmOpenApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi.json");
        app.UseSwaggerUI(o =>
        {
            o.SwaggerEndpoint("/openapi.json", "Spm v1");
            o.RoutePrefix = "swagger";
            o.DocumentTitle = "Spm API";
        });
    }
}
