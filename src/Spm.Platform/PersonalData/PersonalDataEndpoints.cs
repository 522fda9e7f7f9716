using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.AuditTrail;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.PersonalData;

public sealed class PersonalDataEndpoints(ExportQueries exports, ErasureCommands erasures) : IEndpoints
{
    private const string Tag = "Personal data";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/reps/{id}/personal-data", ExportAsync)
            .Operation("exportPersonalData", Tag, "Everything that is kept about one rep, one JSON object a line.", Scopes.PersonalDataRead, ErrorCodes.NotFound).Produces<string>(200, "application/x-ndjson");
        routes.MapPost("/v1/reps/{id}/erase", async (string id, HttpContext http) => Answer.Of(await erasures.EraseAsync(http.Caller(), id)))
            .Operation("erasePersonalData", Tag, "Takes a rep who has left out of everything that is kept, for good; money, ledger and ids stay.", Scopes.PersonalDataErase, ErrorCodes.NotFound, ErrorCodes.RepStillEmployed)
            .Answers<Attestation>();
    }

    private async Task ExportAsync(string id, HttpContext http)
    {
        var records = await exports.ExportAsync(http.Caller(), id);
        if (!records.IsOk)
        {
            await Answer.Problem(records.Error!).ExecuteAsync(http);
            return;
        }
        http.Response.ContentType = "application/x-ndjson";
        await using var writer = new StreamWriter(http.Response.Body, bufferSize: 1 << 16);
        foreach (var record in records.Value)
        {
            await writer.WriteLineAsync(JsonSerializer.Serialize(record, Json.Options).AsMemory(), http.RequestAborted);
        }
    }
}
