using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.SdlRules;

/// <summary>There is one schema definition.</summary>
internal sealed class LoneSchemaDefinitionRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on)
    {
        var count = 0;
        on.Enter<SchemaDefinitionNode>(SyntaxKind.SchemaDefinition, schema =>
        {
            if (count++ > 0)
            {
                context.Report("Must provide only one schema definition.", schema);
            }
        });
    }
}
