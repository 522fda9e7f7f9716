using System.Globalization;
using Spm.Compensation.Documents;
using Spm.Compensation.Windows;

namespace Spm.Compensation.PlanDocuments;

public enum PlanChangeKind : byte
{
    Added,
    Removed,
    Changed,
}

/// <summary>One difference between two plan documents.</summary>
/// <param name="Where">In the words of the plan: "version 2025-01-01, component commission, tier from 100 %, rate".</param>
/// <param name="Before">As it was written, or the default that held; null where there was nothing.</param>
/// <param name="After">As it is written, or the default that holds; null where there is nothing.</param>
public sealed record PlanChange(PlanChangeKind Kind, string Where, string? Before, string? After)
{
    /// <summary>How much of what both sides have alike stands before the first difference.</summary>
    private const int Lead = 30;

    /// <summary>Both sides with so many characters at most: of longer ones the part in which they differ first. What is new or gone begins at its beginning.</summary>
    public (string? Before, string? After) Shortened(int longest)
    {
        if (Before is not { } before || After is not { } after || Math.Max(before.Length, after.Length) <= longest)
        {
            return (Cut(Before, 0, longest), Cut(After, 0, longest));
        }
        var alike = before.AsSpan().CommonPrefixLength(after);
        var from = alike + Lead < longest ? 0 : alike - Math.Min(Lead, longest / 2);
        return (Cut(before, from, longest), Cut(after, from, longest));
    }

    private static string? Cut(string? text, int from, int longest) => text is null ? null
        : $"{(from > 0 ? "…" : "")}{text.AsSpan(from, Math.Min(longest, text.Length - from))}{(text.Length > from + longest ? "…" : "")}";
}

/// <summary>
/// What changed between two plan documents, for the people who approve it. The layout of the text, the order of members, notes and
/// comments, numbers that are written differently (1 and 1.0) and defaults that are written out are no changes. The decimals of an expected
/// figure are one: it is compared at them.
/// </summary>
public static class PlanDiff
{
    /// <summary>Lists of words in which the order says nothing.</summary>
    private static readonly HashSet<string> _sets = ["credits", "kinds"];

    private static readonly HashSet<string> _silent = ["note", "$comment", "$schema"];

    /// <summary>In the order of the documents; empty when both say the same. The other way round, before and after are exchanged.</summary>
    public static IReadOnlyList<PlanChange> Between(PlanDocument a, PlanDocument b)
    {
        List<PlanChange> changes = [];
        Objects(a.Source, b.Source, "", "", "", changes);
        return changes;
    }

    private static void Objects(DocNode a, DocNode b, string owner, string where, string unit, List<PlanChange> changes)
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
                Lists(before?.Items ?? [], after?.Items ?? [], name, here, unit, changes);
                continue;
            }
            if (before is null || after is null)
            {
                // The tiers are the component's, but a table that is new or gone is not the component.
                OneSided(a, b, owner, name, name == "rate_table" ? $"{here}, rate table" : here, before, after, changes);
                continue;
            }
            Values(before, after, name, here, name == "rate_table" ? PlanWords.UnitOfTiers(a, b) : unit, changes);
        }
    }

    private static void OneSided(DocNode a, DocNode b, string owner, string name, string where, DocNode? before, DocNode? after, List<PlanChange> changes)
    {
        // The one object of two owners whose members have defaults of their own.
        owner = owner == "rounding" && where.Contains("pay, rounding", StringComparison.Ordinal) ? "pay, rounding" : owner;
        var (was, now) = (before is null ? Default(a, owner, name) : PlanWords.Shown(before), after is null ? Default(b, owner, name) : PlanWords.Shown(after));
        if (was is null || now is null)
        {
            changes.Add(new PlanChange(was is null ? PlanChangeKind.Added : PlanChangeKind.Removed, where, was, now));
        }
        else if (!SameText(was, now))
        {
            changes.Add(new PlanChange(PlanChangeKind.Changed, where, was, now));
        }
    }

    private static string? Default(DocNode owner, string kind, string name) =>
        PlanDefaults.LikeAnother(kind, name) is not { } other ? PlanDefaults.Of(kind, name)
            // A window goes along month by month.
            : name == "measurement_period" && AttainmentWindow.Read(Member(owner, other)) is not null ? "month"
            : Member(owner, other) is { } like ? PlanWords.Shown(like) : PlanDefaults.Of(kind, other);

    private static void Values(DocNode before, DocNode after, string name, string where, string unit, List<PlanChange> changes)
    {
        if (before.Kind == DocKind.Object && after.Kind == DocKind.Object)
        {
            Objects(before, after, name, where, unit, changes);
        }
        else if (before.Kind == DocKind.Array && after.Kind == DocKind.Array)
        {
            Lists(before.Items, after.Items, name, where, unit, changes);
        }
        else if (!Same(before, after, name))
        {
            changes.Add(new PlanChange(PlanChangeKind.Changed, where, PlanWords.Shown(before), PlanWords.Shown(after)));
        }
    }

    private static void Lists(IReadOnlyList<DocNode> a, IReadOnlyList<DocNode> b, string name, string where, string unit, List<PlanChange> changes)
    {
        if (a.Concat(b).All(i => i.Kind is not (DocKind.Object or DocKind.Array)))
        {
            if (_sets.Contains(name) && a.Select(i => i.Scalar).ToHashSet(StringComparer.Ordinal).SetEquals(b.Select(i => i.Scalar)))
            {
                return;
            }
            if (a.Count != b.Count || a.Zip(b).Any(p => !Same(p.First, p.Second, name)))
            {
                changes.Add(new PlanChange(PlanChangeKind.Changed, where, PlanWords.Shown(a), PlanWords.Shown(b)));
            }
            return;
        }
        var (before, after) = (PlanWords.Named(a, name, unit), PlanWords.Named(b, name, unit));
        foreach (var item in before.Keys.Concat(after.Keys).Distinct(StringComparer.Ordinal))
        {
            var here = PlanWords.Item(where, name, item);
            if (!before.TryGetValue(item, out var was))
            {
                changes.Add(new PlanChange(PlanChangeKind.Added, here, null, PlanWords.Shown(after[item])));
            }
            else if (!after.TryGetValue(item, out var now))
            {
                changes.Add(new PlanChange(PlanChangeKind.Removed, here, PlanWords.Shown(was), null));
            }
            else
            {
                Values(was, now, name, here, unit, changes);
            }
        }
    }

    private static DocNode? Member(DocNode owner, string name) =>
        owner.Members.FirstOrDefault(m => m.Name == name).Value is { } value && (value.Kind != DocKind.Null || name == "is") ? value : null;

    private static bool Same(DocNode a, DocNode b, string name) =>
        name == "is" || (a.Kind != DocKind.Number && b.Kind != DocKind.Number) ? (a.Scalar, a.Kind == DocKind.Null) == (b.Scalar, b.Kind == DocKind.Null) : SameText(a.Scalar, b.Scalar);

    private static bool SameText(string a, string b) => a == b || (Number(a) is { } one && one == Number(b));

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
