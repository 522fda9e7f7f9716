using Spm.GraphQL.Language;

namespace Spm.GraphQL.Types.Rules;

/// <summary>A union has members, which are objects, each once.</summary>
internal static class UnionRules
{
    public static void Check(SchemaErrors errors, UnionType union)
    {
        if (union.DeclaredTypes.IsEmpty)
        {
            errors.Add($"Union type {union} must define one or more member types.", SchemaErrors.NodesOf(union));
        }
        HashSet<NamedType> seen = [];
        foreach (var member in union.DeclaredTypes)
        {
            if (!seen.Add(member))
            {
                errors.Add($"Union type {union} can only include type {member} once.", Declarations(union, member));
            }
            else if (member is not ObjectType)
            {
                errors.Add($"Union type {union} can only include Object types, it cannot include {member}.", Declarations(union, member));
            }
        }
    }

    private static IEnumerable<SyntaxNode?> Declarations(UnionType union, NamedType member) =>
        SchemaErrors.NodesOf(union)
            .SelectMany(node => (node as UnionTypeDefinitionNode)?.Types ?? (node as UnionTypeExtensionNode)?.Types ?? [])
            .Where(name => name.Name.Value == member.Name.Value);
}
