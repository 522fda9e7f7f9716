using System.Text.Json;
using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;
using Spm.Compensation.Tests.Examples;

namespace Spm.Compensation.Tests.PlanDocuments;

/// <summary>Worked examples that others have published, written down as plan documents.</summary>
public class PublishedPlanTests
{
    private static readonly string[] Paths =
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples", "plans"), "*.plan.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Files => [.. Paths.Select(p => Path.GetFileName(p))];

    public static string PathOf(string file) => Paths.Single(p => Path.GetFileName(p) == file);

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_plan_document_of_the_samples_holds_its_own_tests(string file)
    {
        var errors = new DocErrors();
        var document = PlanReader.Read(File.ReadAllBytes(PathOf(file)), errors);
        Assert.Empty(errors.All);
        Assert.NotEmpty(document!.Tests);
        foreach (var result in PlanTestRunner.Run(document.Rules, document.Tests))
        {
            Assert.Empty(result.Problems);
            Assert.All(result.Results, r => Assert.True(r.Holds, $"{r.Expectation}: is {r.Actual}"));
        }
    }

    [Fact]
    public void Every_published_example_has_a_plan_document()
    {
        var path = Repository.Shared(Path.Combine("golden", "examples.json"));
        Assert.SkipWhen(path is null, "The published examples are not beside the repository; SPM_SHARED names their folder.");
        using var published = JsonDocument.Parse(File.ReadAllBytes(path));
        var written = Paths.Select(p => Path.GetFileName(p).Split('-')[0]).ToArray();
        Assert.All(
            published.RootElement.GetProperty("examples").EnumerateArray().Concat(published.RootElement.GetProperty("counter_examples").EnumerateArray()),
            e => Assert.Contains(e.GetProperty("id").GetString()!, written));
    }
}
