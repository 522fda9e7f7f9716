using Spm.Compensation.Engine;
using Spm.Compensation.Population;
using Spm.Compensation.Quotas;

namespace Spm.Bench.Reference;

/// <summary>The timed work: from loaded columns to the table of results, compiling the measures included.</summary>
internal sealed class ReferenceWork(ReferenceData data, TransactionColumns columns)
{
    private const int PieceRows = 64 * PopulationCalculation.BlockRows;

    private readonly PeriodMap _months = ReferencePlan.Months();
    private readonly CreditingScheme _crediting = ReferencePlan.Crediting(data.Size);

    // Quotas are loaded data, like the transactions.
    private readonly QuotaBook[] _quotas = ReferencePayouts.Quotas(data);

    public CreditLedger? Ledger { get; private set; }

    public ReferenceRow[] Aggregate(PlanRules plan)
    {
        var calculation = new PopulationCalculation(columns, _months, _crediting, ReferencePlan.Measures(plan));
        MeasurementSums[] sums = [.. Enumerable.Range(0, Workers.Count).Select(_ => calculation.StartSums())];
        Workers.Share(columns.Rows, PieceRows, (worker, from, to) => calculation.Accumulate(sums[worker], from, to));
        return Payouts(calculation.ToCube(sums), plan);
    }

    public ReferenceRow[] ByLedger(PlanRules plan)
    {
        var calculation = new PopulationCalculation(columns, _months, _crediting, ReferencePlan.Measures(plan));
        var ledger = calculation.StartLedger();
        Workers.Share(ledger.Blocks, 64, (_, from, to) => calculation.Credit(ledger, from, to));
        Ledger = ledger;
        return FromLedger(plan);
    }

    private ReferenceRow[] FromLedger(PlanRules plan)
    {
        var ledger = Ledger!;
        MeasurementSums[] sums = [.. Enumerable.Range(0, Workers.Count).Select(_ => ledger.StartSums())];
        Workers.Share(ledger.Blocks, 64, (worker, from, to) => ledger.Accumulate(sums[worker], from, to));
        return Payouts(ledger.ToCube(sums), plan);
    }

    public void Forget() => Ledger = null;

    private ReferenceRow[] Payouts(MeasurementCube cube, PlanRules plan)
    {
        var rows = new ReferenceRow[data.Size.Payees * ReferenceSize.Months];
        var payouts = new ReferencePayouts(cube, data, _quotas, plan, rows);
        Workers.Share(data.Size.Payees, 256, (_, from, to) => payouts.Calculate(from, to));
        return rows;
    }
}
