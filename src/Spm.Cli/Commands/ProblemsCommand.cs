using System.CommandLine;
using Spectre.Console;
using Spm.Cli.Rendering;

namespace Spm.Cli.Commands;

internal static class ProblemsCommand
{
    public static Command Create(Connection connection)
    {
        var code = new Option<string?>("--code") { Description = "List the problems with this code, such as uncredited." };
        var period = PeriodOption.Create("all periods when absent");
        var limit = new Option<int>("--limit") { Description = "How many to list.", DefaultValueFactory = _ => 50 };
        var command = new Command("problems", "What could not be credited as sent, with the money at stake.") { code, period, limit };
        command.SetAction((parsed, ct) => connection.RunAsync(parsed, ct, async (client, console, token) =>
        {
            if (parsed.GetValue(code) is null && parsed.GetValue(period) is null)
            {
                console.Write(ProblemTable.Summary(await client.Results.ProblemSummaryAsync(token).ToListAsync(token)));
                return 0;
            }

            // The summary counts everything, so it is not shown above a part.
            var shown = parsed.GetValue(limit);
            var problems = await client.Results.ProblemsAsync(parsed.GetValue(code), parsed.GetValue(period), token).Take(shown + 1).ToListAsync(token);
            if (problems.Count == 0)
            {
                console.MarkupLine("[grey]No such problems.[/]");
                return 0;
            }

            console.Write(ProblemTable.Each(problems.Take(shown)));
            if (problems.Count > shown)
                console.MarkupLine("[grey]… and more: --limit[/]");
            return 0;
        }));
        return command;
    }
}
