using System.CommandLine;
using Spm.Cli.Rendering;

namespace Spm.Cli.Commands;

internal static class PayoutsCommand
{
    public static Command Create(Connection connection)
    {
        var period = PeriodOption.Create("all periods when absent");
        var rep = new Option<string?>("--rep") { Description = "Id or external id of a rep." };
        var status = new Option<string?>("--status") { Description = "calculated, in_review, approved, claimed or paid." };
        var command = new Command("payouts", "What each rep is due.") { period, rep, status };
        command.SetAction((parsed, ct) => connection.RunAsync(parsed, ct, async (client, console, token) =>
        {
            var payouts = await client.Payouts
                .ListAsync(parsed.GetValue(period), parsed.GetValue(rep), parsed.GetValue(status), token)
                .ToListAsync(token);
            console.Write(PayoutTable.Of(payouts));
            return 0;
        }));
        return command;
    }
}
