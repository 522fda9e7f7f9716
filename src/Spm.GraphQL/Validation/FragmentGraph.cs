using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation;

/// <summary>Which fragments a document has, and which of them spread which.</summary>
public sealed class FragmentGraph
{
    private readonly ValidationContext _context;
    private readonly Dictionary<string, FragmentDefinitionNode> _fragments = new(StringComparer.Ordinal);
    private readonly Dictionary<SelectionSetNode, IReadOnlyList<FragmentSpreadNode>> _spreads = [];

    internal FragmentGraph(ValidationContext context)
    {
        _context = context;
        foreach (var fragment in context.Document.Definitions.OfType<FragmentDefinitionNode>())
        {
            // Of two with one name the later counts; that there are two is another rule's business.
            _fragments[fragment.Name.Value] = fragment;
        }
    }

    public FragmentDefinitionNode? Find(string name) => _fragments.GetValueOrDefault(name);

    /// <summary>The spreads in a selection set and the selection sets inside, not those in the fragments that are spread.</summary>
    public IReadOnlyList<FragmentSpreadNode> SpreadsOf(SelectionSetNode selections)
    {
        if (_spreads.TryGetValue(selections, out var known))
        {
            return known;
        }
        List<FragmentSpreadNode> spreads = [];
        Stack<SelectionSetNode> open = new([selections]);
        while (open.TryPop(out var set))
        {
            foreach (var selection in set.Selections)
            {
                if (selection is FragmentSpreadNode spread)
                {
                    spreads.Add(spread);
                }
                else if ((selection as FieldNode)?.SelectionSet is { } inField)
                {
                    open.Push(inField);
                }
                else if (selection is InlineFragmentNode inline)
                {
                    open.Push(inline.SelectionSet);
                }
            }
        }
        _spreads.Add(selections, spreads);
        return spreads;
    }

    /// <summary>Every fragment that operations spread, directly or through others, once.</summary>
    public IReadOnlyList<FragmentDefinitionNode> ReachedFrom(IEnumerable<OperationDefinitionNode> operations)
    {
        List<FragmentDefinitionNode> reached = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        Queue<SelectionSetNode> open = new(operations.Select(o => o.SelectionSet));
        while (open.TryDequeue(out var selections))
        {
            var spreads = SpreadsOf(selections);
            _context.Spend(spreads.Count);
            foreach (var spread in spreads)
            {
                if (names.Add(spread.Name.Value) && Find(spread.Name.Value) is { } fragment)
                {
                    reached.Add(fragment);
                    open.Enqueue(fragment.SelectionSet);
                }
            }
        }
        return reached;
    }
}
