using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.3.1: a type has the fields that are selected of it.</summary>
internal sealed class FieldsOnCorrectTypeRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) => on.Enter<FieldNode>(SyntaxKind.Field, field =>
    {
        if (context.Types is { Field: null, ParentType: { } parent })
        {
            var name = field.Name.Value;
            var suggestion = context.Suggest ? SuggestionFor(context, parent, name) : "";
            context.Report($"Cannot query field \"{name}\" on type \"{parent}\".{suggestion}", field);
        }
    });

    /// <summary>Either a type that has the field, or else a field whose name is near.</summary>
    private static string SuggestionFor(ValidationContext context, NamedType parent, string field)
    {
        var types = Suggestions.DidYouMean(TypesWith(context.Schema, parent, field), "to use an inline fragment on");
        return types.Length > 0 ? types : context.DidYouMean(field, (parent as FieldsType)?.Fields.Names ?? []);
    }

    /// <summary>
    /// What a value can be that has the field: interfaces and objects, those first that cover the most objects, and a type before those that
    /// implement it.
    /// </summary>
    private static IReadOnlyList<string> TypesWith(Schema schema, NamedType parent, string field)
    {
        if (!parent.IsAbstract)
        {
            return [];
        }
        Dictionary<FieldsType, int> uses = [];
        foreach (var type in parent.PossibleTypes.Where(t => t.Fields[field] is not null))
        {
            uses[type] = 1;
            foreach (var implemented in type.Interfaces.Where(i => i.Fields[field] is not null))
            {
                uses[implemented] = uses.GetValueOrDefault(implemented) + 1;
            }
        }
        var types = uses.Keys.ToArray();
        Array.Sort(types, (a, b) =>
            uses[a] != uses[b] ? uses[b] - uses[a]
            : a != b && a is InterfaceType && schema.IsSubType(b, a) ? -1
            : a != b && b is InterfaceType && schema.IsSubType(a, b) ? 1
            : NaturalOrder.Compare(a.Name.Value, b.Name.Value));
        return [.. types.Select(t => t.Name.Value)];
    }
}
