using System.CommandLine;
using Spm.Cli.Rendering;

namespace Spm.Cli.Commands;

internal static class ExplainCommand
{
    public static Command Create(Connection connection)
    {
        var payout = new Argument<string>("PAYOUT") { Description = "A payout's id (pay_…), as listed by spm payouts." };
        var credits = new Option<int>("--credits")
        {
            Description = "How many credits to show per incentive, the largest first.",
            DefaultValueFactory = _ => 20,
        };
        var command = new Command("explain", "Take a payout apart: incentives, bands, measurement, credits, transactions.")
        {
            payout, credits,
        };
        command.SetAction((parsed, ct) => connection.RunAsync(parsed, ct, async (client, console, token) =>
        {
            var explanation = await client.Payouts.ExplainAsync(parsed.GetValue(payout)!, token);
            console.Write(ExplainTree.Of(explanation, parsed.GetValue(credits)));
            return 0;
        }));
        return command;
    }
}
