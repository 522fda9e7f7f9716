using Spm.Compensation.Population;
using Spm.Compensation.RateTables.Step;

namespace Spm.Bench.Reference;

/// <summary>The reference plan said in the engine's words; the engine knows nothing of it.</summary>
internal static class ReferencePlan
{
    /// <summary>Credit above 250 % of quota earns nothing.</summary>
    public static readonly StepTable Rates = new(
        [new(0, 50, 4), new(50, 80, 6), new(80, 100, 8), new(100, 120, 12), new(120, 250, 15), new(250, null, 0)]);

    /// <summary>Another plan for the same year: other rates, and margin counts on strategic lines only.</summary>
    public static readonly StepTable ChangedRates = new(
        [new(0, 60, 3), new(60, 90, 7), new(90, 110, 9), new(110, 150, 14), new(150, 300, 16), new(300, null, 0)]);

    public static readonly PopulationMeasure[] Measures =
    [
        new("bookings", new ColumnTerm("amount")),
        new("strategic_units", new AttributeTerm("line", "strategic")),
        new("margin", new ColumnTerm("amount") * new AttributeTerm("line", "margin")),
    ];

    public static readonly PopulationMeasure[] ChangedMeasures =
    [
        Measures[0],
        Measures[1],
        new("margin", new IfTerm(new ComparisonTerm(Comparison.More, new AttributeTerm("line", "strategic"), 0m), Measures[2].Value, new ColumnTerm("amount") * 0.05m)),
    ];

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
