namespace Spm.GraphQL.Types.Rules;

/// <summary>An input object has fields, which take input; where exactly one is to be given, none may be required or given for the caller.</summary>
internal static class InputObjectRules
{
    public static void Check(SchemaErrors errors, InputObjectType type)
    {
        if (type.Fields.Count == 0)
        {
            errors.Add($"Input Object type {type} must define one or more fields.", SchemaErrors.NodesOf(type));
        }
        foreach (var oneOf in type.Extensions.SelectMany(e => e.Directives).Where(d => d.Name.Value == BuiltInDirectives.OneOf))
        {
            errors.Add($"The directive @oneOf cannot be applied to an extension of Input Object type {type}.", oneOf);
        }
        foreach (var field in type.Fields)
        {
            var where = $"{type}.{field}";
            errors.Name(field.Name, field.Node);
            if (!field.Type.IsInput)
            {
                errors.Add($"The type of {where} must be Input Type but got: {field.Type}.", field.Node?.Type);
            }
            errors.Deprecation(field, $"input field {where}");
            errors.Default(field, where);
            if (type.IsOneOf && field.Type is NonNullType)
            {
                errors.Add($"OneOf input field {where} must be nullable.", field.Node?.Type);
            }
            if (type.IsOneOf && field.DefaultLiteral is not null)
            {
                errors.Add($"OneOf input field {where} cannot have a default value.", field.Node);
            }
        }
    }
}
