using Spectre.Console;

namespace Spm.Samples.Quickstart;

/// <summary>The voice of the story: numbered chapters, one calm line at a time.</summary>
internal sealed class Narrator(IAnsiConsole console)
{
    private int _chapter;

    public IAnsiConsole Console => console;

    public void Chapter(string title)
    {
        console.WriteLine();
        console.Write(new Rule($"[bold]{++_chapter}  {Markup.Escape(title)}[/]").LeftJustified().RuleStyle("grey"));
    }

    public void Say(FormattableString text) => console.MarkupLineInterpolated(text);
}
