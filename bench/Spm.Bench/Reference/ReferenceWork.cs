using Spm.Compensation.Population;
using Spm.Compensation.RateTables;

namespace Spm.Bench.Reference;

/// <summary>The timed work: from loaded columns to the table of results, compiling the measures included.</summary>
internal sealed class ReferenceWork(ReferenceData data, TransactionColumns columns)
{
    private const int PieceRows = 64 * PopulationCalculation.BlockRows;

    private readonly PeriodMap _months = ReferencePlan.Months();
    private readonly CreditingScheme _crediting = ReferencePlan.Crediting(data.Size);

    public CreditLedger? Ledger { get; private set; }

    public ReferenceRow[] Aggregate(IReadOnlyList<PopulationMeasure> measures, RateTable rates)
    {
        var calculation = new PopulationCalculation(columns, _months, _crediting, measures);
        MeasurementSums[] sums = [.. Enumerable.Range(0, Workers.Count).Select(_ => calculation.StartSums())];
        Workers.Share(columns.Rows, PieceRows, (worker, from, to) => calculation.Accumulate(sums[worker], from, to));
        return Payouts(calculation.ToCube(sums), rates);
    }

    public ReferenceRow[] ByLedger(IReadOnlyList<PopulationMeasure> measures, RateTable rates)
    {
        var calculation = new PopulationCalculation(columns, _months, _crediting, measures);
        var ledger = calculation.StartLedger();
        Workers.Share(ledger.Blocks, 64, (_, from, to) => calculation.Credit(ledger, from, to));
        Ledger = ledger;
        return FromLedger(rates);
    }

    private ReferenceRow[] FromLedger(RateTable rates)
    {
        var ledger = Ledger!;
        MeasurementSums[] sums = [.. Enumerable.Range(0, Workers.Count).Select(_ => ledger.StartSums())];
        Workers.Share(ledger.Blocks, 64, (worker, from, to) => ledger.Accumulate(sums[worker], from, to));
        return Payouts(ledger.ToCube(sums), rates);
    }

    public void Forget() => Ledger = null;

    private ReferenceRow[] Payouts(MeasurementCube cube, RateTable rates)
    {
        var rows = new ReferenceRow[data.Size.Payees * ReferenceSize.Months];
        var payouts = new ReferencePayouts(cube, data, new StepEvaluator(rates), rows);
        Workers.Share(data.Size.Payees, 256, (_, from, to) => payouts.Calculate(from, to));
        return rows;
    }
}
