using System.Runtime.CompilerServices;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Execution.Plans;

/// <summary>Section 6.3.2: which fields selection sets ask for of objects of a type, by response name, in their order.</summary>
internal sealed class FieldCollector(Schema schema, DocumentNode document, Conditions conditions)
{
    private readonly Dictionary<string, FragmentDefinitionNode> _fragments = document.Definitions.OfType<FragmentDefinitionNode>()
        .DistinctBy(f => f.Name.Value).ToDictionary(f => f.Name.Value, StringComparer.Ordinal);

    public IReadOnlyList<ImmutableArray<FieldNode>> Collect(ObjectType type, IEnumerable<SelectionSetNode> selectionSets)
    {
        var collected = new Collected();
        foreach (var selections in selectionSets)
        {
            Collect(type, selections, collected);
        }
        return [.. collected.Fields.Select(f => f.ToImmutable())];
    }

    private void Collect(ObjectType type, SelectionSetNode selections, Collected into)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var selection in selections.Selections)
        {
            // A fragment that is there already is not asked for its conditions again.
            if ((selection is FragmentSpreadNode known && into.Visited.Contains(known.Name.Value)) || !conditions.Include(schema, selection.Directives))
            {
                continue;
            }
            switch (selection)
            {
                case FieldNode field:
                    into.Add(field);
                    break;
                case InlineFragmentNode inline when inline.TypeCondition is null || Applies(inline.TypeCondition, type):
                    Collect(type, inline.SelectionSet, into);
                    break;
                case FragmentSpreadNode spread when into.Visited.Add(spread.Name.Value):
                    if (_fragments.TryGetValue(spread.Name.Value, out var fragment) && Applies(fragment.TypeCondition, type))
                    {
                        Collect(type, fragment.SelectionSet, into);
                    }
                    break;
            }
        }
    }

    private bool Applies(NamedTypeNode condition, ObjectType type) => schema.Types[condition.Name.Value]?.IsPossible(type) == true;

    private sealed class Collected
    {
        private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

        public List<ImmutableArray<FieldNode>.Builder> Fields { get; } = [];

        /// <summary>A fragment counts once.</summary>
        public HashSet<string> Visited { get; } = new(StringComparer.Ordinal);

        public void Add(FieldNode field)
        {
            if (!_positions.TryGetValue(field.ResponseName, out var position))
            {
                position = Fields.Count;
                _positions.Add(field.ResponseName, position);
                Fields.Add(ImmutableArray.CreateBuilder<FieldNode>(1));
            }
            Fields[position].Add(field);
        }
    }
}
