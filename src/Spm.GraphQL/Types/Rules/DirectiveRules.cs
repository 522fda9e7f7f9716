namespace Spm.GraphQL.Types.Rules;

/// <summary>Directives are well named, stand somewhere, and take input.</summary>
internal static class DirectiveRules
{
    public static void Check(SchemaErrors errors)
    {
        foreach (var directive in errors.Schema.Directives)
        {
            errors.Name(directive.Name, directive.Node);
            if (directive.Locations.IsEmpty)
            {
                errors.Add($"Directive {directive} must include 1 or more locations.", directive.Node);
            }
            foreach (var argument in directive.Arguments)
            {
                var where = $"{directive}({argument}:)";
                errors.Name(argument.Name, argument.Node);
                if (!argument.Type.IsInput)
                {
                    errors.Add($"The type of {where} must be Input Type but got: {argument.Type}.", argument.Node);
                }
                errors.Deprecation(argument, $"argument {where}");
                errors.Default(argument, where);
            }
        }
    }
}
