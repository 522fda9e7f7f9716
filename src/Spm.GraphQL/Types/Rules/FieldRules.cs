namespace Spm.GraphQL.Types.Rules;

/// <summary>Objects and interfaces have fields, which give output and take input.</summary>
internal static class FieldRules
{
    public static void Check(SchemaErrors errors, FieldsType type)
    {
        if (type.Fields.Count == 0)
        {
            errors.Add($"Type {type} must define one or more fields.", SchemaErrors.NodesOf(type));
        }
        foreach (var field in type.Fields)
        {
            errors.Name(field.Name, field.Node);
            if (!field.Type.IsOutput)
            {
                errors.Add($"The type of {type}.{field} must be Output Type but got: {field.Type}.", field.Node?.Type);
            }
            foreach (var argument in field.Arguments)
            {
                var where = $"{type}.{field}({argument}:)";
                errors.Name(argument.Name, argument.Node);
                if (!argument.Type.IsInput)
                {
                    errors.Add($"The type of {where} must be Input Type but got: {argument.Type}.", argument.Node?.Type);
                }
                errors.Deprecation(argument, $"argument {where}");
                errors.Default(argument, where);
            }
        }
    }
}
