using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>Introspection does not go round in circles: lists of types in lists of types are cheap to ask and dear to answer.</summary>
internal sealed class MaxIntrospectionDepthRule : ValidationRule
{
    /// <summary>The depths at which fragments were found to stay within the bound, and to pass it.</summary>
    private readonly Dictionary<string, int> _within = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _beyond = new(StringComparer.Ordinal);

    /// <summary>A field that was reported: what is inside is not reported again.</summary>
    private FieldNode? _reported;

    public override void Listen(ValidationContext context, RuleListeners on)
    {
        on.Enter<FieldNode>(SyntaxKind.Field, field =>
        {
            if (_reported is null && (field.Name.Value is "__schema" or "__type") && Exceeds(context, field, new(StringComparer.Ordinal), 0))
            {
                _reported = field;
                context.Report("Maximum introspection depth exceeded", field);
            }
        });
        on.Leave<FieldNode>(SyntaxKind.Field, field => _reported = field == _reported ? null : _reported);
    }

    private bool Exceeds(ValidationContext context, SelectionNode selection, Dictionary<string, int> visited, int depth)
    {
        context.EnsureStack();
        switch (selection)
        {
            case FragmentSpreadNode spread:
                return Exceeds(context, spread.Name.Value, visited, depth);
            case InlineFragmentNode inline:
                return Any(context, inline.SelectionSet, visited, depth);
            case FieldNode field:
                if (field.Name.Value is "fields" or "interfaces" or "possibleTypes" or "inputFields" && ++depth >= Limits.IntrospectionLists)
                {
                    return true;
                }
                return field.SelectionSet is not null && Any(context, field.SelectionSet, visited, depth);
            default:
                return false;
        }
    }

    /// <summary>A fragment is followed again only where it stands deeper than before; in a circle it never does.</summary>
    private bool Exceeds(ValidationContext context, string fragment, Dictionary<string, int> visited, int depth)
    {
        if (_beyond.TryGetValue(fragment, out var beyond) && beyond <= depth)
        {
            return true;
        }
        if ((visited.TryGetValue(fragment, out var before) && before >= depth)
            || (_within.TryGetValue(fragment, out var within) && within >= depth)
            || context.Fragments.Find(fragment) is not { } definition)
        {
            return false;
        }
        visited[fragment] = depth;
        var exceeds = Any(context, definition.SelectionSet, visited, depth);
        (exceeds ? _beyond : _within)[fragment] = depth;
        return exceeds;
    }

    private bool Any(ValidationContext context, SelectionSetNode selections, Dictionary<string, int> visited, int depth)
    {
        foreach (var selection in selections.Selections)
        {
            if (Exceeds(context, selection, visited, depth))
            {
                return true;
            }
        }
        return false;
    }
}
