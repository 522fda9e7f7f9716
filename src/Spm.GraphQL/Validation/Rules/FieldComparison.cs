using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>
/// Compares the fields of selection sets, and of the fragments that they spread. Each pair of fragments, and each selection set with each
/// fragment, is compared once, and there is a budget: a document that would keep a server busy is refused.
/// </summary>
internal sealed class FieldComparison(ValidationContext context)
{
    private readonly Dictionary<(GraphQLType? Parent, SelectionSetNode Selections), FieldSet> _sets = [];

    /// <summary>Pairs of fragments that were compared, the lesser name first, and whether that was as exclusive alternatives.</summary>
    private readonly Dictionary<(string, string), bool> _pairs = [];

    private int _budget = Limits.ComparisonSteps;

    /// <summary>The conflicts among the fields of one selection set.</summary>
    public List<FieldConflict> Within(GraphQLType? parent, SelectionSetNode selections)
    {
        List<FieldConflict> conflicts = [];
        var set = SetOf(parent, selections);
        foreach (var (name, fields) in set.Fields)
        {
            for (var i = 0; i < fields.Count; i++)
            {
                for (var j = i + 1; j < fields.Count; j++)
                {
                    Compare(conflicts, false, name, fields[i], fields[j]);
                }
            }
        }
        for (var i = 0; i < set.Fragments.Count; i++)
        {
            WithFragment(conflicts, false, set, set.Fragments[i]);
            for (var j = i + 1; j < set.Fragments.Count; j++)
            {
                Fragments(conflicts, false, set.Fragments[i], set.Fragments[j]);
            }
        }
        return conflicts;
    }

    private FieldSet SetOf(GraphQLType? parent, SelectionSetNode selections)
    {
        if (!_sets.TryGetValue((parent, selections), out var set))
        {
            _sets.Add((parent, selections), set = new FieldSet(context.Schema, parent, selections));
        }
        return set;
    }

    private FieldSet? SetOf(string fragment) =>
        context.Fragments.Find(fragment) is { } node ? SetOf(context.Schema.TypeOf(node.TypeCondition), node.SelectionSet) : null;

    /// <summary>The fields of a set with those of a fragment and of the fragments that it spreads.</summary>
    /// <param name="exclusive">Whether the two never apply to one object, so that only shapes must agree.</param>
    private void WithFragment(List<FieldConflict> conflicts, bool exclusive, FieldSet set, string fragment)
    {
        if (set.Fields.Count == 0)
        {
            return;
        }
        Stack<string> open = new([fragment]);
        while (open.TryPop(out var name))
        {
            Spend(1);
            // What was compared in earnest need not be compared as alternatives.
            if (set.Compared.TryGetValue(name, out var before) && (!before || exclusive))
            {
                continue;
            }
            set.Compared[name] = exclusive;
            if (SetOf(name) is { } other && other != set)
            {
                Sets(conflicts, exclusive, set, other);
                other.Fragments.ForEach(open.Push);
            }
        }
    }

    /// <summary>The fields of two fragments, and of those that they spread, with one another.</summary>
    private void Fragments(List<FieldConflict> conflicts, bool exclusive, string first, string second)
    {
        Stack<(string, string)> open = new([(first, second)]);
        while (open.TryPop(out var pair))
        {
            Spend(2);
            var (a, b) = pair;
            var key = string.CompareOrdinal(a, b) < 0 ? (a, b) : (b, a);
            if (a == b || (_pairs.TryGetValue(key, out var before) && (!before || exclusive)))
            {
                continue;
            }
            _pairs[key] = exclusive;
            if (SetOf(a) is not { } setA || SetOf(b) is not { } setB)
            {
                continue;
            }
            Sets(conflicts, exclusive, setA, setB);
            setB.Fragments.ForEach(name => open.Push((a, name)));
            setA.Fragments.ForEach(name => open.Push((name, b)));
        }
    }

    private void Sets(List<FieldConflict> conflicts, bool exclusive, FieldSet first, FieldSet second)
    {
        foreach (var (name, fields) in first.Fields)
        {
            Spend(1);
            if (!second.Fields.TryGetValue(name, out var others))
            {
                continue;
            }
            foreach (var field in fields)
            {
                foreach (var other in others)
                {
                    Compare(conflicts, exclusive, name, field, other);
                }
            }
        }
    }

    private void Compare(List<FieldConflict> conflicts, bool exclusive, string name, SelectedField first, SelectedField second)
    {
        Spend(2);
        // Objects of two types are never the same object.
        exclusive |= first.Parent != second.Parent && first.Parent is ObjectType && second.Parent is ObjectType;
        if (Conflict(exclusive, name, first, second) is { } conflict)
        {
            conflicts.Add(conflict);
        }
    }

    private FieldConflict? Conflict(bool exclusive, string name, SelectedField first, SelectedField second)
    {
        var (a, b) = (first.Node, second.Node);
        if (first.IsBare && second.IsBare && a.Name.Value == b.Name.Value && first.Definition?.Type == second.Definition?.Type)
        {
            return null;
        }
        if (!exclusive && a.Name.Value != b.Name.Value)
        {
            return Because($"\"{FieldConflict.Abbreviate(a.Name.Value)}\" and \"{FieldConflict.Abbreviate(b.Name.Value)}\" are different fields");
        }
        if (!exclusive && !ValueEquality.Same(a.Arguments, b.Arguments, Spend))
        {
            return Because("they have differing arguments");
        }
        if (first.Definition?.Type is { } typeA && second.Definition?.Type is { } typeB && HaveDifferentShapes(typeA, typeB))
        {
            return Because($"they return conflicting types \"{typeA}\" and \"{typeB}\"");
        }
        return a.SelectionSet is null || b.SelectionSet is null
            ? null
            : FieldConflict.Of(name, a, b, Subfields(exclusive, first, a.SelectionSet, second, b.SelectionSet));

        FieldConflict Because(string reason) => new(name, reason, [a], [b]);
    }

    private List<FieldConflict> Subfields(
        bool exclusive, SelectedField first, SelectionSetNode selectionsA, SelectedField second, SelectionSetNode selectionsB)
    {
        context.EnsureStack();
        List<FieldConflict> conflicts = [];
        var a = SetOf(first.Definition?.Type.Named, selectionsA);
        var b = SetOf(second.Definition?.Type.Named, selectionsB);
        Sets(conflicts, exclusive, a, b);
        foreach (var name in b.Fragments)
        {
            WithFragment(conflicts, exclusive, a, name);
        }
        foreach (var name in a.Fragments)
        {
            WithFragment(conflicts, exclusive, b, name);
        }
        foreach (var nameA in a.Fragments)
        {
            foreach (var nameB in b.Fragments)
            {
                Fragments(conflicts, exclusive, nameA, nameB);
            }
        }
        return conflicts;
    }

    /// <summary>Whether no value could be of both types as a response writes them: lists, nulls and leaves must agree.</summary>
    private static bool HaveDifferentShapes(GraphQLType a, GraphQLType b) => a != b && (a, b) switch
    {
        (ListType x, ListType y) => HaveDifferentShapes(x.OfType, y.OfType),
        (ListType, _) or (_, ListType) => true,
        (NonNullType x, NonNullType y) => HaveDifferentShapes(x.OfType, y.OfType),
        (NonNullType, _) or (_, NonNullType) => true,
        _ => a.Named.IsLeaf || b.Named.IsLeaf,
    };

    private void Spend(int steps)
    {
        _budget -= steps;
        if (_budget < 0)
        {
            context.Abort("Comparing the fields of the document takes too long. Validation aborted.");
        }
    }
}
