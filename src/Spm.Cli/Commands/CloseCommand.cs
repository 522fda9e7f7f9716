using System.CommandLine;
using Spectre.Console;

namespace Spm.Cli.Commands;

internal static class CloseCommand
{
    public static Command Create(Connection connection)
    {
        var period = new Argument<string>("PERIOD") { Description = "A month, such as 2025-01." };
        var command = new Command("close", "Close a month: its payouts stop moving and can be batched.") { period };
        command.SetAction((parsed, ct) => connection.RunAsync(parsed, ct, async (client, console, token) =>
        {
            var closed = await client.Calendar.CloseAsync(parsed.GetValue(period)!, token);
            console.MarkupLineInterpolated($"[green]{closed.Id} is closed.[/]");
            return 0;
        }));
        return command;
    }
}
