using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Spm.Compensation.Documents;
using Spm.Compensation.PayRuns;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;
using Spm.Compensation.RateTables;
using Spm.Compensation.Tests.PlanDocuments;

namespace Spm.Compensation.Tests.Examples;

/// <summary>Every page of a mechanic ends with plan documents whose own tests are the figures that the page prints.</summary>
public partial class WorkedExampleTests
{
    private const string Heading = "\n## As a plan\n";

    private static readonly JsonNode Schema = JsonNode.Parse(PlanSchema.Text)!;

    private static readonly string Core = Path.Combine(Repository.Root, "src", "Spm.Compensation");

    public static TheoryData<string> Pages { get; } =
        [.. Directory.EnumerateFiles(Core, "*.md", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Core, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>Each document of each page, by its place on the page.</summary>
    public static TheoryData<string, int> Documents { get; } =
        [.. Pages.SelectMany(page => DocumentsOf(page.Data).Select((_, at) => (page.Data, at)))];

    /// <summary>What is registered, with the folder of its page and how a document that uses it writes it.</summary>
    public static TheoryData<string, string> Kinds { get; } =
    [
        .. RateTableKinds.All.Select(k => (Path.GetDirectoryName($"RateTables/{k.Example}")!.Replace('\\', '/'), $"\"mode\": \"{k.WireName}\"")),
        .. EarningKinds.All.Select(k => k.Name).Concat(StageKinds.All.Select(k => k.Name)).Concat(PayRuleKinds.All.Select(k => k.Name))
            .Concat(ComponentPayRules.Members.Select(m => m.Name)).Distinct().Select(name => (FolderOf(name), $"\"{name}\": ")),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_ends_with_its_figures_as_a_plan(string page)
    {
        var asPlan = Halves(page).AsPlan;
        Assert.NotEmpty(DocumentsOf(page));
        Assert.Equal(2 * DocumentsOf(page).Count, asPlan.Split("```").Length - 1);
        Assert.DoesNotContain("\n## ", asPlan);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_of_a_page_pays_what_it_says(string page, int at)
    {
        var text = DocumentsOf(page)[at];
        Assert.Empty(SchemaValidator.Refusals(Schema, JsonNode.Parse(text)));
        Assert.Empty(Wrong(text));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_expects_figures_that_its_page_prints(string page, int at)
    {
        var printed = Number().Matches(Halves(page).Printed).Select(m => Parse(m.Value)).ToHashSet();
        Assert.All(Expected().Matches(DocumentsOf(page)[at]), m => Assert.Contains(Parse(m.Value), printed));
    }

    /// <summary>Else an expectation might stand there that nothing is held against.</summary>
    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_wrong_figure_is_found_and_named(string page, int at)
    {
        var text = DocumentsOf(page)[at];
        foreach (Match figure in Expected().Matches(text))
        {
            var off = decimal.Parse(figure.Value, CultureInfo.InvariantCulture) + 1m;
            var wrong = Assert.Single(Wrong(string.Create(CultureInfo.InvariantCulture, $"{text[..figure.Index]}{off}{text[(figure.Index + figure.Length)..]}")));
            Assert.EndsWith(string.Create(CultureInfo.InvariantCulture, $"expected {off:0.##########}"), wrong, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_registered_kind_has_a_page_in_its_folder_whose_document_uses_it(string folder, string written) => Assert.True(
        Pages.Any(page => page.Data.StartsWith(folder + "/", StringComparison.Ordinal) && DocumentsOf(page.Data).Any(d => d.Contains(written, StringComparison.Ordinal))),
        $"No page in {folder} ends with a plan document that has {written}.");

    /// <summary>What has no folder of its own name: one rate and a formula are told together.</summary>
    private static string FolderOf(string name) => name switch
    {
        "rate" or "per_unit" or "earn" => "Earnings",
        "matrix" => "RateTables/Matrices",
        _ => string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..])).TrimEnd('s') + "s",
    };

    /// <summary>Why a document cannot be read, or what its tests find.</summary>
    private static IReadOnlyList<string> Wrong(string text)
    {
        var errors = new DocErrors();
        var document = PlanReader.Read(text, errors);
        return document is null || errors.Any ? [.. errors.All.Select(e => e.ToString()!)]
            : document.Tests.Count == 0 ? ["The document has no test."]
            : [.. PlanTestRunner.Run(document.Rules, document.Tests).SelectMany(r => r.Messages.Select(m => $"{r.Test.Name}: {m}"))];
    }

    private static IReadOnlyList<string> DocumentsOf(string page) => [.. Fence().Matches(Halves(page).AsPlan).Select(m => m.Groups[1].Value)];

    private static (string Printed, string AsPlan) Halves(string page)
    {
        var text = File.ReadAllText(Path.Combine(Core, page)).ReplaceLineEndings("\n");
        var at = text.LastIndexOf(Heading, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + Heading.Length)..]);
    }

    /// <summary>What is taken back is printed with a sign here and without it there.</summary>
    private static decimal Parse(string figure) => Math.Abs(decimal.Parse(figure, NumberStyles.Number, CultureInfo.InvariantCulture));

    [GeneratedRegex("```json\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("(?<=\"is\": )-?[0-9.]+")]
    private static partial Regex Expected();

    [GeneratedRegex("[0-9]+(,[0-9]{3})*([.][0-9]+)?")]
    private static partial Regex Number();
}
