using System.Collections.Frozen;

namespace Spm.GraphQL.Types.Introspection;

/// <summary>What the fields of introspection say, by <c>Type.field</c>.</summary>
internal static class IntrospectionResolvers
{
    public static FrozenDictionary<string, IntrospectionResolver> All { get; } = new Dictionary<string, IntrospectionResolver>
    {
        ["Meta.__schema"] = (_, schema, _) => schema,
        ["Meta.__type"] = (_, schema, arguments) => schema.Types[(string)arguments["name"]!],

        ["__Schema.description"] = (_, schema, _) => schema.Description,
        ["__Schema.types"] = (_, schema, _) => schema.Types,
        ["__Schema.queryType"] = (_, schema, _) => schema.QueryType,
        ["__Schema.mutationType"] = (_, schema, _) => schema.MutationType,
        ["__Schema.subscriptionType"] = (_, schema, _) => schema.SubscriptionType,
        ["__Schema.directives"] = (_, schema, _) => schema.Directives,

        ["__Type.kind"] = (type, _, _) => ((GraphQLType)type).Kind,
        ["__Type.name"] = (type, _, _) => (type as NamedType)?.Name.Value,
        ["__Type.description"] = (type, _, _) => (type as NamedType)?.Description,
        ["__Type.specifiedByURL"] = (type, _, _) => (type as ScalarType)?.SpecifiedByUrl,
        ["__Type.fields"] = (type, _, arguments) => Current((type as FieldsType)?.Fields, f => f.DeprecationReason, arguments),
        ["__Type.interfaces"] = (type, _, _) => (type as FieldsType)?.Interfaces,
        ["__Type.possibleTypes"] = (type, _, _) => type is InterfaceType or UnionType ? ((NamedType)type).PossibleTypes : null,
        ["__Type.enumValues"] = (type, _, arguments) => Current((type as EnumType)?.Values, v => v.DeprecationReason, arguments),
        ["__Type.inputFields"] = (type, _, arguments) => Current((type as InputObjectType)?.Fields, f => f.DeprecationReason, arguments),
        ["__Type.ofType"] = (type, _, _) => (type as ListType)?.OfType ?? (type as NonNullType)?.OfType,
        ["__Type.isOneOf"] = (type, _, _) => (type as InputObjectType)?.IsOneOf,

        ["__Field.name"] = (field, _, _) => ((FieldDefinition)field).Name.Value,
        ["__Field.description"] = (field, _, _) => ((FieldDefinition)field).Description,
        ["__Field.args"] = (field, _, arguments) => Current(((FieldDefinition)field).Arguments, a => a.DeprecationReason, arguments),
        ["__Field.type"] = (field, _, _) => ((FieldDefinition)field).Type,
        ["__Field.isDeprecated"] = (field, _, _) => ((FieldDefinition)field).DeprecationReason is not null,
        ["__Field.deprecationReason"] = (field, _, _) => ((FieldDefinition)field).DeprecationReason,

        ["__InputValue.name"] = (value, _, _) => ((InputValue)value).Name.Value,
        ["__InputValue.description"] = (value, _, _) => ((InputValue)value).Description,
        ["__InputValue.type"] = (value, _, _) => ((InputValue)value).Type,
        ["__InputValue.defaultValue"] = (value, _, _) => ((InputValue)value).DefaultLiteral?.ToString(),
        ["__InputValue.isDeprecated"] = (value, _, _) => ((InputValue)value).DeprecationReason is not null,
        ["__InputValue.deprecationReason"] = (value, _, _) => ((InputValue)value).DeprecationReason,

        ["__EnumValue.name"] = (value, _, _) => ((EnumValue)value).Name.Value,
        ["__EnumValue.description"] = (value, _, _) => ((EnumValue)value).Description,
        ["__EnumValue.isDeprecated"] = (value, _, _) => ((EnumValue)value).DeprecationReason is not null,
        ["__EnumValue.deprecationReason"] = (value, _, _) => ((EnumValue)value).DeprecationReason,

        ["__Directive.name"] = (directive, _, _) => ((DirectiveType)directive).Name.Value,
        ["__Directive.description"] = (directive, _, _) => ((DirectiveType)directive).Description,
        ["__Directive.isRepeatable"] = (directive, _, _) => ((DirectiveType)directive).IsRepeatable,
        ["__Directive.locations"] = (directive, _, _) => ((DirectiveType)directive).Locations,
        ["__Directive.args"] = (directive, _, arguments) => Current(((DirectiveType)directive).Arguments, a => a.DeprecationReason, arguments),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All, or those that are not deprecated.</summary>
    private static IReadOnlyList<T>? Current<T>(NameMap<T>? members, Func<T, string?> deprecationOf, IReadOnlyDictionary<string, object?> arguments)
        where T : class =>
        members is null || arguments["includeDeprecated"] is true ? members : [.. members.Where(m => deprecationOf(m) is null)];
}
