namespace Spm.Compensation.Tests.Examples;

/// <summary>Runs every example of every *.plan.md beside the rate tables. A matrix is no plan by itself: MatrixTests read its page.</summary>
public class PlanExampleTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "Spm.Compensation", "RateTables");

    public static TheoryData<string, string> Examples => new(
        from file in Directory.EnumerateFiles(Folder, "*.plan.md", SearchOption.AllDirectories)
        where Path.GetFileName(file) != "matrix.plan.md"
        from section in MarkdownSection.Read(File.ReadAllText(file))
        select (Path.GetRelativePath(Folder, file).Replace('\\', '/'), section.Title));

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_worked_example_is_paid_as_printed(string file, string title) =>
        new PlanExample(MarkdownSection.Read(File.ReadAllText(Path.Combine(Folder, file))).Single(s => s.Title == title)).Verify();

    [Fact]
    public void Every_kind_of_rate_table_has_its_worked_examples() =>
        Assert.All(Directory.EnumerateDirectories(Folder), kind => Assert.NotEmpty(Directory.EnumerateFiles(kind, "*.plan.md")));

    [Fact]
    public void A_wrong_figure_is_found_and_named()
    {
        var text = File.ReadAllText(Path.Combine(Folder, "Step", "step.plan.md")).Replace("| 275.00 |", "| 275.01 |");
        var wrong = Assert.ThrowsAny<Exception>(() => new PlanExample(MarkdownSection.Read(text)[0]).Verify());
        Assert.Contains("2025-02", wrong.Message);
    }

    [Theory]
    [InlineData("| a | b |\n|---|---|\n| 1 |")]
    [InlineData("| a |\n| 1 |\n| 2 |")]
    public void A_malformed_table_is_an_error_and_not_an_example_less(string table) =>
        Assert.Throws<FormatException>(() => MarkdownSection.Read($"## Title\n\n{table}\n"));
}
