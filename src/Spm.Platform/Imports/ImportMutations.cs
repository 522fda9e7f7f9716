using System.Text;
using System.Text.Json;
using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Imports;

/// <summary>Rows to be worked off in the background. What does not fit into a request is sent to REST's /v1/imports.</summary>
/// <param name="Entity">transactions, reps, territories, accounts, quotas, measures, plans or fx_rates.</param>
/// <param name="Source">The system the rows come from, where a row does not say.</param>
/// <param name="Rows">The file: a JSON object a line, or CSV with a header row. Names in it are those of REST.</param>
/// <param name="Format">How the rows are written.</param>
/// <param name="Delimiter">Of CSV: , ; | or tab.</param>
/// <param name="IdempotencyKey">The same key and input are answered as the first time.</param>
public sealed record StartImportInput(string Entity, string Source, string Rows, ImportFormat Format = ImportFormat.Ndjson, string Delimiter = ",", string? IdempotencyKey = null);

/// <summary>Which import tries its rejected rows again.</summary>
/// <param name="Import">Id of the job.</param>
/// <param name="IdempotencyKey">The same key and input are answered as the first time.</param>
public sealed record RetryImportInput([property: ID] string Import, string? IdempotencyKey = null);

/// <summary>A corrected row in the place of a rejected one.</summary>
/// <param name="Import">Id of the job.</param>
/// <param name="Row">Counted from 1, without the header and blank lines.</param>
/// <param name="Fields">The row as a JSON object; names in it are those of REST.</param>
public sealed record CorrectImportRowInput([property: ID] string Import, long Row, JsonElement Fields);

/// <summary>The import job as it is now.</summary>
/// <param name="Import">Null where the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record ImportPayload(ImportView? Import, IReadOnlyList<UserError> UserErrors);

/// <summary>What became of the corrected row: it may be rejected again.</summary>
/// <param name="Row">Null where the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record ImportRowPayload(ImportRowView? Row, IReadOnlyList<UserError> UserErrors);

[MutationType]
internal static class ImportMutations
{
    /// <summary>Takes rows and works them off in the background; records need configuration.write.</summary>
    public static async Task<ImportPayload?> StartImportAsync(StartImportInput input, ImportCommands commands, OnceOnly once, Call call) => await once.RunAsync(
        "startImport", ImportCommands.ScopeOf(input.Entity), input.IdempotencyKey, input,
        keep => StartedAsync(input, commands, call, keep).PayloadAsync(Of, Refused), Refused);

    /// <summary>Tries all rejected rows of an import again as they stand.</summary>
    public static async Task<ImportPayload?> RetryImportAsync(RetryImportInput input, ImportCommands commands, OnceOnly once, Call call) => await once.RunAsync(
        "retryImport", Scopes.TransactionsWrite, input.IdempotencyKey, input,
        () => commands.RetryAsync(call.Caller, input.Import).PayloadAsync(Of, Refused), Refused);

    /// <summary>Puts a corrected row in the place of a rejected one.</summary>
    public static async Task<ImportRowPayload?> CorrectImportRowAsync(CorrectImportRowInput input, ImportCommands commands, Call call) => await commands
        .CorrectAsync(call.Caller, input.Import, input.Row, input.Fields).PayloadAsync(row => new ImportRowPayload(ImportRowView.Of(row), []), errors => new ImportRowPayload(null, errors));

    private static async Task<Result<ImportJob>> StartedAsync(StartImportInput input, ImportCommands commands, Call call, Action<SqlSession, ImportPayload>? keep)
    {
        using var rows = new MemoryStream(Encoding.UTF8.GetBytes(input.Rows), writable: false);
        var upload = await commands.ReceiveAsync(call.Caller, input.Entity, input.Source, input.Format, input.Delimiter, rows, null, CancellationToken.None);
        return upload.IsOk ? await commands.QueueAsync(upload.Value, (session, job) => keep?.Invoke(session, Of(job))) : upload.Error!;
    }

    private static ImportPayload Of(ImportJob job) => new(ImportView.Of(job), []);

    private static ImportPayload Refused(IReadOnlyList<UserError> errors) => new(null, errors);
}
