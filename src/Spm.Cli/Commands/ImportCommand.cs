using System.CommandLine;
using Spectre.Console;
using Spm.Cli.Rendering;
using Spm.Client;

namespace Spm.Cli.Commands;

internal static class ImportCommand
{
    /// <summary>A script can tell "everything in" (0) from "some rows wait for correction" (2) and from "nothing happened" (1).</summary>
    private const int SomeRowsRejected = 2;

    private const int RejectedRowsShown = 50;

    public static Command Create(Connection connection)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Rows as .ndjson, .jsonl or .csv." };
        file.AcceptExistingOnly();
        var entity = new Option<string>("--entity")
        {
            Description = "What the rows are.",
            DefaultValueFactory = _ => ImportEntity.Transactions,
        };
        entity.AcceptOnlyFromAmong(
            ImportEntity.Transactions, ImportEntity.Reps, ImportEntity.Territories, ImportEntity.Accounts,
            ImportEntity.Quotas, ImportEntity.Measures, ImportEntity.Plans, ImportEntity.FxRates);
        var source = new Option<string>("--source")
        {
            Description = "The system the rows come from: external ids are unique within it, and the same rows from another one are other deals.",
            Required = true,
        };

        var delimiter = new Option<string?>("--delimiter")
        {
            Description = "What ends a field of a .csv file: one character, or \"tab\". A comma when left out.",
        };

        var command = new Command("import", "Load a file and list the rejected rows (exit code 2 when there are any).")
        {
            file, entity, source, delimiter,
        };
        command.SetAction((parsed, ct) => connection.RunAsync(parsed, ct, (client, console, token) =>
            RunAsync(client, console, parsed.GetValue(file)!, parsed.GetValue(entity)!, parsed.GetValue(source)!, parsed.GetValue(delimiter), token)));
        return command;
    }

    private static async Task<int> RunAsync(
        SpmClient client, IAnsiConsole console, FileInfo file, string entity, string source, string? delimiter, CancellationToken ct)
    {
        var jobs = await ImportBars.RunAsync(console,
            [new ImportStep($"{file.Name}, source {source}", progress => client.Imports.ImportFileAsync(
                entity, source, file.FullName, progress, delimiter is "tab" ? "\t" : delimiter, ct))]);
        var job = jobs[0];
        if (job.Error is { } error)
        {
            console.MarkupLineInterpolated($"[red]The import failed[/] ({error.Code}): {error.Detail}");
            return 1;
        }

        if (job.Rows.Rejected == 0)
            return 0;
        var rejected = await client.Imports.RejectedAsync(job.Id, ct).Take(RejectedRowsShown).ToListAsync(ct);
        console.Write(RejectedRows.Each(rejected));
        var more = job.Rows.Rejected - rejected.Count;
        if (more > 0)
            console.MarkupLineInterpolated($"[grey]… and {Figures.Count(more)} more: GET /v1/imports/{job.Id}/rows?status=rejected[/]");
        return SomeRowsRejected;
    }
}
