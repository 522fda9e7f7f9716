using System.CommandLine;
using Spectre.Console;
using Spm.Cli.Rendering;
using Spm.Compensation.Documents;
using Spm.Compensation.Explain;
using Spm.Compensation.PayRuns;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;

namespace Spm.Cli.Plans;

internal static class ExplainPlanCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A plan document (JSON)." };
        var credits = new Option<FileInfo?>("--credits")
        {
            Description = "Reps, quotas and transactions, written like a test of a plan without 'expect'. Without it the document's own tests are explained.",
        };
        var rep = new Option<string?>("--rep") { Description = "One rep only." };
        var period = new Option<string?>("--period") { Description = "One month only: 2025-03. Without it every month that pays something, is credited something, or lacks a figure." };
        var command = new Command("explain", "Take payouts apart: tiers, quotas, credits. Works on files; no platform is needed.") { file, credits, rep, period };
        command.SetAction(parsed =>
        {
            var console = Terminal.Create();
            return PlanCommand.Over([parsed.GetValue(file)!], plan =>
                plan.IsPlan(console)
                && Cases(console, plan.Document!, parsed.GetValue(credits)) is { } cases
                && TryExplain(console, plan.Document!, cases, parsed.GetValue(rep), parsed.GetValue(period)));
        });
        return command;
    }

    /// <summary>Null, after saying why, when the file of credits cannot be read.</summary>
    private static IReadOnlyList<PlanTest>? Cases(IAnsiConsole console, PlanDocument document, FileInfo? file)
    {
        if (file is null)
        {
            return document.Tests;
        }
        try
        {
            var errors = new DocErrors();
            var read = PlanReader.ReadCase(File.ReadAllBytes(file.FullName), document.Rules, errors);
            PlanFile.Write(console, file, errors);
            return read is null ? null : [read];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Terminal.CreateForErrors().MarkupLineInterpolated($"[red]error[/] {file.Name}: {unreadable.Message}");
            return null;
        }
    }

    /// <summary>False, after saying so, where a figure cannot be calculated.</summary>
    private static bool TryExplain(IAnsiConsole console, PlanDocument document, IReadOnlyList<PlanTest> cases, string? rep, string? period)
    {
        try
        {
            return Explain(console, document, cases, rep, period);
        }
        catch (Exception thrown) when (PlanTestRunner.Refusal(thrown) is { } refused)
        {
            console.WritePlainLine(refused);
            return false;
        }
    }

    private static bool Explain(IAnsiConsole console, PlanDocument document, IReadOnlyList<PlanTest> cases, string? rep, string? period)
    {
        var shown = 0;
        foreach (var test in cases)
        {
            foreach (var (id, run) in PlanTestRunner.Calculate(document.Rules, test).Where(r => rep is null || r.Key == rep))
            {
                foreach (var month in Months(run, period))
                {
                    console.WritePlainLine($"{test.Name}: {id}");
                    console.Profile.Out.Writer.WriteLine(ExplainText.Render(Explanations.OfPayout(run, month)));
                    if (Explanations.OfPaid(run, month) is { } paid)
                    {
                        console.Profile.Out.Writer.WriteLine(ExplainText.Render(paid));
                    }
                    if (Explanations.OfCosts(run, test.Costs[id], month) is { } costs)
                    {
                        console.Profile.Out.Writer.WriteLine(ExplainText.Render(costs));
                    }
                    shown++;
                }
            }
        }
        if (shown == 0)
        {
            console.WritePlainLine("There is nothing to explain: no rep and month of that name, or nothing is credited and paid.");
        }
        return shown > 0;
    }

    private static IEnumerable<int> Months(PayRun run, string? period) =>
        Enumerable.Range(0, run.Months.Count).Where(m => period is null ? Explanations.IsWorthAsking(run, m) : run.Months[m].Month.Id == period);
}
