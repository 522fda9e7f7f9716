using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>A field where it is selected.</summary>
/// <param name="Parent">The type that it is selected of; null when the schema does not know.</param>
/// <param name="Definition">Null when the schema does not know, and of meta-fields.</param>
internal sealed record SelectedField(GraphQLType? Parent, FieldNode Node, FieldDefinition? Definition)
{
    /// <summary>Whether there is nothing to compare but the field itself.</summary>
    public bool IsBare => Node.Arguments.IsEmpty && Node.SelectionSet is null;
}

/// <summary>
/// The fields of a selection set by the name under which they answer, those of its inline fragments among them, and the fragments that it
/// spreads.
/// </summary>
internal sealed class FieldSet
{
    private readonly Schema _schema;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public FieldSet(Schema schema, GraphQLType? parent, SelectionSetNode selections)
    {
        _schema = schema;
        Collect(parent, selections);
    }

    public OrderedDictionary<string, List<SelectedField>> Fields { get; } = new(StringComparer.Ordinal);

    public List<string> Fragments { get; } = [];

    /// <summary>Fragments that these fields were compared with, and whether that was as exclusive alternatives.</summary>
    public Dictionary<string, bool> Compared { get; } = new(StringComparer.Ordinal);

    private void Collect(GraphQLType? parent, SelectionSetNode selections)
    {
        foreach (var selection in selections.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    if (!Fields.TryGetValue(field.ResponseName, out var fields))
                    {
                        Fields.Add(field.ResponseName, fields = []);
                    }
                    fields.Add(new SelectedField(parent, field, (parent as FieldsType)?.Fields[field.Name.Value]));
                    break;
                case FragmentSpreadNode spread when _seen.Add(spread.Name.Value):
                    Fragments.Add(spread.Name.Value);
                    break;
                case InlineFragmentNode inline:
                    Collect(inline.TypeCondition is null ? parent : _schema.TypeOf(inline.TypeCondition), inline.SelectionSet);
                    break;
            }
        }
    }
}
