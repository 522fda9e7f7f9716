using Spectre.Console;
using Spm.Client;

namespace Spm.Cli.Rendering;

/// <summary>One import to run: its title, and the call that reports to the given progress.</summary>
internal sealed record ImportStep(string Title, Func<IProgress<ImportProgress>, Task<ImportJob>> Run);

/// <summary>Runs imports one after the other under progress bars; into a file, one line each when it is done.</summary>
internal static class ImportBars
{
    private const int TitleWidth = 22;

    public static async Task<IReadOnlyList<ImportJob>> RunAsync(IAnsiConsole console, IReadOnlyList<ImportStep> steps)
    {
        var jobs = new List<ImportJob>();
        if (!Terminal.IsLive(console))
        {
            foreach (var step in steps)
            {
                var job = await step.Run(new Reporter(_ => { }));
                jobs.Add(job);
                console.MarkupLine($"{Title(step)} {Outcome(job)}");
            }

            return jobs;
        }

        var bars = console.Progress().Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(),
            new ElapsedTimeColumn());
        await bars.StartAsync(async display =>
        {
            var tasks = steps.Select(step => display.AddTask(Title(step), autoStart: false, maxValue: 1)).ToArray();
            for (var i = 0; i < steps.Count; i++)
                jobs.Add(await RunAsync(steps[i], tasks[i]));
        });
        return jobs;
    }

    private static async Task<ImportJob> RunAsync(ImportStep step, ProgressTask bar)
    {
        bar.StartTask();
        // Sending takes the first half of the bar, loading the second: neither part's share of the time is known beforehand.
        var job = await step.Run(new Reporter(at =>
        {
            bar.Value = at.Phase == ImportPhase.Sending ? at.Fraction / 2 : 0.5 + at.Fraction / 2;
            if (at.Job is { } running)
                bar.Description = $"{Title(step)} {Figures.Count(running.Rows.Read)} rows";
        }));
        bar.Description = $"{Title(step)} {Outcome(job)}";
        bar.Value = 1;
        bar.StopTask();
        return job;
    }

    private static string Title(ImportStep step) => Markup.Escape(step.Title.PadRight(TitleWidth));

    private static string Outcome(ImportJob job)
    {
        if (job.Error is { } error)
            return $"[red]failed: {Markup.Escape(error.Code)}[/]";
        var parts = new List<string>();
        Count(job.Rows.Created, "created", "green");
        Count(job.Rows.Corrected, "corrected", "green");
        Count(job.Rows.Unchanged, "unchanged", "grey");
        Count(job.Rows.Rejected, "rejected", "red");
        return parts.Count == 0 ? "no rows" : string.Join(", ", parts);

        void Count(long rows, string what, string colour)
        {
            if (rows > 0)
                parts.Add($"[{colour}]{Figures.Count(rows)} {what}[/]");
        }
    }

    /// <summary>Reports on the caller's thread: <see cref="Progress{T}"/> would deliver some reports after the end.</summary>
    private sealed class Reporter(Action<ImportProgress> report) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => report(value);
    }
}
