using Spm.GraphQL.Language;
using Spm.GraphQL.Types.Introspection;
using Spm.GraphQL.Types.Scalars;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>Types that are named exist.</summary>
internal sealed class KnownTypeNamesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on)
    {
        var defined = context.Document.Definitions.OfType<TypeDefinitionNode>().Select(t => t.Name.Value).ToHashSet();
        on.Enter<NamedTypeNode>(SyntaxKind.NamedType, node =>
        {
            var name = node.Name.Value;
            if (defined.Contains(name) || context.SchemaOrNull?.Types[name] is not null)
            {
                return;
            }
            // A schema need not list what every schema has.
            var inDefinition = context.Ancestors[1] is TypeSystemDefinitionNode or TypeSystemExtensionNode;
            if (!inDefinition || !IsBuiltIn(name))
            {
                var names = (context.SchemaOrNull?.Types.Names ?? []).Concat(defined).Concat(inDefinition ? BuiltIn : []);
                context.Report($"Unknown type \"{name}\".{context.DidYouMean(name, names)}", node);
            }
        });
    }

    private static IEnumerable<string> BuiltIn => BuiltInScalars.Names.Concat(IntrospectionSchema.TypeNames);

    private static bool IsBuiltIn(string name) => BuiltInScalars.Names.Contains(name) || IntrospectionSchema.TypeNames.Contains(name);
}
