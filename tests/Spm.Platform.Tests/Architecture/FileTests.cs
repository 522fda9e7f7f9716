namespace Spm.Platform.Tests.Architecture;

public sealed class FileTests
{
    private const int MaxLines = 400;

    /// <summary>Longer files with the reason. Empty, and meant to stay so.</summary>
    private static readonly Dictionary<string, string> Exceptions = [];

    private static IEnumerable<string> Sources => Repository.Files("*.cs", "src", "connectors", "tests", "samples", "bench");

    [Fact]
    public void A_file_is_one_idea_and_no_longer_than_400_lines()
    {
        var tooLong =
            from file in Sources
            where !Exceptions.ContainsKey(file)
            let lines = File.ReadLines(Repository.At(file)).Count()
            where lines > MaxLines
            select $"{file}: {lines}";
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Exceptions_are_files_that_still_need_one() =>
        Assert.DoesNotContain(Exceptions.Keys, file => !File.Exists(Repository.At(file)) || File.ReadLines(Repository.At(file)).Count() <= MaxLines);

    /// <summary>The order that `dotnet format` gives them, which no compiler checks.</summary>
    [Fact]
    public void Usings_stand_in_order_those_of_the_system_first()
    {
        var unordered =
            from file in Sources
            let usings = File.ReadLines(Repository.At(file)).TakeWhile(l => l.Length == 0 || l.StartsWith("//", StringComparison.Ordinal) || l.StartsWith("using ", StringComparison.Ordinal)).Select(Namespace).OfType<string>().ToList()
            where !usings.SequenceEqual(usings.OrderBy(n => n == "System" || n.StartsWith("System.", StringComparison.Ordinal) ? 0 : 1).ThenBy(n => n, StringComparer.OrdinalIgnoreCase))
            select file;
        Assert.Empty(unordered);

        // Of a plain using alone: static ones and aliases come after them.
        static string? Namespace(string line) => line.StartsWith("using static ", StringComparison.Ordinal) || line.Contains('=', StringComparison.Ordinal) || !line.StartsWith("using ", StringComparison.Ordinal) ? null : line[6..^1];
    }
}
