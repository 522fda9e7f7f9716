using System.Runtime.CompilerServices;
using Spm.GraphQL.Language;

namespace Spm.GraphQL.Execution.Costs;

/// <summary>How large an operation is, with its fragments spread. Counts end where nobody would allow more.</summary>
/// <param name="Depth">Fields within fields.</param>
/// <param name="Fields">Fields, each wherever its fragment is spread.</param>
/// <param name="Aliases">Fields under another name than their own.</param>
/// <param name="AsksForSchema">Whether it reads <c>__schema</c> or <c>__type</c>.</param>
internal sealed record OperationShape(int Depth, int Fields, int Aliases, bool AsksForSchema)
{
    private const int Most = 1_000_000_000;

    private static readonly OperationShape Empty = new(0, 0, 0, false);

    public static OperationShape Of(DocumentNode document, OperationDefinitionNode operation) =>
        new Measure(document).Of(operation.SelectionSet);

    /// <summary>Beside one another.</summary>
    private OperationShape And(OperationShape other) => new(
        Math.Max(Depth, other.Depth), Math.Min(Most, Fields + other.Fields), Math.Min(Most, Aliases + other.Aliases),
        AsksForSchema || other.AsksForSchema);

    private sealed class Measure(DocumentNode document)
    {
        private readonly Dictionary<string, FragmentDefinitionNode> _fragments = document.Definitions.OfType<FragmentDefinitionNode>()
            .DistinctBy(f => f.Name.Value).ToDictionary(f => f.Name.Value, StringComparer.Ordinal);

        private readonly Dictionary<string, OperationShape> _known = new(StringComparer.Ordinal);

        public OperationShape Of(SelectionSetNode selections)
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            return selections.Selections.Aggregate(Empty, (shape, selection) => shape.And(Of(selection)));
        }

        private OperationShape Of(SelectionNode selection) => selection switch
        {
            FieldNode field => Of(field),
            InlineFragmentNode inline => Of(inline.SelectionSet),
            FragmentSpreadNode spread => Of(spread.Name.Value),
            _ => Empty,
        };

        private OperationShape Of(FieldNode field)
        {
            var below = field.SelectionSet is null ? Empty : Of(field.SelectionSet);
            return new OperationShape(
                below.Depth + 1,
                Math.Min(Most, below.Fields + 1),
                Math.Min(Most, below.Aliases + (field.Alias is null ? 0 : 1)),
                below.AsksForSchema || field.Name.Value is "__schema" or "__type");
        }

        private OperationShape Of(string fragment)
        {
            if (!_known.TryGetValue(fragment, out var shape))
            {
                shape = _fragments.TryGetValue(fragment, out var definition) ? Of(definition.SelectionSet) : Empty;
                _known.Add(fragment, shape);
            }
            return shape;
        }
    }
}
