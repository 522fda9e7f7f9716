using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
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
        var data = new GraphQLData();
        builder.Services.AddSingleton(data);
        var app = builder.Build();
        app.MapGet("/allocated", () => GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture));
        if (bare)
        {
            app.MapPost("/graphql", (RequestDelegate)(context => BareAsync(context, data)));
        }
        else
        {
            app.UseWebSockets();
            app.MapGraphQL("/graphql", new GraphQLExecutor(new ClrSchemaBuilder().AddAssembly(typeof(GraphQLData).Assembly).Build()));
        }
        await app.RunAsync();
        return 0;
    }

    /// <summary>Reads the variables, looks the data up, and has the serialiser that is generated for it write the answer.</summary>
    private static async Task BareAsync(HttpContext context, GraphQLData data)
    {
        var request = (await JsonSerializer.DeserializeAsync(context.Request.Body, BareJson.Default.BareRequest, context.RequestAborted))!;
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        var (first, offset) = (request.Variables.First, request.Variables.Offset ?? 0);
        switch (request.OperationName)
        {
            case "A":
                var rep = data.Find(request.Variables.Id!)!;
                JsonSerializer.Serialize(writer, new Answer<OneRep>(new(new(rep.Id, rep.Name, rep.Email))), BareJson.Default.AnswerOneRep);
                break;
            case "B":
                var quotas = data.Slice(first, offset);
                JsonSerializer.Serialize(
                    writer,
                    new Answer<ManyReps<RepB>>(new([.. quotas.Select(r => new RepB(r.Id, r.Name, r.Territory, r.Attainment))])),
                    BareJson.Default.AnswerManyRepsRepB);
                break;
            default:
                var paid = data.Slice(first, offset);
                JsonSerializer.Serialize(
                    writer,
                    new Answer<ManyReps<RepC>>(new([.. paid.Select(r => new RepC(r.Id, r.Name, new ArraySegment<Payout>(r.AllPayouts, 0, 12)))])),
                    BareJson.Default.AnswerManyRepsRepC);
                break;
        }
    }
}

internal sealed record BareRequest(string OperationName, BareVariables Variables);

internal sealed record BareVariables(string? Id, int First, int? Offset);

internal sealed record Answer<T>(T Data);

internal sealed record OneRep(RepA Rep);

internal sealed record ManyReps<T>(T[] Reps);

internal sealed record RepA(string Id, string Name, string Email);

internal sealed record RepB(string Id, string Name, Territory Territory, Attainment Attainment);

internal sealed record RepC(string Id, string Name, ArraySegment<Payout> Payouts);

internal sealed class UpperCaseEnum() : JsonStringEnumConverter<PayoutStatus>(JsonNamingPolicy.SnakeCaseUpper);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UpperCaseEnum)])]
[JsonSerializable(typeof(BareRequest))]
[JsonSerializable(typeof(Answer<OneRep>))]
[JsonSerializable(typeof(Answer<ManyReps<RepB>>))]
[JsonSerializable(typeof(Answer<ManyReps<RepC>>))]
internal sealed partial class BareJson : JsonSerializerContext;
