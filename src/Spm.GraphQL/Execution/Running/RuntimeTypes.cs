using Spm.GraphQL.Execution.Plans;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Coercion;

namespace Spm.GraphQL.Execution.Running;

/// <summary>Which object type a value has.</summary>
internal static class RuntimeTypes
{
    /// <summary>The object type of a value of an interface or union.</summary>
    public static ObjectType Of(NamedType declared, object value, FieldPlan field, Schema schema)
    {
        var resolve = (declared as InterfaceType)?.ResolveType ?? (declared as UnionType)?.ResolveType;
        var name = resolve is null ? Named(value) : resolve(value);
        if (name is null && resolve is null)
        {
            foreach (var possible in declared.PossibleTypes)
            {
                if (possible.IsTypeOf is not null ? possible.IsTypeOf(value) : possible.ClrType?.IsInstanceOfType(value) == true)
                {
                    return possible;
                }
            }
        }
        var type = name is null
            ? throw Refused(
                $"Abstract type \"{declared}\" must resolve to an Object type at runtime for field \"{field.Parent}.{field.Definition}\". Either the "
                + $"\"{declared}\" type should provide a \"resolveType\" function or each possible type should provide an \"isTypeOf\" function.")
            : schema.Types[name]
                ?? throw Refused($"Abstract type \"{declared}\" was resolved to a type \"{name}\" that does not exist inside the schema.");
        var found = type as ObjectType ?? throw Refused($"Abstract type \"{declared}\" was resolved to a non-object type \"{name}\".");
        return declared.IsPossible(found)
            ? Checked(found, value)
            : throw Refused($"Runtime Object type \"{found}\" is not a possible type for \"{declared}\".");
    }

    /// <summary>The type itself, of a value that it does not disown.</summary>
    public static ObjectType Checked(ObjectType type, object value) =>
        type.IsTypeOf is null || type.IsTypeOf(value)
            ? type
            : throw Refused($"Expected value of type \"{type}\" but got: {JsText.InspectObject(value)}.");

    private static string? Named(object value) =>
        value is IReadOnlyDictionary<string, object?> fields ? fields.GetValueOrDefault("__typename") as string : null;

    private static GraphQLException Refused(string error) => new(new GraphQLError(error));
}
