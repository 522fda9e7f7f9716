using Spm.GraphQL.Execution.Plans;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Execution.Documents;

/// <summary>A document that was found valid, with what is known of its operations.</summary>
internal sealed class PreparedDocument
{
    private readonly ImmutableArray<PreparedOperation> _operations;

    public PreparedDocument(Schema schema, DocumentNode document, int assumedListSize)
    {
        var conditions = Conditions.VariablesOf(document);
        _operations =
        [
            .. document.Definitions.OfType<OperationDefinitionNode>()
                .Select(o => new PreparedOperation(schema, document, o, conditions, assumedListSize)),
        ];
    }

    /// <summary>The operation that a request means.</summary>
    public (PreparedOperation? Operation, GraphQLError? Error) Find(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return _operations.Length switch
            {
                0 => (null, new GraphQLError("Must provide an operation.")),
                1 => (_operations[0], null),
                _ => (null, new GraphQLError("Must provide operation name if query contains multiple operations.")),
            };
        }
        foreach (var operation in _operations)
        {
            if (operation.Node.Name?.Value == name)
            {
                return (operation, null);
            }
        }
        return (null, new GraphQLError($"Unknown operation named \"{name}\".").Bounded());
    }
}
