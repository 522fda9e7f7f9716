namespace Spm.GraphQL.Types.Rules;

/// <summary>An enum has values, and they are well named.</summary>
internal static class EnumRules
{
    public static void Check(SchemaErrors errors, EnumType type)
    {
        if (type.Values.Count == 0)
        {
            errors.Add($"Enum type {type} must define one or more values.", SchemaErrors.NodesOf(type));
        }
        foreach (var value in type.Values)
        {
            errors.Name(value.Name, value.Node);
        }
    }
}
