using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Spm.Cli.Rendering;
using Spm.Compensation.Documents;
using Spm.Compensation.Lint;

namespace Spm.Cli.Plans;

internal static class CheckPlanCommand
{
    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "Plan documents (JSON).", Arity = ArgumentArity.OneOrMore };
        var strict = new Option<bool>("--strict") { Description = "Warnings of lint count as errors." };
        var command = new Command("check", "Check plan documents: grammar, lint and the tests inside. Exit code 0 only when all hold; warnings of lint do not count without --strict.") { files, strict };
        command.SetAction(parsed =>
        {
            var console = Terminal.Create();
            return PlanCommand.Over(
                parsed.GetValue(files)!, plan => plan.IsPlan(console) && Lint(console, plan, parsed.GetValue(strict)) & TestPlanCommand.Run(console, plan));
        });
        return command;
    }

    /// <summary>Whether nothing grave was found.</summary>
    private static bool Lint(IAnsiConsole console, PlanFile plan, bool strict)
    {
        var findings = PlanLint.Examine(plan.Document!);
        foreach (var finding in findings)
        {
            var money = finding.Money is { } worth ? string.Create(CultureInfo.InvariantCulture, $" [{worth:#,0.00} {plan.Document!.Rules.Currency}]") : "";
            console.WritePlainLine($"{plan.File.Name}: {WireNames.Of(finding.Severity)}: {finding.Code}: {$"{finding.Component} {finding.Input}".TrimStart()}{money}: {finding.Detail}");
        }
        return !findings.Any(f => f.Severity == FindingSeverity.Error || (strict && f.Severity == FindingSeverity.Warning));
    }
}
