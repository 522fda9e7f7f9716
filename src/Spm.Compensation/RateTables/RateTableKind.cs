using Spm.Compensation.Documents;
using Spm.Compensation.RateTables.Flat;
using Spm.Compensation.RateTables.Interpolated;
using Spm.Compensation.RateTables.OverageAtReachedTier;
using Spm.Compensation.RateTables.Step;

namespace Spm.Compensation.RateTables;

/// <summary>A mode of rate table, as documents and their tools know it.</summary>
/// <param name="wireName">The value of "mode".</param>
/// <param name="schema">A JSON Schema 2020-12 fragment.</param>
/// <param name="example">The worked example, a path below this folder: Step/step.plan.md.</param>
/// <param name="read">From a document; null when it is refused, and then the document's errors say why.</param>
public sealed class RateTableKind(string wireName, string schema, string example, Func<DocNode, RateTable?> read)
{
    public string WireName => wireName;

    public string Schema => schema;

    public string Example => example;

    public RateTable? Read(DocNode node) => read(node);

    /// <summary>What a plan's author should look at in a table of this kind.</summary>
    public IReadOnlyList<RateTableFinding> Lint(RateTable table) =>
        table.Mode == wireName ? table.Lint() : throw new ArgumentException($"A table of mode {table.Mode} is not {wireName}.", nameof(table));
}

/// <summary>All modes of rate table: a new one adds its line here.</summary>
public static class RateTableKinds
{
    public static IReadOnlyList<RateTableKind> All { get; } =
    [
        StepTable.Kind,
        FlatTable.Kind,
        InterpolatedTable.Kind,
        OverageAtReachedTierTable.Kind,
    ];

    public static RateTableKind? Find(string wireName) => All.FirstOrDefault(k => k.WireName == wireName);
}
