using System.CommandLine;

namespace Spm.Cli.Plans;

/// <summary>Everything that can be done with a plan document alone: no platform is asked.</summary>
internal static class PlanCommand
{
    public static Command Create() => new("plan", "Plan documents: check, test, compare, explain. Works on files; no platform is needed.")
    {
        CheckPlanCommand.Create(),
        TestPlanCommand.Create(),
        DiffPlanCommand.Create(),
        ExplainPlanCommand.Create(),
    };

    /// <summary>Runs a command over files. Exit codes: 0 all holds, 1 something does not, 2 a file cannot be read.</summary>
    public static int Over(IEnumerable<FileInfo> files, Func<PlanFile, bool> holds)
    {
        var exit = 0;
        foreach (var file in files)
        {
            var plan = PlanFile.Read(file);
            exit = Math.Max(exit, plan is null ? 2 : holds(plan) ? 0 : 1);
        }
        return exit;
    }
}
