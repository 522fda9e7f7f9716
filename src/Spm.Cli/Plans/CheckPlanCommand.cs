using System.CommandLine;
using Spm.Cli.Rendering;

namespace Spm.Cli.Plans;

internal static class CheckPlanCommand
{
    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "Plan documents (JSON).", Arity = ArgumentArity.OneOrMore };
        var command = new Command("check", "Check plan documents: schema and the tests inside. Exit code 0 only when all hold.") { files };
        command.SetAction(parsed =>
        {
            var console = Terminal.Create();
            return PlanCommand.Over(parsed.GetValue(files)!, plan => plan.IsPlan(console) && TestPlanCommand.Run(console, plan));
        });
        return command;
    }
}
