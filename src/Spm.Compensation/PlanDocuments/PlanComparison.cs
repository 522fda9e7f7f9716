using System.Globalization;
using Spm.Compensation.Documents;
using Spm.Compensation.Windows;

namespace Spm.Compensation.PlanDocuments;

/// <summary>Walks two documents side by side.</summary>
/// <param name="quotas">By component of either document, what is its quota where none is written.</param>
internal sealed class PlanComparison(IReadOnlyDictionary<DocNode, string> quotas)
{
    /// <summary>Lists of words in which the order says nothing.</summary>
    private static readonly HashSet<string> _sets = ["credits", "kinds", "components", "work_days", "holidays"];

    /// <summary>Lists of which every item holds wherever it stands, though nothing names it.</summary>
    private static readonly HashSet<string> _unordered = ["gates", "multipliers", "kickers", "parts", "expect", "quotas", "scores", "fx_rates", "adjustments", "costs", "splits"];

    private static readonly HashSet<string> _silent = ["note", "$comment", "$schema"];

    private readonly List<PlanChange> _changes = [];

    public IReadOnlyList<PlanChange> Between(DocNode a, DocNode b)
    {
        Objects(a, b, "", "", "");
        return _changes;
    }

    private void Objects(DocNode a, DocNode b, string owner, string where, string unit)
    {
        foreach (var name in a.Members.Concat(b.Members).Select(m => m.Name).Distinct().Where(n => !_silent.Contains(n)))
        {
            var (before, after) = (Member(a, name), Member(b, name));
            if (before is null && after is null)
            {
                // Null is left out, but for an expected figure, where it says that the figure is unknown.
                continue;
            }
            var here = PlanWords.Inside(where, owner, name);
            if ((before is null || after is null) && PlanWords.KnowsItems(owner, name) && (before ?? after)!.Kind == DocKind.Array)
            {
                // What is new in a list is told item by item: a list has no word of its own.
                Lists(before?.Items ?? [], after?.Items ?? [], name, here, unit);
                continue;
            }
            if (before is null || after is null)
            {
                // The tiers are the component's, but a table that is new or gone is not the component.
                OneSided(a, b, owner, name, name == "rate_table" ? $"{here}, rate table" : here, before, after);
                continue;
            }
            Values(before, after, name, here, name == "rate_table" ? PlanWords.UnitOfTiers(a, b) : unit);
        }
    }

    private void OneSided(DocNode a, DocNode b, string owner, string name, string where, DocNode? before, DocNode? after)
    {
        // The one object of two owners whose members have defaults of their own.
        owner = owner == "rounding" && where.Contains("pay, rounding", StringComparison.Ordinal) ? "pay, rounding" : owner;
        var (was, now) = (before is null ? Default(a, owner, name) : PlanWords.Shown(before), after is null ? Default(b, owner, name) : PlanWords.Shown(after));
        if (was is null || now is null)
        {
            _changes.Add(new PlanChange(was is null ? PlanChangeKind.Added : PlanChangeKind.Removed, where, was, now));
        }
        else if (!SameText(was, now))
        {
            _changes.Add(new PlanChange(PlanChangeKind.Changed, where, was, now));
        }
    }

    private string? Default(DocNode owner, string kind, string name) =>
        (kind, name) == ("components", "quota") ? quotas[owner]
        : PlanDefaults.LikeAnother(kind, name) is not { } other ? PlanDefaults.Of(kind, name)
            // A window goes along month by month.
            : name == "measurement_period" && AttainmentWindow.Read(Member(owner, other)) is not null ? "month"
            : Member(owner, other) is { } like ? PlanWords.Shown(like) : PlanDefaults.Of(kind, other);

    private void Values(DocNode before, DocNode after, string name, string where, string unit)
    {
        if (before.Kind == DocKind.Object && after.Kind == DocKind.Object)
        {
            Objects(before, after, name, where, unit);
        }
        else if (before.Kind == DocKind.Array && after.Kind == DocKind.Array)
        {
            Lists(before.Items, after.Items, name, where, unit);
        }
        else if (!Same(before, after, name))
        {
            _changes.Add(new PlanChange(PlanChangeKind.Changed, where, PlanWords.Shown(before), PlanWords.Shown(after)));
        }
    }

