using System.Runtime.InteropServices;
using Spm.Compensation.Crediting;

namespace Spm.Compensation.Attainment;

/// <summary>
/// Adds the credits of transactions up to measurements: to the credited reps, to their managers as of the transaction's day
/// (roll-up of direct credits; an overlay's credit stays with the overlay), to the territory and to those above it.
/// Sums of integers: neither order nor batching can matter, and subtracting what was added leaves nothing.
/// </summary>
/// <remarks>After an exception (a circle in the roster, an overflow) the changes are incomplete: throw them away.</remarks>
public sealed class MeasurementChanges
{
    /// <summary>Stands for a measure in the key of an empty change: a credit came or went, whether or not a measure counts it.</summary>
    public const int AnyCredit = -1;

    private readonly Dictionary<MeasurementKey, Measurement> _changes = [];

    /// <summary>Whether <see cref="AnyCredit"/> is noted: where some plan looks at single credits.</summary>
    public bool NotesCredits { get; init; }

    public IReadOnlyDictionary<MeasurementKey, Measurement> All => _changes;

    public int Count => _changes.Count;

    public void Clear() => _changes.Clear();

    /// <summary>Adds what others have added up, under the same roster and measures.</summary>
    public void Add(MeasurementChanges others)
    {
        foreach (var (key, change) in others._changes)
        {
            Of(key).Add(change);
        }
    }

    /// <param name="sign">1 to add the transaction, -1 to take it away again.</param>
    public void Apply(
        Transaction transaction, int month, IReadOnlyList<Credit> credits, Roster roster, IReadOnlyList<Measure> measures, int sign)
    {
        Span<int> above = stackalloc int[Roster.MaxDepth];
        for (var c = 0; c < credits.Count; c++)
        {
            var credit = credits[c];
            var managers = credit.Kind == CreditKind.Overlay ? [] : above[..roster.ManagersAbove(credit.Rep, transaction.Date, above)];
            if (NotesCredits)
            {
                Note(credit.Rep, month, managers);
            }
            for (var m = 0; m < measures.Count; m++)
            {
                if (measures[m].Counts(transaction))
                {
                    AddCredit(credit, sign * measures[m].Of(transaction, credit), measures[m].No, month, managers, sign);
                }
            }
        }
        var territory = roster.TerritoryOf(transaction);
        if (territory == Roster.None || !transaction.InCompanyCurrency)
        {
            return;
        }
        var territories = above[..roster.TerritoriesAbove(territory, above)];
        for (var m = 0; m < measures.Count; m++)
        {
            if (measures[m].Counts(transaction))
            {
                AddOwn(SubjectKind.Territory, territory, sign * measures[m].Of(transaction), measures[m].No, month, territories, sign);
            }
        }
    }

    private void AddCredit(in Credit credit, long value, int measure, int month, ReadOnlySpan<int> managers, int sign)
    {
        if (credit.Kind == CreditKind.Overlay)
        {
            Of(new MeasurementKey(SubjectKind.Rep, credit.Rep, measure, month)).Add(new Measurement(0, value, 0, 0, sign, 0));
        }
        else
        {
            AddOwn(SubjectKind.Rep, credit.Rep, value, measure, month, managers, sign);
        }
    }

    private void AddOwn(SubjectKind kind, int subject, long value, int measure, int month, ReadOnlySpan<int> above, int sign)
    {
        Of(new MeasurementKey(kind, subject, measure, month)).Add(new Measurement(value, 0, 0, sign, 0, 0));
        var rollUp = new Measurement(0, 0, value, 0, 0, sign);
        foreach (var ancestor in above)
        {
            Of(new MeasurementKey(kind, ancestor, measure, month)).Add(rollUp);
        }
    }

    private void Note(int rep, int month, ReadOnlySpan<int> managers)
    {
        _ = Of(new MeasurementKey(SubjectKind.Rep, rep, AnyCredit, month));
        foreach (var manager in managers)
        {
            _ = Of(new MeasurementKey(SubjectKind.Rep, manager, AnyCredit, month));
        }
    }

    private ref Measurement Of(MeasurementKey key) => ref CollectionsMarshal.GetValueRefOrAddDefault(_changes, key, out _);
}
