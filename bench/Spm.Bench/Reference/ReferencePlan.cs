using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Population;

namespace Spm.Bench.Reference;

/// <summary>The reference plan is a document like any other, and so is the changed one; here is only what its names are in the columns.</summary>
internal static class ReferencePlan
{
    public static PlanRules Rules => Read("reference-year");

    /// <summary>Another plan for the same year: other rates, and margin counts in full on strategic lines only.</summary>
    public static PlanRules ChangedRules => Read("reference-year-changed");

    private static readonly Dictionary<string, NumberTerm> Names = new()
    {
        ["amount"] = new ColumnTerm("amount"),
        ["quantity"] = 1m,
        ["facts.strategic"] = new AttributeTerm("line", "strategic"),
        ["facts.margin"] = new AttributeTerm("line", "margin"),
    };

    public static IReadOnlyList<PopulationMeasure> Measures(PlanRules plan) =>
        [.. PlanMeasures.Of(plan.Versions[0], Names).Select(m => m ?? throw new InvalidOperationException("A measure cannot be told in columns."))];

    private static PlanRules Read(string name)
    {
        var errors = new DocErrors();
        var document = PlanReader.Read(File.ReadAllBytes(Path.Combine(Root(), "samples", "plans", "reference", $"{name}.plan.json")), errors);
        return document?.Rules ?? throw new InvalidOperationException(string.Join('\n', errors.All));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SpmApi.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The benchmark runs inside of the repository.");
        }
        return folder.FullName;
    }

    public static TransactionColumns Columns(ReferenceData data)
    {
        var size = data.Size;
        var line = new Dimension("line", ReferenceSize.Lines, new NumberColumn("margin", data.MarginPercent, 2), new NumberColumn("strategic", data.Strategic, 0));
        return new(
            size.Transactions,
            [new NumberColumn("amount", data.Cents, 2)],
            [
                new CodeColumn("rep", new Dimension("rep", size.Reps), data.Rep),
                new CodeColumn("account", new Dimension("account", Math.Max(1, size.Transactions / 20)), data.Account),
                new CodeColumn("line", line, data.Line),
                new CodeColumn("day", new Dimension("day", 365), data.Day),
            ]);
    }

    public static PeriodMap Months() =>
        new("day", [.. Enumerable.Range(0, 365).Select(d => new DateOnly(2025, 1, 1).AddDays(d).Month - 1)], ReferenceSize.Months);

    public static CreditingScheme Crediting(ReferenceSize size) => new(
        size.Payees,
        [
            new CreditRelation("direct", "rep", [.. Enumerable.Range(0, size.Reps)], 100, RollsUp: true),
            new CreditRelation("overlay", "line", [.. Enumerable.Range(size.FirstSpecialist, ReferenceSize.Lines)], 20, RollsUp: false),
        ],
        [.. Enumerable.Range(0, size.Payees).Select(size.ManagerOf)]);
}
