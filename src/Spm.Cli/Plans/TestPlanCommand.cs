using System.CommandLine;
using Spectre.Console;
using Spm.Cli.Rendering;
using Spm.Compensation.PlanTests;

namespace Spm.Cli.Plans;

internal static class TestPlanCommand
{
    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "Plan documents (JSON).", Arity = ArgumentArity.OneOrMore };
        var command = new Command("test", "Run the tests that stand in plan documents.") { files };
        command.SetAction(parsed =>
        {
            var console = Terminal.Create();
            return PlanCommand.Over(parsed.GetValue(files)!, plan => plan.IsPlan(console) && Run(console, plan));
        });
        return command;
    }

    /// <summary>Whether every test holds; says which figure of which does not.</summary>
    public static bool Run(IAnsiConsole console, PlanFile plan)
    {
        var results = PlanTestRunner.Run(plan.Document!.Rules, plan.Document.Tests);
        foreach (var result in results.Where(r => !r.Holds))
        {
            foreach (var problem in result.Problems)
            {
                console.WritePlainLine($"{plan.File.Name}: test '{result.Test.Name}': {problem}");
            }
            foreach (var failed in result.Results.Where(r => !r.Holds))
            {
                var at = failed.Expectation.Node;
                console.WritePlainLine($"{plan.File.Name}:{at.Line}:{at.Column}: test '{result.Test.Name}': {failed.Message}");
            }
        }
        foreach (var result in results)
        {
            foreach (var note in result.Notes)
            {
                console.WritePlainLine($"{plan.File.Name}: note: test '{result.Test.Name}': {note}");
            }
        }
        var figures = results.Sum(r => r.Results.Count);
        console.WritePlainLine($"{plan.File.Name}: {results.Count(r => r.Holds)} of {results.Count} tests hold ({results.Sum(r => r.Results.Count(f => f.Holds))} of {figures} figures).");
        return results.All(r => r.Holds);
    }
}
