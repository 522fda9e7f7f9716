namespace Spm.Connectors.Hosting.Sync;

/// <summary>
/// What has changed in a stream's fields. A field that is gone or has another type pauses the stream: whatever is mapped from it would
/// turn into nothing in silence. A new field harms nobody and is only told.
/// </summary>
public sealed record SchemaDifference(
    IReadOnlyList<DiscoveredField> Added, IReadOnlyList<DiscoveredField> Removed, IReadOnlyList<(DiscoveredField Before, DiscoveredField After)> Retyped)
{
    public bool Pauses => Removed.Count > 0 || Retyped.Count > 0;

    public bool Exists => Added.Count > 0 || Pauses;

    public static SchemaDifference Between(IReadOnlyList<DiscoveredField> before, IReadOnlyList<DiscoveredField> after)
    {
        var (old, now) = (before.ToDictionary(f => f.Name), after.ToDictionary(f => f.Name));
        return new SchemaDifference(
            [.. after.Where(f => !old.ContainsKey(f.Name))],
            [.. before.Where(f => !now.ContainsKey(f.Name))],
            [.. before.Where(f => now.TryGetValue(f.Name, out var n) && n.Type != f.Type).Select(f => (f, now[f.Name]))]);
    }

    public override string ToString() =>
        $"added {Names(Added)}; removed {Names(Removed)}; of another type {Names([.. Retyped.Select(r => r.After)])}";

    private static string Names(IReadOnlyList<DiscoveredField> fields) => fields.Count == 0 ? "nothing" : string.Join(", ", fields.Select(f => f.Name));
}
