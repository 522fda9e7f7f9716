using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.3.3: fields of composite types select subfields, and others do not.</summary>
internal sealed class ScalarLeafsRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) => on.Enter<FieldNode>(SyntaxKind.Field, field =>
    {
        if (context.Types?.Type is not { } type)
        {
            return;
        }
        var name = field.Name.Value;
        if (type.Named.IsLeaf && field.SelectionSet is not null)
        {
            context.Report($"Field \"{name}\" must not have a selection since type \"{type}\" has no subfields.", field.SelectionSet);
        }
        else if (!type.Named.IsLeaf && field.SelectionSet is null)
        {
            context.Report(
                $"Field \"{name}\" of type \"{type}\" must have a selection of subfields. Did you mean \"{name} {{ ... }}\"?", field);
        }
        else if (!type.Named.IsLeaf && field.SelectionSet!.Selections.IsEmpty)
        {
            context.Report($"Field \"{name}\" of type \"{type}\" must have at least one field selected.", field);
        }
    });
}
