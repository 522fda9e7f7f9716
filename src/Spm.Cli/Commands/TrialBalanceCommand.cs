using System.CommandLine;
using Spm.Cli.Rendering;

namespace Spm.Cli.Commands;

internal static class TrialBalanceCommand
{
    public static Command Create(Connection connection)
    {
        var period = PeriodOption.Create("the whole ledger when absent");
        var everyRep = new Option<bool>("--every-rep") { Description = "A line for each rep's account instead of one for all." };
        var command = new Command("trial-balance", "Debits, credits and balance of the accounts (exit code 1 if they differ).") { period, everyRep };
        command.SetAction((parsed, ct) => connection.RunAsync(parsed, ct, async (client, console, token) =>
        {
            var balance = await client.Ledger.TrialBalanceAsync(parsed.GetValue(period), token);
            console.Write(TrialBalanceTable.Of(balance, parsed.GetValue(everyRep)));
            return balance.Balanced ? 0 : 1;
        }));
        return command;
    }
}
