using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.5.2.2: a fragment does not spread itself, directly or through others.</summary>
internal sealed class NoFragmentCyclesRule : ValidationRule
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<FragmentSpreadNode> _path = [];

    /// <summary>How long the path was when a fragment on it was entered.</summary>
    private readonly Dictionary<string, int> _entered = new(StringComparer.Ordinal);

    public override void Listen(ValidationContext context, RuleListeners on) =>
        on.Enter<FragmentDefinitionNode>(SyntaxKind.FragmentDefinition, fragment => Follow(context, fragment));

    private void Follow(ValidationContext context, FragmentDefinitionNode fragment)
    {
        context.EnsureStack();
        var name = fragment.Name.Value;
        if (!_seen.Add(name))
        {
            return;
        }
        _entered[name] = _path.Count;
        foreach (var spread in context.Fragments.SpreadsOf(fragment.SelectionSet))
        {
            _path.Add(spread);
            if (_entered.TryGetValue(spread.Name.Value, out var start))
            {
                Report(context, spread.Name.Value, _path[start..]);
            }
            else if (context.Fragments.Find(spread.Name.Value) is { } next)
            {
                Follow(context, next);
            }
            _path.RemoveAt(_path.Count - 1);
        }
        _entered.Remove(name);
    }

    private static void Report(ValidationContext context, string name, List<FragmentSpreadNode> cycle)
    {
        context.Spend(cycle.Count);
        var via = string.Join(", ", cycle.SkipLast(1).Select(s => $"\"{s.Name.Value}\""));
        context.Report($"Cannot spread fragment \"{name}\" within itself{(via.Length > 0 ? $" via {via}" : "")}.", [.. cycle]);
    }
}
