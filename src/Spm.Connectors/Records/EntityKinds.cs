namespace Spm.Connectors;

/// <summary>The names that manifests use for canonical entities.</summary>
public static class EntityKinds
{
    private static readonly Dictionary<string, Type> Types = new(StringComparer.Ordinal)
    {
        ["opportunity"] = typeof(Opportunity),
        ["opportunity_line"] = typeof(OpportunityLine),
        ["invoice"] = typeof(Invoice),
        ["payment"] = typeof(Payment),
        ["refund"] = typeof(Refund),
        ["person"] = typeof(Person),
        ["employment"] = typeof(Employment),
        ["reference"] = typeof(Reference),
        ["payout_line"] = typeof(PayoutLine),
    };

    public static IReadOnlyCollection<string> Names => Types.Keys;

    /// <summary>The type of the entities of a stream of this kind.</summary>
    public static Type TypeOf(string name) => Types[name];

    public static bool Exists(string name) => Types.ContainsKey(name);
}
