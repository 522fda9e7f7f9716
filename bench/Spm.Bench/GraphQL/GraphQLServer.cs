using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Spm.GraphQL.Authoring;
using Spm.GraphQL.Execution;
using Spm.GraphQL.Http;

namespace Spm.Bench.GraphQL;

/// <summary>Serves the benchmark's schema, or the same answers without GraphQL, which is what a web server can do at best.</summary>
internal static class GraphQLServer
{
    public static async Task<int> ServeAsync(int port, bool bare)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
        var app = builder.Build();
        app.MapGet("/allocated", () => GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture));
        if (bare)
        {
            var data = new GraphQLData();
            app.MapPost("/graphql", (RequestDelegate)(context => BareEndpoint.AnswerAsync(context, data)));
        }
        else
        {
            app.UseWhen(context => HttpMethods.IsGet(context.Request.Method), sockets => sockets.UseWebSockets());
            app.MapGraphQL("/graphql", new GraphQLExecutor(new ClrSchemaBuilder().AddAssembly(typeof(GraphQLData).Assembly).Build()));
        }
        await app.RunAsync();
        return 0;
    }
}
