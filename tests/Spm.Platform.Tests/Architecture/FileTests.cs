namespace Spm.Platform.Tests.Architecture;

public sealed class FileTests
{
    private const int MaxLines = 400;

    /// <summary>Longer files with the reason. Empty, and meant to stay so.</summary>
    private static readonly Dictionary<string, string> Exceptions = [];

    [Fact]
    public void A_file_is_one_idea_and_no_longer_than_400_lines()
    {
        var tooLong =
            from file in Repository.Files("*.cs", "src", "connectors", "tests", "samples", "bench")
            where !Exceptions.ContainsKey(file)
            let lines = File.ReadLines(Repository.At(file)).Count()
            where lines > MaxLines
            select $"{file}: {lines}";
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Exceptions_are_files_that_still_need_one() =>
        Assert.DoesNotContain(Exceptions.Keys, file => !File.Exists(Repository.At(file)) || File.ReadLines(Repository.At(file)).Count() <= MaxLines);
}
