using Spm.GraphQL.Language;

namespace Spm.GraphQL.Types.Building;

/// <summary>What a name may consist of.</summary>
internal static class NameRules
{
    /// <exception cref="GraphQLException">It is no name.</exception>
    public static string Checked(string name)
    {
        if (name.Length == 0)
        {
            throw new GraphQLException(new GraphQLError("Expected name to be a non-empty string."));
        }
        if (!name.Skip(1).All(c => Chars.IsNameContinue(c)))
        {
            throw new GraphQLException(new GraphQLError($"Names must only contain [_a-zA-Z0-9] but \"{name}\" does not."));
        }
        return Chars.IsNameStart(name[0])
            ? name
            : throw new GraphQLException(new GraphQLError($"Names must start with [_a-zA-Z] but \"{name}\" does not."));
    }

    /// <exception cref="GraphQLException">It is no name, or one that is a value of its own.</exception>
    public static string CheckedEnumValue(string name) =>
        name is "true" or "false" or "null" ? throw new GraphQLException(new GraphQLError($"Enum values cannot be named: {name}")) : Checked(name);
}
