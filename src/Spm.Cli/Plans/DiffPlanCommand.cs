using System.CommandLine;
using Spm.Cli.Rendering;
using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;

namespace Spm.Cli.Plans;

internal static class DiffPlanCommand
{
    /// <summary>A test that is new is named, not printed.</summary>
    private const int Longest = 120;

    public static Command Create()
    {
        var before = new Argument<FileInfo>("A") { Description = "A plan document (JSON)." };
        var after = new Argument<FileInfo>("B") { Description = "The plan document that it is compared with." };
        var command = new Command("diff", "Compare two plan documents in the words of the plan. Exit code 0 when they pay alike, 1 when they differ, 2 when one is not a plan.") { before, after };
        command.SetAction(parsed =>
        {
            var console = Terminal.Create();
            PlanFile?[] plans = [PlanFile.Read(parsed.GetValue(before)!), PlanFile.Read(parsed.GetValue(after)!)];
            if (plans.Count(p => p?.IsPlan(console) == true) < 2)
            {
                return 2;
            }
            var changes = PlanDiff.Between(plans[0]!.Document!, plans[1]!.Document!);
            foreach (var change in changes)
            {
                var (was, now) = change.Shortened(Longest);
                var what = string.Join(" -> ", new[] { was, now }.OfType<string>());
                console.WritePlainLine($"{WireNames.Of(change.Kind)}: {change.Where}: {what}");
            }
            return changes.Count == 0 ? 0 : 1;
        });
        return command;
    }
}
