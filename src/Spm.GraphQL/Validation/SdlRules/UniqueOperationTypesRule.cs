using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.SdlRules;

/// <summary>Each kind of operation has one root.</summary>
internal sealed class UniqueOperationTypesRule : ValidationRule
{
    private readonly Dictionary<OperationType, OperationTypeDefinitionNode> _first = [];

    public override void Listen(ValidationContext context, RuleListeners on) =>
        on.Enter<OperationTypeDefinitionNode>(SyntaxKind.OperationTypeDefinition, root =>
        {
            if (!_first.TryAdd(root.Operation, root))
            {
                context.Report($"There can be only one {root.Operation.Keyword()} type in schema.", _first[root.Operation], root);
            }
        });
}
