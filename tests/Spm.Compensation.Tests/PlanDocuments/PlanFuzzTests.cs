using System.Text.RegularExpressions;
using Spm.Compensation.Documents;
using Spm.Compensation.Lint;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;

namespace Spm.Compensation.Tests.PlanDocuments;

/// <summary>Plan documents with some of their values replaced by others that nobody would write.</summary>
public partial class PlanFuzzTests
{
    private static readonly string[] Values =
    [
        "null", "-1", "0", "-0", "1e20", "1e28", "\"x\"", "[]", "{}", "true", "999999999999999999", "0.00000001", "\"2025-01\"", "\"year\"", "\"deal\"", "100",
    ];

    private static readonly string[] Documents = [.. PublishedPlanTests.Files.Select(f => File.ReadAllText(PublishedPlanTests.PathOf(f.Data)))];

    [Fact]
    public void Whatever_stands_in_a_document_is_refused_with_an_error_or_calculated() => Property.Holds<int>(
        seed =>
        {
            var errors = new DocErrors();
            var document = PlanReader.Read(Mutated(new Random(seed)), errors);
            Assert.Equal(document is null, errors.Any);
            if (document is not null)
            {
                _ = PlanTestRunner.Run(document.Rules, document.Tests);
                _ = PlanLint.Examine(document.Rules);
            }
        },
        runs: 3000);

    private static string Mutated(Random random)
    {
        var text = Documents[random.Next(Documents.Length)];
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var scalars = Scalar().Matches(text);
            var at = scalars[random.Next(scalars.Count)];
            text = $"{text[..(at.Index + 2)]}{Values[random.Next(Values.Length)]}{text[(at.Index + at.Length)..]}";
        }
        return text;
    }

    [GeneratedRegex(""": ("[^"]*"|-?[0-9.]+|true|false)""")]
    private static partial Regex Scalar();
}
