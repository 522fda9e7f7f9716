using Spm.GraphQL.Language;

namespace Spm.GraphQL.Types.Coercion;

/// <summary>Says everything that is wrong about a literal in a place of some type. Variables are somebody else's business.</summary>
internal sealed class LiteralCheck(Action<GraphQLError> report, bool suggest)
{
    public void Check(ValueNode value, GraphQLType type)
    {
        switch (value)
        {
            case VariableNode:
                break;
            case NullValueNode:
                if (type is NonNullType)
                {
                    Expected(value, type);
                }
                break;
            case ListValueNode list when type.Nullable is ListType { OfType: var itemType }:
                foreach (var item in list.Values)
                {
                    Check(item, itemType);
                }
                break;
            case ListValueNode:
                Leaf(value, type.Nullable);
                break;
            case ObjectValueNode fields when type.Named is InputObjectType input:
                Object(fields, input);
                break;
            default:
                Leaf(value, type);
                break;
        }
    }

    private void Expected(ValueNode value, GraphQLType type) =>
        report(GraphQLError.At($"Expected value of type \"{type}\", found {value}.", value));

    private void Leaf(ValueNode value, GraphQLType type)
    {
        var error = type.Named switch
        {
            ScalarType scalar => scalar.ParseLiteral(value).Error,
            EnumType enumeration => EnumCoercion.Parse(enumeration, value, suggest).Error,
            _ => $"Expected value of type \"{type}\", found {value}.",
        };
        if (error is not null)
        {
            report(GraphQLError.At(error, value));
        }
    }

    private void Object(ObjectValueNode value, InputObjectType type)
    {
        var given = new ObjectFieldNode?[type.Fields.Count];
        foreach (var node in value.Fields)
        {
            if (type.Fields.IndexOf(node.Name.Value) is >= 0 and var index)
            {
                given[index] = node;
            }
        }
        foreach (var field in type.Fields)
        {
            if (field.IsRequired && given[field.Index] is null)
            {
                report(GraphQLError.At($"Field \"{type}.{field}\" of required type \"{field.Type}\" was not provided.", value));
            }
        }
        if (type.IsOneOf)
        {
            OneOf(value, type);
        }
        foreach (var node in value.Fields)
        {
            if (type.Fields[node.Name.Value] is { } field)
            {
                Check(node.Value, field.Type);
            }
            else
            {
                report(GraphQLError.At($"Field \"{node.Name.Value}\" is not defined by type \"{type}\".{DidYouMean(node, type)}", node));
            }
        }
    }

    private void OneOf(ObjectValueNode value, InputObjectType type)
    {
        if (value.Fields.DistinctBy(f => f.Name.Value).Count() != 1)
        {
            report(GraphQLError.At($"OneOf Input Object \"{type}\" must specify exactly one key.", value));
        }
        else if (value.Fields[^1] is { Value: NullValueNode } field)
        {
            report(GraphQLError.At($"Field \"{type}.{field.Name.Value}\" must be non-null.", value));
        }
    }

    private string DidYouMean(ObjectFieldNode node, InputObjectType type) =>
        suggest ? Suggestions.DidYouMean(Suggestions.For(node.Name.Value, type.Fields.Names)) : "";
}
