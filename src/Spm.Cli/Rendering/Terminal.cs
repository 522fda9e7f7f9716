using Spectre.Console;
using Spm.Compensation.Explain;

namespace Spm.Cli.Rendering;

/// <summary>The consoles that commands and samples write to.</summary>
internal static class Terminal
{
    private const int WidthOfAFile = 140;

    public static IAnsiConsole Create() => Create(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole CreateForErrors() => Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>Whether something watches: bars are drawn for eyes, not for log files.</summary>
    public static bool IsLive(IAnsiConsole console) => console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi;

    /// <summary>A line of text as it is, without markup; what a file says in it does nothing to the terminal.</summary>
    public static void WritePlainLine(this IAnsiConsole console, string line) => console.Profile.Out.Writer.WriteLine(PlainText.Of(line));

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var output = new AnsiConsoleOutput(writer);
        if (!redirected)
            return AnsiConsole.Create(new AnsiConsoleSettings { Out = output });

        // TERM says what the terminal can do, not whether this goes to one: a pipe or file gets plain text.
        // There is no window to fit either: wide enough that no table wraps.
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = output, Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = WidthOfAFile;
        return console;
    }
}
