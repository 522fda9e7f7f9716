using Spm.GraphQL.Types.Rules;

namespace Spm.GraphQL.Types;

/// <summary>Holds a schema against the rules of section 3 of the specification.</summary>
public static class SchemaValidator
{
    /// <returns>Everything that is wrong; empty of a valid schema.</returns>
    public static ImmutableArray<GraphQLError> Validate(Schema schema)
    {
        var errors = new SchemaErrors(schema);
        RootTypeRules.Check(errors);
        DirectiveRules.Check(errors);
        DirectiveCycles.Check(errors);
        foreach (var type in schema.Types)
        {
            if (!type.IsIntrospection)
            {
                errors.Name(type.Name, type.Node);
            }
            switch (type)
            {
                case FieldsType fields:
                    FieldRules.Check(errors, fields);
                    InterfaceRules.Check(errors, fields);
                    break;
                case UnionType union:
                    UnionRules.Check(errors, union);
                    break;
                case EnumType values:
                    EnumRules.Check(errors, values);
                    break;
                case InputObjectType input:
                    InputObjectRules.Check(errors, input);
                    break;
            }
        }
        InputObjectCycles.Check(errors);
        DefaultValueCycles.Check(errors);
        return errors.All;
    }
}
