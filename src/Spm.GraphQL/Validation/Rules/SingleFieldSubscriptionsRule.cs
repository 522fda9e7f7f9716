using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.2.4.1: a subscription has one root field, which is no introspection and is always there.</summary>
internal sealed class SingleFieldSubscriptionsRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) =>
        on.Enter<OperationDefinitionNode>(SyntaxKind.OperationDefinition, operation =>
        {
            if (operation.Operation == OperationType.Subscription && context.Schema.SubscriptionType is { } root)
            {
                Check(context, operation, root);
            }
        });

    private static void Check(ValidationContext context, OperationDefinitionNode operation, ObjectType root)
    {
        var subject = operation.Name is null ? "Anonymous Subscription" : $"Subscription \"{operation.Name.Value}\"";
        var fields = new RootFields(context, root);
        fields.Collect(operation.SelectionSet);
        if (fields.Conditions.Count > 0)
        {
            context.Report(
                $"{subject} must not use `@skip` or `@include` directives in the top level selection.", [.. fields.Conditions]);
            return;
        }
        if (fields.ByName.Count > 1)
        {
            context.Report($"{subject} must select only one top level field.", [.. fields.ByName.Skip(1).SelectMany(f => f.Value)]);
        }
        foreach (var (_, nodes) in fields.ByName.Where(f => f.Value[0].Name.Value.StartsWith("__", StringComparison.Ordinal)))
        {
            context.Report($"{subject} must not select an introspection top level field.", [.. nodes]);
        }
    }

    /// <summary>The fields that are selected of the root, whatever fragments they stand in, and the conditions on the way to them.</summary>
    private sealed class RootFields(ValidationContext context, ObjectType root)
    {
        private readonly HashSet<string> _fragments = new(StringComparer.Ordinal);

        public OrderedDictionary<string, List<FieldNode>> ByName { get; } = new(StringComparer.Ordinal);

        public List<DirectiveNode> Conditions { get; } = [];

        public void Collect(SelectionSetNode selections)
        {
            context.EnsureStack();
            context.Spend(selections.Selections.Length);
            foreach (var selection in selections.Selections)
            {
                Conditions.AddRange(selection.Directives.Where(d => d.Name.Value is BuiltInDirectives.Skip or BuiltInDirectives.Include));
                switch (selection)
                {
                    case FieldNode field:
                        if (!ByName.TryGetValue(field.ResponseName, out var nodes))
                        {
                            ByName.Add(field.ResponseName, nodes = []);
                        }
                        nodes.Add(field);
                        break;
                    case InlineFragmentNode inline when Applies(inline.TypeCondition):
                        Collect(inline.SelectionSet);
                        break;
                    case FragmentSpreadNode spread when _fragments.Add(spread.Name.Value)
                        && context.Fragments.Find(spread.Name.Value) is { } fragment && Applies(fragment.TypeCondition):
                        Collect(fragment.SelectionSet);
                        break;
                }
            }
        }

        private bool Applies(NamedTypeNode? condition) =>
            condition is null || (context.Schema.TypeOf(condition) as NamedType)?.IsPossible(root) == true;
    }
}
