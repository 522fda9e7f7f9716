using Spectre.Console;
using Spm.Client;

namespace Spm.Cli.Rendering;

/// <summary>A refusal as text: title, code, detail, then the faulty fields.</summary>
internal static class ProblemView
{
    public static void Write(IAnsiConsole console, SpmProblemException refused)
    {
        console.MarkupLineInterpolated($"[red]{refused.Problem.Title}[/] [grey]({refused.Code}, {refused.Status})[/]");
        if (refused.Problem.Detail is { Length: > 0 } detail)
            console.MarkupLineInterpolated($"  {detail}");
        foreach (var error in refused.Errors)
            console.MarkupLineInterpolated($"  {error.Where}: {error.Detail} [grey]({error.Code})[/]");
        if (refused.Problem.RequestId is { } request)
            console.MarkupLineInterpolated($"  [grey]request {request}[/]");
    }
}
