using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.6.3: no two fields of an input object have one name.</summary>
internal sealed class UniqueInputFieldNamesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) => on.Enter<ObjectValueNode>(SyntaxKind.ObjectValue, value =>
    {
        if (value.Fields.Length < 2)
        {
            return;
        }
        var names = new FirstNames();
        foreach (var field in value.Fields)
        {
            if (names.Before(field.Name) is { } first)
            {
                context.Report($"There can be only one input field named \"{field.Name.Value}\".", first, field.Name);
            }
        }
    });
}
