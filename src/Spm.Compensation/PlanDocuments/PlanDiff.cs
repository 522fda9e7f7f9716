using Spm.Compensation.Documents;

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
/// comments, numbers that are written differently (1 and 1.0), defaults that are written out and an order that changes no pay are no changes. The decimals of an expected
/// figure are one: it is compared at them.
/// </summary>
public static class PlanDiff
{
    /// <summary>In the order of the documents; empty when both say the same. The other way round, before and after are exchanged.</summary>
    public static IReadOnlyList<PlanChange> Between(PlanDocument a, PlanDocument b)
    {
        var quotas = new Dictionary<DocNode, string>(ReferenceEqualityComparer.Instance);
        Quotas(a, quotas);
        Quotas(b, quotas);
        return new PlanComparison(quotas).Between(a.Source, b.Source);
    }

    /// <summary>What quota each component stands against, be it written or not: it depends on all that asks for it.</summary>
    private static void Quotas(PlanDocument plan, Dictionary<DocNode, string> quotas)
    {
        foreach (var (node, version) in plan.Source.List("versions").Zip(plan.Rules.Versions))
        {
            foreach (var component in node.List("components"))
            {
                quotas.Add(component, WireNames.Of(version.Components[version.Find(component.Get("id").Scalar)].Quota));
            }
        }
    }
}
