namespace Spm.Host;

/// <summary>What the program can be asked to do. A first word that is no command is a mistake and must not start a host.</summary>
internal static class HostUsage
{
    private const string Text = """
        Spm.Host [--SETTING=VALUE …]                  runs a host; settings stand in docs/operations.md
        Spm.Host backup FILE [--SETTING=VALUE …]      takes everything of a store; a host may run on it
        Spm.Host restore FILE [--SETTING=VALUE …]     makes a store of a backup, where none is
        Spm.Host audit verify [--SETTING=VALUE …]     checks the audit trails
        Spm.Host openapi FILE | schema FILE           writes the description of the REST API, the schema of GraphQL

        Settings most asked for: --Spm:Data=FOLDER (data), --Spm:Store=CONNECTION_STRING (of PostgreSQL), --Urls=http://127.0.0.1:5080
        """;

    /// <returns>The exit code, where the arguments ask for help or for nothing known; null where they do not.</returns>
    public static int? Answer(string[] args)
    {
        var isAsked = args is ["--help" or "-h" or "-?" or "help", ..];
        if (!isAsked && (args is [] || args[0] is ['-' or '/', ..] || args[0].Contains('=', StringComparison.Ordinal)))
        {
            return null;
        }
        (isAsked ? Console.Out : Console.Error).WriteLine(isAsked ? Text : $"'{args[0]}' is no command.\n\n{Text}");
        return isAsked ? 0 : 1;
    }
}
