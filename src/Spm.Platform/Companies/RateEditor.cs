using Spm.Compensation.Amounts;
using Spm.Compensation.Fx;

namespace Spm.Platform.Companies;

/// <summary>Changes to a company's exchange rates, seen by the editor that makes them and by nobody else until they are built.</summary>
public sealed class RateEditor(Company before, long now, Action<RecordChange> note)
{
    private readonly Dictionary<FxRateKey, decimal?> _changed = [];

    public IReadOnlyCollection<FxRateKey> Changed => _changed.Keys;

    public PutOutcome Put(Currency from, DateOnly day, decimal rate)
    {
        var (key, old) = Find(from, day);
        if (old == rate)
        {
            return PutOutcome.Unchanged;
        }
        var doc = new FxRateDoc(from.Code, day, rate);
        _changed[key] = rate;
        note(RecordChange.Of(RecordKinds.FxRate, doc.Key, 0, 0, doc, now));
        return old is null ? PutOutcome.Created : PutOutcome.Corrected;
    }

    /// <summary>Takes a rate away, as if it had never been set.</summary>
    /// <returns>What it was; null where there is none.</returns>
    public decimal? Remove(Currency from, DateOnly day)
    {
        var (key, old) = Find(from, day);
        if (old is not null)
        {
            _changed[key] = null;
            note(new RecordChange(RecordKinds.FxRate, new FxRateDoc(from.Code, day, 0m).Key, 0, 0, null, now));
        }
        return old;
    }

    public FxRates Build() => _changed.Count == 0 ? before.FxRates : before.FxRates.With(_changed);

    private (FxRateKey Key, decimal? Rate) Find(Currency from, DateOnly day)
    {
        var key = new FxRateKey(from, before.Currency, day);
        return (key, _changed.TryGetValue(key, out var edited) ? edited : before.FxRates.Exactly(from, before.Currency, day));
    }
}
