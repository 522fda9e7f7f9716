using System.Runtime.CompilerServices;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Execution.Costs;

/// <summary>
/// What an operation is taken to cost before it runs: the objects that its response may hold, each weighed as the schema says, lists as long
/// as their arguments allow. Of alternatives all count, so that it is never taken for less.
/// </summary>
internal sealed class OperationCost
{
    private readonly Dictionary<string, CostNode> _fragments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FragmentDefinitionNode> _definitions;
    private readonly Schema _schema;
    private readonly int _assumedListSize;
    private readonly CostNode _root;
    private readonly double? _constant;

    public OperationCost(Schema schema, DocumentNode document, OperationDefinitionNode operation, int assumedListSize)
    {
        _schema = schema;
        _assumedListSize = assumedListSize;
        _definitions = document.Definitions.OfType<FragmentDefinitionNode>().DistinctBy(f => f.Name.Value)
            .ToDictionary(f => f.Name.Value, StringComparer.Ordinal);
        _root = new CostNode(0, ListSize.One, isSized: false);
        Add(_root, schema.RootType(operation.Operation), operation.SelectionSet, []);
        _constant = _root.UsesVariables ? null : CostNode.Evaluate(_root, null);
    }

    /// <summary>The cost with these variables; infinite when finding out would take too long.</summary>
    public double With(IReadOnlyDictionary<string, object?> variables) => _constant ?? CostNode.Evaluate(_root, variables);

    private void Add(CostNode node, NamedType? parent, SelectionSetNode selections, ImmutableArray<string> sizedFields)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var selection in selections.Selections)
        {
            switch (selection)
            {
                case FieldNode field when parent is not null && _schema.FindField(parent, field.Name.Value) is { } definition:
                    node.Add(Field(field, definition, sizedFields.Contains(field.Name.Value)));
                    break;
                case InlineFragmentNode inline:
                    Add(node, inline.TypeCondition is null ? parent : _schema.Types[inline.TypeCondition.Name.Value], inline.SelectionSet, sizedFields);
                    break;
                // A fragment of what is sized elsewhere is counted where it stands; others are counted once.
                case FragmentSpreadNode spread when _definitions.TryGetValue(spread.Name.Value, out var fragment):
                    node.Add(Fragment(spread.Name.Value, fragment, sizedFields));
                    break;
            }
        }
    }

    private CostNode Fragment(string name, FragmentDefinitionNode definition, ImmutableArray<string> sizedFields)
    {
        var key = sizedFields.IsEmpty ? name : $"{name} {string.Join(' ', sizedFields)}";
        if (!_fragments.TryGetValue(key, out var node))
        {
            node = new CostNode(0, ListSize.One, isSized: false) { IsFragment = true };
            _fragments.Add(key, node);
            Add(node, _schema.Types[definition.TypeCondition.Name.Value], definition.SelectionSet, sizedFields);
        }
        return node;
    }

    private CostNode Field(FieldNode field, FieldDefinition definition, bool isSized)
    {
        var cost = definition.Cost;
        var weight = cost?.Weight ?? (definition.Type.Named.IsComposite ? 1 : 0);
        var sized = cost?.SizedFields ?? [];
        var node = new CostNode(weight, ListSize.Of(field, definition, _assumedListSize), isSized) { SizesChildren = !sized.IsEmpty };
        if (field.SelectionSet is not null)
        {
            Add(node, definition.Type.Named, field.SelectionSet, sized);
        }
        return node;
    }
}
