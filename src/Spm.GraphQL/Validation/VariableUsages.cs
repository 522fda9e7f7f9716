using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Validation;

/// <summary>A variable where it is used.</summary>
/// <param name="Type">What is expected there; null when the schema does not know.</param>
/// <param name="HasDefault">Whether the place has a default of its own.</param>
/// <param name="ParentType">What is expected of the value around it.</param>
public readonly record struct VariableUsage(VariableNode Node, GraphQLType? Type, bool HasDefault, GraphQLType? ParentType);

/// <summary>Where a document uses variables. It is complete once the walk has ended.</summary>
public sealed class VariableUsages
{
    private readonly ValidationContext _context;
    private readonly Dictionary<ExecutableDefinitionNode, List<VariableUsage>> _own = [];
    private readonly Dictionary<OperationDefinitionNode, IReadOnlyList<VariableUsage>> _all = [];

    internal VariableUsages(ValidationContext context) => _context = context;

    /// <summary>Every use in an operation and in the fragments that it reaches.</summary>
    public IReadOnlyList<VariableUsage> Of(OperationDefinitionNode operation)
    {
        if (!_all.TryGetValue(operation, out var usages))
        {
            List<VariableUsage> found = [.. Own(operation)];
            foreach (var fragment in _context.Fragments.ReachedFrom([operation]))
            {
                _context.Spend(Own(fragment).Count);
                found.AddRange(Own(fragment));
            }
            usages = found;
            _all.Add(operation, usages);
        }
        return usages;
    }

    /// <summary>Sees every node of the walk. A variable that is defined is not used.</summary>
    internal void Enter(SyntaxNode node)
    {
        if (node is VariableNode variable && _context.Types is { } types && _context.Ancestors[^1] is not VariableDefinitionNode
            && _context.Ancestors[1] is ExecutableDefinitionNode definition)
        {
            if (!_own.TryGetValue(definition, out var usages))
            {
                _own.Add(definition, usages = []);
            }
            usages.Add(new VariableUsage(variable, types.InputType, types.HasDefault, types.ParentInputType));
        }
    }

    private IReadOnlyList<VariableUsage> Own(ExecutableDefinitionNode definition) => _own.GetValueOrDefault(definition) ?? [];
}
