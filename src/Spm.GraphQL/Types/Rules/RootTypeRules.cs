using Spm.GraphQL.Language;

namespace Spm.GraphQL.Types.Rules;

/// <summary>Operations begin with objects, and queries begin somewhere.</summary>
internal static class RootTypeRules
{
    public static void Check(SchemaErrors errors)
    {
        if (errors.Schema.DeclaredRoots[(int)OperationType.Query] is null)
        {
            errors.Add("Query root type must be provided.", errors.Schema.Node);
        }
        Check(errors, OperationType.Query, "Query root type must be Object type");
        Check(errors, OperationType.Mutation, "Mutation root type must be Object type if provided");
        Check(errors, OperationType.Subscription, "Subscription root type must be Object type if provided");
    }

    private static void Check(SchemaErrors errors, OperationType operation, string rule)
    {
        if (errors.Schema.DeclaredRoots[(int)operation] is { } root and not ObjectType)
        {
            var declared = (errors.Schema.Node?.OperationTypes ?? []).Concat(errors.Schema.Extensions.SelectMany(e => e.OperationTypes))
                .FirstOrDefault(o => o.Operation == operation);
            errors.Add($"{rule}, it cannot be {root}.", (SyntaxNode?)declared?.Type ?? root.Node);
        }
    }
}
