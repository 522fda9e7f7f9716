using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>Names that were met before, for rules that want each once.</summary>
internal sealed class FirstNames
{
    private readonly Dictionary<string, NameNode> _first = new(StringComparer.Ordinal);

    /// <summary>The first node of the same name, or null when this is the first.</summary>
    public NameNode? Before(NameNode name) => _first.TryAdd(name.Value, name) ? null : _first[name.Value];

    /// <summary>Names that stand more than once among siblings, with all their nodes.</summary>
    public static IEnumerable<(string Name, NameNode[] Nodes)> Repeated(IEnumerable<NameNode> names) =>
        names.GroupBy(n => n.Value, StringComparer.Ordinal).Where(g => g.Skip(1).Any()).Select(g => (g.Key, g.ToArray()));
}
