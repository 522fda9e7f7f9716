using Spectre.Console;

namespace Spm.Cli.Rendering;

/// <summary>The console as the commands write it.</summary>
internal static class Terminal
{
    private const int WidthOfAFile = 140;

    /// <summary>Into a file or pipe there is no window to fit: wide enough that no table wraps.</summary>
    public static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (!IsLive(console))
            console.Profile.Width = WidthOfAFile;
        return console;
    }

    /// <summary>Whether something watches: bars are drawn for eyes, not for log files.</summary>
    public static bool IsLive(IAnsiConsole console) => console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi;
}
