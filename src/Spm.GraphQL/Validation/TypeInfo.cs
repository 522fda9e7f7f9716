using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Validation;

/// <summary>The types of the place where a walk over a document stands. Null where the schema does not know.</summary>
public sealed class TypeInfo(Schema schema)
{
    private readonly Stack<GraphQLType?> _types = [];
    private readonly Stack<NamedType?> _parents = [];
    private readonly Stack<FieldDefinition?> _fields = [];
    private readonly List<(GraphQLType? Type, bool HasDefault)> _inputs = [];

    /// <summary>What the field gives, or what the fragment or operation selects of.</summary>
    public GraphQLType? Type => _types.TryPeek(out var type) ? type : null;

    /// <summary>The composite type whose fields are selected here.</summary>
    public NamedType? ParentType => _parents.TryPeek(out var parent) ? parent : null;

    public FieldDefinition? Field => _fields.TryPeek(out var definition) ? definition : null;

    /// <summary>The directive that the place is within.</summary>
    public DirectiveType? Directive { get; private set; }

    /// <summary>Whether the place is within a directive, which may be unknown.</summary>
    public bool InDirective { get; private set; }

    public InputValue? Argument { get; private set; }

    /// <summary>What a value here must be.</summary>
    public GraphQLType? InputType => _inputs.Count > 0 ? _inputs[^1].Type : null;

    /// <summary>What the value around this one must be.</summary>
    public GraphQLType? ParentInputType => _inputs.Count > 1 ? _inputs[^2].Type : null;

    /// <summary>Whether something is supplied where no value is given here.</summary>
    public bool HasDefault => _inputs.Count > 0 && _inputs[^1].HasDefault;

    public void Enter(SyntaxNode node)
    {
        switch (node)
        {
            case SelectionSetNode:
                _parents.Push(Type?.Named is { IsComposite: true } parent ? parent : null);
                break;
            case FieldNode field:
                var definition = ParentType is null ? null : schema.FindField(ParentType, field.Name.Value);
                _fields.Push(definition);
                _types.Push(Output(definition?.Type));
                break;
            case DirectiveNode directive:
                InDirective = true;
                Directive = schema.Directives[directive.Name.Value];
                break;
            case OperationDefinitionNode operation:
                _types.Push(schema.RootType(operation.Operation));
                break;
            case InlineFragmentNode fragment:
                _types.Push(fragment.TypeCondition is null ? Type?.Named : Output(schema.TypeOf(fragment.TypeCondition)));
                break;
            case FragmentDefinitionNode fragment:
                _types.Push(Output(schema.TypeOf(fragment.TypeCondition)));
                break;
            case VariableDefinitionNode variable:
                Push(schema.TypeOf(variable.Type), hasDefault: false);
                break;
            case ArgumentNode argument:
                Argument = (Directive?.Arguments ?? Field?.Arguments)?[argument.Name.Value];
                Push(Argument?.Type, Argument?.HasDefault == true);
                break;
            case ListValueNode:
                var list = InputType?.Nullable;
                Push(list is ListType { OfType: var item } ? item : list, hasDefault: false);
                break;
            case ObjectFieldNode given:
                var input = (InputType?.Named as InputObjectType)?.Fields[given.Name.Value];
                Push(input?.Type, input?.HasDefault == true);
                break;
        }
    }

    public void Leave(SyntaxNode node)
    {
        switch (node)
        {
            case SelectionSetNode:
                _parents.Pop();
                break;
            case FieldNode:
                _fields.Pop();
                _types.Pop();
                break;
            case DirectiveNode:
                InDirective = false;
                Directive = null;
                break;
            case ExecutableDefinitionNode or InlineFragmentNode:
                _types.Pop();
                break;
            case ArgumentNode:
                Argument = null;
                _inputs.RemoveAt(_inputs.Count - 1);
                break;
            case VariableDefinitionNode or ListValueNode or ObjectFieldNode:
                _inputs.RemoveAt(_inputs.Count - 1);
                break;
        }
    }

    private static GraphQLType? Output(GraphQLType? type) => type is { IsOutput: true } ? type : null;

    private void Push(GraphQLType? type, bool hasDefault) => _inputs.Add((type is { IsInput: true } ? type : null, hasDefault));
}
