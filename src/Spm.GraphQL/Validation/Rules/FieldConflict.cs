using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>Two fields that cannot be merged.</summary>
/// <param name="Name">Under which both answer.</param>
/// <param name="First">The first field, and those of its subfields that are the cause; <paramref name="Second"/> likewise.</param>
internal sealed record FieldConflict(string Name, string Reason, IReadOnlyList<FieldNode> First, IReadOnlyList<FieldNode> Second)
{
    /// <summary>The conflict of two fields whose subfields conflict.</summary>
    public static FieldConflict? Of(string name, FieldNode first, FieldNode second, IReadOnlyList<FieldConflict> subfields)
    {
        if (subfields.Count == 0)
        {
            return null;
        }
        var reason = "";
        foreach (var conflict in subfields.TakeWhile(_ => reason.Length <= Limits.ConflictText))
        {
            reason += $"{(reason.Length > 0 ? " and " : "")}subfields \"{Abbreviate(conflict.Name)}\" conflict because {conflict.Reason}";
        }
        return new FieldConflict(
            name, Abbreviate(reason), Nodes(first, subfields.Select(c => c.First)), Nodes(second, subfields.Select(c => c.Second)));
    }

    public static string Abbreviate(string text) => text.Length > Limits.ConflictText ? text[..Limits.ConflictText] + "..." : text;

    private static List<FieldNode> Nodes(FieldNode field, IEnumerable<IReadOnlyList<FieldNode>> causes)
    {
        List<FieldNode> nodes = [field];
        foreach (var cause in causes)
        {
            // The outer fields of a cause come first; the innermost ones tell more.
            nodes.AddRange(cause.TakeLast(Limits.ConflictNodes - nodes.Count));
            if (nodes.Count == Limits.ConflictNodes)
            {
                break;
            }
        }
        return nodes;
    }
}
