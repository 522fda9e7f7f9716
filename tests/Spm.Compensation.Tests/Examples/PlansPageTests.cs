using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Spm.Compensation.Documents;
using Spm.Compensation.Explain;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;
using Spm.Compensation.Tests.PlanDocuments;

namespace Spm.Compensation.Tests.Examples;

/// <summary>docs/plans.md shows how each mechanic is written: every snippet of it is read and calculated, and every member of a component, of quotas and of pay stands there once.</summary>
public partial class PlansPageTests
{
    private const string Measures = """[{ "id": "sales", "value": "amount" }, { "id": "units", "unit": "count", "value": "quantity" }]""";

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "plans.md")).ReplaceLineEndings("\n");

    private static readonly JsonNode Schema = JsonNode.Parse(PlanSchema.Text)!;

    private static readonly string[] Fences = [.. Fence().Matches(Page).Select(m => m.Groups[1].Value)];

    public static TheoryData<int> Documents => [.. Enumerable.Range(0, Fences.Length).Where(i => !IsCase(Fences[i]))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_snippet_is_a_plan_that_pays_what_it_says(int at)
    {
        var text = Whole(Fences[at]);
        Assert.Empty(SchemaValidator.Refusals(Schema, JsonNode.Parse(text)));
        var errors = new DocErrors();
        var document = PlanReader.Read(text, errors);
        Assert.Empty(errors.All);
        Assert.All(PlanTestRunner.Run(document!.Rules, document.Tests), r => Assert.Empty(r.Messages));
        Assert.True(document.Tests.Count > 0 || !Fences[at].Contains("\"pay\"", StringComparison.Ordinal), "Figures are claimed by tests.");
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Each_figure_of_a_snippet_is_held_against_what_is_calculated(int at)
    {
        var document = PlanReader.Read(Whole(Fences[at]), new DocErrors())!;
        foreach (var test in document.Tests)
        {
            IReadOnlyList<Expectation> off = [.. test.Expectations.Select(e => e with { Is = (e.Is ?? 0m) + 1m })];
            Assert.All(PlanTestRunner.Run(document.Rules, test with { Expectations = off }).Results, r => Assert.False(r.Holds));
        }
    }

    /// <summary>What stands within a sentence is a part of a snippet.</summary>
    [Fact]
    public void What_is_quoted_in_a_sentence_stands_in_a_snippet()
    {
        var snippets = string.Concat(Fences.Select(Compact));
        Assert.All(Inline().Matches(Page), m => Assert.Contains(Compact(m.Groups[1].Value), snippets, StringComparison.Ordinal));
    }

    [Fact]
    public void What_explain_prints_is_what_it_prints()
    {
        var document = PlanReader.Read(Fences[0], new DocErrors())!;
        var errors = new DocErrors();
        var test = PlanReader.ReadCase(System.Text.Encoding.UTF8.GetBytes(Assert.Single(Fences, IsCase)), document.Rules, errors);
        Assert.Empty(errors.All);
        var run = Assert.Single(PlanTestRunner.Calculate(document.Rules, test!));
        Assert.Equal(Printed().Match(Page).Groups[1].Value.Trim(), $"{test!.Name}: {run.Key}\n{ExplainText.Render(Explanations.OfPayout(run.Value, 0)).Trim()}");
    }

    [Theory]
    [InlineData("versions/items")]
    [InlineData("versions/items/components/items")]
    [InlineData("versions/items/quotas")]
    [InlineData("versions/items/pay")]
    [InlineData("versions/items/pay/draw")]
    [InlineData("versions/items/components/items/hold")]
    [InlineData("versions/items/components/items/clawback")]
    [InlineData("versions/items/components/items/scorecard")]
    [InlineData("versions/items/components/items/multipliers/items")]
    [InlineData("tests/items")]
    public void Every_member_stands_on_the_page(string path)
    {
        var node = path.Split('/').Aggregate(Schema, (at, name) => name == "items" ? at["items"]! : at["properties"]![name]!);
        Assert.All(node["properties"]!.AsObject(), m => Assert.Matches($"[`\"]{m.Key}[`\":]", Page));
    }

    /// <summary>A snippet without what all share, within the document that it leaves out.</summary>
    private static string Whole(string snippet)
    {
        var part = JsonNode.Parse(snippet)!.AsObject();
        if (part.ContainsKey("plan"))
        {
            return snippet;
        }
        var version = new JsonObject { ["effective_from"] = "2025-01-01", ["measures"] = JsonNode.Parse(Measures) };
        var whole = new JsonObject { ["plan"] = "example", ["currency"] = "USD" };
        foreach (var (name, value) in part)
        {
            (name is "facts" or "tests" ? whole : version)[name] = value?.DeepClone();
        }
        whole["versions"] = new JsonArray(version);
        return whole.ToJsonString();
    }

    private static bool IsCase(string snippet) => JsonNode.Parse(snippet)!.AsObject().ContainsKey("transactions");

    private static string Compact(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    [GeneratedRegex("```json\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("```text\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Printed();

    [GeneratedRegex("`([^`\n]*\": [^`\n]*)`")]
    private static partial Regex Inline();
}
