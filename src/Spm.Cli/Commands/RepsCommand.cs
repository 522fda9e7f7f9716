using System.CommandLine;
using Spm.Cli.Rendering;

namespace Spm.Cli.Commands;

internal static class RepsCommand
{
    public static Command Create(Connection connection)
    {
        var period = PeriodOption.Create("the fiscal year when absent");
        var command = new Command("reps", "Credited, quota, attainment, earnings and payout of every rep.") { period };
        command.SetAction((parsed, ct) => connection.RunAsync(parsed, ct, async (client, console, token) =>
        {
            var asked = await parsed.GetValue(period).OrFiscalYearAsync(client, token);
            var reps = await client.Results.RepPerformanceAsync(asked, token).ToListAsync(token);
            console.Write(RepTable.Of(reps, asked));
            return 0;
        }));
        return command;
    }
}
