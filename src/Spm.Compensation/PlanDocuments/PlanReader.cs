using System.Globalization;
using Spm.Compensation.Amounts;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.PlanTests;

namespace Spm.Compensation.PlanDocuments;

/// <summary>A plan as it is written down: the rules, and the tests that prove them.</summary>
/// <param name="Source">The document itself, for printing and comparing.</param>
public sealed record PlanDocument(PlanRules Rules, IReadOnlyList<PlanTest> Tests, DocNode Source);

/// <summary>Reads plan documents. All errors are found at once and say where they stand.</summary>
public static class PlanReader
{
    public const int MaxVersions = 50;

    /// <summary>A plan of more is not written by a person.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    public const int MaxTests = 1_000;

    /// <summary>Tests times components of the largest version: what a plan may ask for each time it is read.</summary>
    public const int MaxTestedComponents = 20_000;

    /// <summary>What the tests together may take to be calculated, about two seconds: reps, months, components, and the deals of those that look at deals.</summary>
    public const long MaxTestSteps = 20_000_000;

    /// <returns>Null when there are errors.</returns>
    public static PlanDocument? Read(ReadOnlyMemory<byte> utf8, DocErrors errors)
    {
        if (utf8.Length > MaxBytes)
        {
            errors.Add(new DocError("", 1, 1, "document_too_large", $"A plan document has at most {MaxBytes} bytes."));
            return null;
        }
        return DocParser.Parse(utf8, errors) is { } root ? Read(root) : null;
    }

    public static PlanDocument? Read(string text, DocErrors errors) => Read(System.Text.Encoding.UTF8.GetBytes(text), errors);

    /// <summary>
    /// Reads a case for a plan: reps, quotas and transactions as in a test of a document, with nothing expected of it. Null when there are errors.
    /// </summary>
    public static PlanTest? ReadCase(ReadOnlyMemory<byte> utf8, PlanRules plan, DocErrors errors)
    {
        var test = DocParser.Parse(utf8, errors) is { } root && root.IsObject() ? PlanTestReader.Read(root, plan, expects: false) : null;
        return errors.Any ? null : test;
    }

    public static PlanDocument? Read(DocNode root)
    {
        if (!root.IsObject())
        {
            return null;
        }
        var id = root.Text("plan");
        var currency = Currency(root);
        var nodes = root.List("versions");
        if (nodes.Count is 0 or > MaxVersions)
        {
            root.FailList("versions", "count_out_of_range", $"A plan has 1 to {MaxVersions} versions.");
        }
        var measureNos = MeasureNos(nodes);
        var facts = root.Find("facts");
        List<VersionRules> versions = [];
        foreach (var version in nodes.Take(MaxVersions))
        {
            versions.Add(VersionReader.Read(version, versions, facts, currency, measureNos));
        }
        for (var i = 1; i < versions.Count; i++)
        {
            if (versions[i].EffectiveFrom <= versions[i - 1].EffectiveFrom)
            {
                nodes[i].Get("effective_from").Fail("versions_out_of_order", "Versions stand in the order of their effective dates, and no two take effect on the same day.");
            }
        }
        var rules = new PlanRules(id, root.Text("name", id), currency, versions) { MeasureNos = measureNos };
        // Without a version there is nothing to test, and that has been said.
        var most = Math.Min(MaxTests, MaxTestedComponents / Math.Max(1, versions.Select(v => v.Components.Count).DefaultIfEmpty().Max()));
        if (root.Has("tests") && root.List("tests").Count is var count && count > most)
        {
            root.FailList("tests", "count_out_of_range", $"{count} tests; a plan of so many components has at most {most}.");
            return null;
        }
        var tests = root.Has("tests") && versions.Count > 0 ? root.List("tests").Select(t => PlanTestReader.Read(t, rules)).ToList() : [];
        RefuseTooMuch(root, rules, tests);
        root.OptionalText("note");
        root.RefuseOthers();
        return root.Errors.Any ? null : new PlanDocument(rules, tests, root);
    }

    /// <summary>The first test that the others leave too little for is named.</summary>
    private static void RefuseTooMuch(DocNode root, PlanRules rules, IReadOnlyList<PlanTest> tests)
    {
        var (effort, steps) = (new TestEffort(rules), 0L);
        for (var i = 0; i < tests.Count && !root.Errors.Any; i++)
        {
            steps += effort.Of(tests[i]);
            if (steps > MaxTestSteps)
            {
                root.List("tests")[i].Fail("tests_too_large", string.Create(CultureInfo.InvariantCulture, $"The tests up to this one take about {steps:N0} steps to calculate; those of a plan take at most {MaxTestSteps:N0}. Reps, months, components and deals multiply."));
            }
        }
    }

    /// <summary>A measure keeps its number from version to version: quotas are set for it, whatever its rule.</summary>
    private static Dictionary<string, int> MeasureNos(IReadOnlyList<DocNode> versions)
    {
        var nos = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var measure in versions.SelectMany(v => v.List("measures")))
        {
            if (measure.Find("id") is { Kind: DocKind.Text } id)
            {
                nos.TryAdd(id.Scalar, nos.Count);
            }
        }
        return nos;
    }

    private static Currency Currency(DocNode root)
    {
        var node = root.Get("currency");
        if (Amounts.Currency.TryParse(node.AsText(), out var currency))
        {
            return currency;
        }
        node.Fail("currency_unknown", $"'{node.Scalar}' is not an ISO 4217 currency code.");
        return Amounts.Currency.Usd;
    }
}
