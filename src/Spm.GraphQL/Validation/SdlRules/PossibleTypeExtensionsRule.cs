using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.SdlRules;

/// <summary>An extension extends a type that is defined, and of its kind.</summary>
internal sealed class PossibleTypeExtensionsRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) => on.Enter<DocumentNode>(SyntaxKind.Document, document =>
    {
        Dictionary<string, TypeDefinitionNode> defined = new(StringComparer.Ordinal);
        foreach (var type in document.Definitions.OfType<TypeDefinitionNode>())
        {
            defined[type.Name.Value] = type;
        }
        foreach (var extension in document.Definitions.OfType<TypeExtensionNode>())
        {
            var name = extension.Name.Value;
            if (!defined.TryGetValue(name, out var type))
            {
                context.Report(
                    $"Cannot extend type \"{name}\" because it is not defined.{context.DidYouMean(name, defined.Keys)}", extension.Name);
            }
            else if (KindOf(type.Kind) != KindOf(extension.Kind))
            {
                context.Report($"Cannot extend non-{KindOf(extension.Kind)} type \"{name}\".", type, extension);
            }
        }
    });

    private static string KindOf(SyntaxKind kind) => kind switch
    {
        SyntaxKind.ScalarTypeDefinition or SyntaxKind.ScalarTypeExtension => "scalar",
        SyntaxKind.ObjectTypeDefinition or SyntaxKind.ObjectTypeExtension => "object",
        SyntaxKind.InterfaceTypeDefinition or SyntaxKind.InterfaceTypeExtension => "interface",
        SyntaxKind.UnionTypeDefinition or SyntaxKind.UnionTypeExtension => "union",
        SyntaxKind.EnumTypeDefinition or SyntaxKind.EnumTypeExtension => "enum",
        _ => "input object",
    };
}