    private void Lists(IReadOnlyList<DocNode> a, IReadOnlyList<DocNode> b, string name, string where, string unit)
    {
        if (a.Concat(b).All(i => i.Kind is not (DocKind.Object or DocKind.Array)))
        {
            if (_sets.Contains(name) && a.Select(i => i.Scalar).ToHashSet(StringComparer.Ordinal).SetEquals(b.Select(i => i.Scalar)))
            {
                return;
            }
            if (a.Count != b.Count || a.Zip(b).Any(p => !Same(p.First, p.Second, name)))
            {
                _changes.Add(new PlanChange(PlanChangeKind.Changed, where, PlanWords.Shown(a), PlanWords.Shown(b)));
            }
            return;
        }
        var (before, after) = (PlanWords.Named(a, name, unit), PlanWords.Named(b, name, unit));
        if (_unordered.Contains(name))
        {
            TakeOutAlike(before, after, name, unit);
        }
        var moved = name == "versions" ? Moved(before, after) : [];
        foreach (var item in before.Keys.Concat(after.Keys.Except(moved.Values)).Distinct(StringComparer.Ordinal))
        {
            var (was, now) = (before.GetValueOrDefault(item), after.GetValueOrDefault(moved.GetValueOrDefault(item, item)));
            // Told by the earlier of two days, whichever way round.
            var here = PlanWords.Item(where, name, moved.TryGetValue(item, out var day) && string.CompareOrdinal(day, item) < 0 ? day : item);
            if (was is null)
            {
                _changes.Add(new PlanChange(PlanChangeKind.Added, here, null, PlanWords.Shown(now!)));
            }
            else if (now is null)
            {
                _changes.Add(new PlanChange(PlanChangeKind.Removed, here, PlanWords.Shown(was), null));
            }
            else
            {
                Values(was, now, name, here, unit);
            }
        }
    }

    /// <summary>Versions that begin on another day: those with most in common, and at least a component.</summary>
    private Dictionary<string, string> Moved(Dictionary<string, DocNode> before, Dictionary<string, DocNode> after)
    {
        var moved = new Dictionary<string, string>(StringComparer.Ordinal);
        var pairs =
            from was in before.Keys.Except(after.Keys).Order(StringComparer.Ordinal).Index()
            from now in after.Keys.Except(before.Keys).Order(StringComparer.Ordinal).Index()
            let versions = (Was: before[was.Item], Now: after[now.Item])
            where Components(versions.Was).Intersect(Components(versions.Now)).Any()
            orderby Changes(versions.Was, versions.Now, "versions", "").Count, was.Index + now.Index
            select (Was: was.Item, Now: now.Item);
        foreach (var (was, now) in pairs)
        {
            if (!moved.ContainsKey(was) && !moved.ContainsValue(now))
            {
                moved.Add(was, now);
            }
        }
        return moved;
    }

    private static IEnumerable<string> Components(DocNode version) => version.List("components").Select(c => c.Get("id").Scalar);

    /// <summary>Takes out the items that stand in both, wherever they do.</summary>
    private void TakeOutAlike(Dictionary<string, DocNode> before, Dictionary<string, DocNode> after, string name, string unit)
    {
        foreach (var (item, was) in before)
        {
            if (after.FirstOrDefault(other => Changes(was, other.Value, name, unit).Count == 0) is { Key: { } same })
            {
                before.Remove(item);
                after.Remove(same);
            }
        }
    }

    private List<PlanChange> Changes(DocNode a, DocNode b, string name, string unit)
    {
        var comparison = new PlanComparison(quotas);
        comparison.Values(a, b, name, "", unit);
        return comparison._changes;
    }

    private static DocNode? Member(DocNode owner, string name) =>
        owner.Members.FirstOrDefault(m => m.Name == name).Value is { } value && (value.Kind != DocKind.Null || name == "is") ? value : null;

    private static bool Same(DocNode a, DocNode b, string name) =>
        name == "is" || (a.Kind != DocKind.Number && b.Kind != DocKind.Number) ? (a.Scalar, a.Kind == DocKind.Null) == (b.Scalar, b.Kind == DocKind.Null) : SameText(a.Scalar, b.Scalar);

    private static bool SameText(string a, string b) => a == b || (Number(a) is { } one && one == Number(b));

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
