using Spm.GraphQL.Language;

namespace Spm.GraphQL.Types.Rules;

/// <summary>A type keeps what the interfaces promise that it declares to implement.</summary>
internal static class InterfaceRules
{
    public static void Check(SchemaErrors errors, FieldsType type)
    {
        HashSet<NamedType> seen = [];
        foreach (var declared in type.DeclaredInterfaces)
        {
            if (declared is not InterfaceType implemented)
            {
                errors.Add($"Type {type} must only implement Interface types, it cannot implement {declared}.", Declarations(type, declared));
            }
            else if (type == implemented)
            {
                errors.Add(
                    $"Type {type} cannot implement itself because it would create a circular reference.", Declarations(type, declared));
            }
            else if (!seen.Add(declared))
            {
                errors.Add($"Type {type} can only implement {declared} once.", Declarations(type, declared));
            }
            else
            {
                Ancestors(errors, type, implemented);
                Fields(errors, type, implemented);
            }
        }
    }

    /// <summary>Where a type says that it implements another.</summary>
    private static IEnumerable<SyntaxNode?> Declarations(NamedType type, NamedType implemented) =>
        SchemaErrors.NodesOf(type)
            .SelectMany(node => node switch
            {
                FieldsTypeDefinitionNode definition => definition.Interfaces,
                FieldsTypeExtensionNode extension => extension.Interfaces,
                _ => [],
            })
            .Where(name => name.Name.Value == implemented.Name.Value);

    private static void Ancestors(SchemaErrors errors, FieldsType type, InterfaceType implemented)
    {
        foreach (var ancestor in implemented.DeclaredInterfaces)
        {
            if (!type.DeclaredInterfaces.Contains(ancestor))
            {
                errors.Add(
                    ancestor == type
                        ? $"Type {type} cannot implement {implemented} because it would create a circular reference."
                        : $"Type {type} must implement {ancestor} because it is implemented by {implemented}.",
                    Declarations(implemented, ancestor).Concat(Declarations(type, implemented)));
            }
        }
    }

    private static void Fields(SchemaErrors errors, FieldsType type, InterfaceType implemented)
    {
        foreach (var promised in implemented.Fields)
        {
            if (type.Fields[promised.Name.Value] is not { } field)
            {
                errors.Add(
                    $"Interface field {implemented}.{promised} expected but {type} does not provide it.",
                    SchemaErrors.NodesOf(type).Prepend(promised.Node));
                continue;
            }
            if (!errors.Schema.IsSubType(field.Type, promised.Type))
            {
                errors.Add(
                    $"Interface field {implemented}.{promised} expects type {promised.Type} but {type}.{field} is type {field.Type}.",
                    promised.Node?.Type,
                    field.Node?.Type);
            }
            Arguments(errors, type, field, implemented, promised);
            if (field.DeprecationReason is not null && promised.DeprecationReason is null)
            {
                errors.Add(
                    $"Interface field {implemented}.{promised} is not deprecated, so implementation field {type}.{field} must not be deprecated.",
                    field.Node?.Directives.FirstOrDefault(d => d.Name.Value == BuiltInDirectives.Deprecated),
                    field.Node?.Type);
            }
        }
    }

    private static void Arguments(
        SchemaErrors errors, FieldsType type, FieldDefinition field, InterfaceType implemented, FieldDefinition promised)
    {
        foreach (var asked in promised.Arguments)
        {
            if (field.Arguments[asked.Name.Value] is not { } argument)
            {
                errors.Add(
                    $"Interface field argument {implemented}.{promised}({asked}:) expected but {type}.{field} does not provide it.",
                    asked.Node,
                    field.Node);
            }
            else if (argument.Type != asked.Type)
            {
                errors.Add(
                    $"Interface field argument {implemented}.{promised}({asked}:) expects type {asked.Type} "
                    + $"but {type}.{field}({argument}:) is type {argument.Type}.",
                    asked.Node?.Type,
                    argument.Node?.Type);
            }
        }
        foreach (var argument in field.Arguments)
        {
            if (argument.IsRequired && promised.Arguments[argument.Name.Value] is null)
            {
                errors.Add(
                    $"Object field {type}.{field} includes required argument {argument} "
                    + $"that is missing from the Interface field {implemented}.{promised}.",
                    argument.Node,
                    promised.Node);
            }
        }
    }
}
