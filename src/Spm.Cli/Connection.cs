using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Spm.Cli.Rendering;
using Spm.Client;

namespace Spm.Cli;

/// <summary>Where the platform is and who is asking; every command runs through here so that errors read the same.</summary>
internal sealed class Connection
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    private readonly Option<string> _url = new("--url")
    {
        Description = "Root URL of the platform (or SPM_URL).",
        Recursive = true,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SPM_URL") ?? DefaultUrl,
    };

    // No default value here: help prints defaults, and a key must not appear on a screen.
    private readonly Option<string?> _key = new("--key")
    {
        Description = "API key (or SPM_API_KEY).",
        Recursive = true,
    };

    public void AddTo(RootCommand root)
    {
        root.Add(_url);
        root.Add(_key);
    }

    /// <summary>Exit codes: 0 done, 1 refused or failed, 130 interrupted; a command may define others.</summary>
    public async Task<int> RunAsync(
        ParseResult parsed, CancellationToken ct, Func<SpmClient, IAnsiConsole, CancellationToken, Task<int>> command)
    {
        var errors = Terminal.CreateForErrors();
        try
        {
            using var client = Open(parsed);
            return await command(client, Terminal.Create(), ct);
        }
        catch (SpmProblemException refused)
        {
            ProblemView.Write(errors, refused);
            return 1;
        }
        catch (HttpRequestException unreachable)
        {
            return Fail(errors, $"{parsed.GetValue(_url)} cannot be reached: {unreachable.Message}");
        }
        catch (JsonException unreadable)
        {
            return Fail(errors, $"{parsed.GetValue(_url)} answered something this version of spm cannot read: {unreadable.Message}");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Fail(errors, wrong.Message);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return 130;
        }
        catch (OperationCanceledException)
        {
            return Fail(errors, "The platform did not answer in time.");
        }
    }

    private SpmClient Open(ParseResult parsed)
    {
        var url = parsed.GetValue(_url)!;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var root) || root.Scheme is not ("http" or "https"))
            throw new ArgumentException($"'{url}' is not an http or https URL.");
        var key = parsed.GetValue(_key) ?? Environment.GetEnvironmentVariable("SPM_API_KEY");
        return string.IsNullOrWhiteSpace(key)
            ? throw new ArgumentException("No API key: give --key or set SPM_API_KEY.")
            : new SpmClient(root, key);
    }

    private static int Fail(IAnsiConsole errors, string message)
    {
        errors.MarkupLineInterpolated($"[red]error[/] {message}");
        return 1;
    }
}
