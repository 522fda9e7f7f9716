using System.Runtime.InteropServices;
using Spm.Compensation.Crediting;

namespace Spm.Compensation.Attainment;

/// <summary>
/// Adds the credits of transactions up to measurements: to the credited reps, to their managers as of the transaction's day
/// (roll-up of direct credits; an overlay's credit stays with the overlay), to the territory and to those above it.
/// Sums of integers: neither order nor batching can matter, and subtracting what was added leaves nothing.
/// </summary>
public sealed class MeasurementChanges
{
    private readonly Dictionary<MeasurementKey, Measurement> _changes = [];

    public IReadOnlyDictionary<MeasurementKey, Measurement> All => _changes;

    public int Count => _changes.Count;

    public void Clear() => _changes.Clear();

    /// <param name="sign">1 to add the transaction, -1 to take it away again.</param>
    public void Apply(Transaction transaction, int month, IReadOnlyList<Credit> credits, Roster roster, IReadOnlyList<Measure> measures, int sign)
    {
        var territory = roster.TerritoryOf(transaction);
        for (var m = 0; m < measures.Count; m++)
        {
            var measure = measures[m];
            if (!measure.Counts(transaction))
            {
                continue;
            }
            for (var c = 0; c < credits.Count; c++)
            {
                AddCredit(transaction, credits[c], measure, month, roster, sign);
            }
            if (territory != Roster.None && transaction.InCompanyCurrency)
            {
                AddTerritory(transaction, territory, measure, month, roster, sign);
            }
        }
    }

    private void AddCredit(Transaction transaction, in Credit credit, Measure measure, int month, Roster roster, int sign)
    {
        var value = sign * measure.Of(transaction, credit);
        ref var own = ref Of(new MeasurementKey(SubjectKind.Rep, credit.Rep, measure.No, month));
        if (credit.Kind == CreditKind.Overlay)
        {
            own.Add(new Measurement(0, value, 0, 0, sign, 0));
            return;
        }
        own.Add(new Measurement(value, 0, 0, sign, 0, 0));
        var rollUp = new Measurement(0, 0, value, 0, 0, sign);
        var manager = roster.ManagerOf(credit.Rep, transaction.Date);
        for (var depth = 0; manager != Roster.None && depth < Roster.MaxDepth; depth++)
        {
            Of(new MeasurementKey(SubjectKind.Rep, manager, measure.No, month)).Add(rollUp);
            manager = roster.ManagerOf(manager, transaction.Date);
        }
    }

    private void AddTerritory(Transaction transaction, int territory, Measure measure, int month, Roster roster, int sign)
    {
        var value = sign * measure.Of(transaction);
        Of(new MeasurementKey(SubjectKind.Territory, territory, measure.No, month)).Add(new Measurement(value, 0, 0, sign, 0, 0));
        var rollUp = new Measurement(0, 0, value, 0, 0, sign);
        var above = roster.Territories[territory].Parent;
        for (var depth = 0; above != Roster.None && depth < Roster.MaxDepth; depth++)
        {
            Of(new MeasurementKey(SubjectKind.Territory, above, measure.No, month)).Add(rollUp);
            above = roster.Territories[above].Parent;
        }
    }

    private ref Measurement Of(MeasurementKey key) => ref CollectionsMarshal.GetValueRefOrAddDefault(_changes, key, out _);
}
