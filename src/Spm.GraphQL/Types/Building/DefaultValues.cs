using Spm.GraphQL.Types.Coercion;

namespace Spm.GraphQL.Types.Building;

/// <summary>
/// Coerces the defaults of a schema. A default that is an input object may need the defaults of that object's fields, so those come first.
/// A default that needs itself, or does not fit its type, is left out: validation refuses its schema.
/// </summary>
internal sealed class DefaultValues
{
    private readonly HashSet<InputValue> _seen = [];

    private DefaultValues()
    {
    }

    public static void Coerce(IEnumerable<NamedType> types, IEnumerable<DirectiveType> directives, IEnumerable<FieldDefinition> metaFields)
    {
        var defaults = new DefaultValues();
        foreach (var type in types)
        {
            defaults.All((type as InputObjectType)?.Fields ?? NameMap<InputValue>.Empty);
            foreach (var field in (type as FieldsType)?.Fields ?? NameMap<FieldDefinition>.Empty)
            {
                defaults.All(field.Arguments);
            }
        }
        foreach (var arguments in directives.Select(d => d.Arguments).Concat(metaFields.Select(f => f.Arguments)))
        {
            defaults.All(arguments);
        }
    }

    private void All(IEnumerable<InputValue> values)
    {
        foreach (var value in values)
        {
            Coerce(value);
        }
    }

    private void Coerce(InputValue input)
    {
        if (input.DefaultLiteral is null || !_seen.Add(input))
        {
            return;
        }
        All((input.Type.Named as InputObjectType)?.Fields ?? NameMap<InputValue>.Empty);
        if (LiteralCoercion.TryCoerce(input.DefaultLiteral, input.Type, null, out var value))
        {
            input.SetDefault(value);
        }
    }
}
