using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Spm.GraphQL.Tests.Oracle;

/// <summary>
/// The reference implementation, in a process of its own: see tests/oracles/graphql-js. Tests that need it are skipped where node or the
/// package is missing, unless SPM_REQUIRE_ORACLES says that this would be a failure.
/// </summary>
internal sealed class GraphQLJs : IDisposable
{
    private static readonly string Folder = FolderOf("graphql-js");

    private readonly Process _node;

    private GraphQLJs(Process node) => _node = node;

    public static GraphQLJs Start()
    {
        var missing = !Directory.Exists(Path.Combine(Folder, "node_modules", "graphql"))
            ? "graphql-js is not installed: npm ci --ignore-scripts in tests/oracles/graphql-js"
            : null;
        Process? node = null;
        try
        {
            node = missing is null ? Process.Start(StartInfo()) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            missing = "node is not installed";
        }
        if (node is null)
        {
            SkipUnless(false, missing!);
        }
        return new GraphQLJs(node!);
    }

    /// <summary>Skips a test, or fails it where that is asked for.</summary>
    public static void SkipUnless(bool there, string missing)
    {
        if (!there)
        {
            Assert.False(Environment.GetEnvironmentVariable("SPM_REQUIRE_ORACLES") == "1", missing);
            Assert.Skip(missing);
        }
    }

    /// <summary>Asks everything at once; the answers are in the order of the questions.</summary>
    public IReadOnlyList<JsonElement> Ask(IReadOnlyCollection<object> questions)
    {
        var writing = Task.Run(async () =>
        {
            foreach (var question in questions)
            {
                await _node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(question));
            }
            await _node.StandardInput.FlushAsync();
        });
        List<JsonElement> answers = [];
        while (answers.Count < questions.Count)
        {
            var line = _node.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The oracle has ended.");
            answers.Add(JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 512 }).RootElement);
        }
        writing.GetAwaiter().GetResult();
        return answers;
    }

    public void Dispose()
    {
        _node.StandardInput.Close();
        if (!_node.WaitForExit(5000))
        {
            _node.Kill();
        }
        _node.Dispose();
    }

    private static ProcessStartInfo StartInfo() => new("node", "oracle.js")
    {
        WorkingDirectory = Folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        StandardOutputEncoding = Encoding.UTF8,
    };

    /// <summary>The folder of the repository.</summary>
    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "SpmApi.sln")))
            {
                folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside of the repository.");
            }
            return folder.FullName;
        }
    }

    /// <summary>The folder of a set of scripts.</summary>
    public static string FolderOf(string oracle) => Path.Combine(Root, "tests", "oracles", oracle);
}
