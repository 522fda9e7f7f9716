using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Spm.Bench.GraphQL;

/// <summary>
/// The same answers without GraphQL, as somebody would write them by hand who wants nothing but speed: the variables are read by generated code,
/// and a writer with names encoded beforehand goes straight into the response.
/// </summary>
internal static class BareEndpoint
{
    private static readonly JsonWriterOptions Fast = new() { SkipValidation = true };
    private static readonly JsonEncodedText Data = Name("data"), Rep = Name("rep"), Reps = Name("reps"), Id = Name("id"), FullName = Name("name"), Email = Name("email"),
        Territory = Name("territory"), Attainment = Name("attainment"), Quota = Name("quota"), Credited = Name("credited"), Percent = Name("percent"),
        Payouts = Name("payouts"), Period = Name("period"), Amount = Name("amount"), Status = Name("status");

    private static readonly JsonEncodedText[] Statuses = [Name("PENDING"), Name("APPROVED"), Name("PAID")];

    public static async Task AnswerAsync(HttpContext context, GraphQLData data)
    {
        var request = (await JsonSerializer.DeserializeAsync(context.Request.Body, BareJson.Default.BareRequest, context.RequestAborted))!;
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, Fast);
        writer.WriteStartObject();
        writer.WriteStartObject(Data);
        switch (request.OperationName)
        {
            case "A":
                WriteOne(writer, data.Find(request.Variables.Id!)!);
                break;
            case "B":
                WriteMany(writer, data.Slice(request.Variables.First, request.Variables.Offset ?? 0), WriteAttainment);
                break;
            default:
                WriteMany(writer, data.Slice(request.Variables.First, request.Variables.Offset ?? 0), WritePayouts);
                break;
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteOne(Utf8JsonWriter writer, BenchRep rep)
    {
        writer.WriteStartObject(Rep);
        writer.WriteString(Id, rep.Id);
        writer.WriteString(FullName, rep.Name);
        writer.WriteString(Email, rep.Email);
        writer.WriteEndObject();
    }

    private static void WriteMany(Utf8JsonWriter writer, ArraySegment<BenchRep> reps, Action<Utf8JsonWriter, BenchRep> rest)
    {
        writer.WriteStartArray(Reps);
        foreach (var rep in reps)
        {
            writer.WriteStartObject();
            writer.WriteString(Id, rep.Id);
            writer.WriteString(FullName, rep.Name);
            rest(writer, rep);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteAttainment(Utf8JsonWriter writer, BenchRep rep)
    {
        writer.WriteStartObject(Territory);
        writer.WriteString(Id, rep.Territory.Id);
        writer.WriteString(FullName, rep.Territory.Name);
        writer.WriteEndObject();
        writer.WriteStartObject(Attainment);
        writer.WriteNumber(Quota, rep.Attainment.Quota);
        writer.WriteNumber(Credited, rep.Attainment.Credited);
        writer.WriteNumber(Percent, rep.Attainment.Percent);
        writer.WriteEndObject();
    }

    private static void WritePayouts(Utf8JsonWriter writer, BenchRep rep)
    {
        writer.WriteStartArray(Payouts);
        foreach (var payout in rep.AllPayouts.AsSpan(0, 12))
        {
            writer.WriteStartObject();
            writer.WriteString(Id, payout.Id);
            writer.WriteString(Period, payout.Period);
            writer.WriteNumber(Amount, payout.Amount);
            writer.WriteString(Status, Statuses[(int)payout.Status]);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static JsonEncodedText Name(string name) => JsonEncodedText.Encode(name);
}

internal sealed record BareRequest(string OperationName, BareVariables Variables);

internal sealed record BareVariables(string? Id, int First, int? Offset);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BareRequest))]
internal sealed partial class BareJson : JsonSerializerContext;
