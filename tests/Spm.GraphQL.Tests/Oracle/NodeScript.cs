using System.Diagnostics;

namespace Spm.GraphQL.Tests.Oracle;

/// <summary>A script of tests/oracles, run once.</summary>
internal static class NodeScript
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>What the script prints. The test is skipped where node or the packages are missing, unless that would be a failure.</summary>
    public static async Task<string> RunAsync(string oracle, string script, string argument)
    {
        var folder = GraphQLJs.FolderOf(oracle);
        GraphQLJs.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules")), $"Not installed: npm ci --ignore-scripts in tests/oracles/{oracle}");
        Process node;
        try
        {
            node = Process.Start(new ProcessStartInfo("node", [script, argument]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            GraphQLJs.SkipUnless(false, "node is not installed");
            throw;
        }
        using (node)
        {
            using var patience = new CancellationTokenSource(Patience);
            patience.Token.Register(node.Kill);
            return (await node.StandardOutput.ReadToEndAsync()).TrimEnd().ReplaceLineEndings("\n");
        }
    }
}
