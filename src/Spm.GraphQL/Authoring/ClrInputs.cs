using System.Linq.Expressions;
using System.Reflection;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Coercion;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Authoring;

/// <summary>Input objects from records and classes: made by their constructor, what it does not take by properties.</summary>
internal static class ClrInputs
{
    public static InputObjectTypeConfig Of(ClrSchemaTypes types, Type type, string name)
    {
        var constructor = type.GetConstructors().Where(c => !IsCopy(c, type)).MaxBy(c => c.GetParameters().Length)
            ?? throw new NotSupportedException($"{type} has no public constructor, so that no input can become one.");
        var parameters = constructor.GetParameters();
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.SetMethod is { IsPublic: true } && !p.IsDefined(typeof(GraphQLIgnoreAttribute))
                && !parameters.Any(a => string.Equals(a.Name, p.Name, StringComparison.OrdinalIgnoreCase)))
            .ToArray();
        InputValueConfig[] fields = [.. parameters.Select(p => Field(types, p)), .. properties.Select(p => Field(types, p))];
        return new InputObjectTypeConfig
        {
            Name = name,
            Description = types.Docs.Of(type),
            ClrType = type,
            IsOneOf = type.IsDefined(typeof(OneOfAttribute), false),
            Fields = fields,
            Create = Later.Of(() => Maker(constructor, parameters, properties)),
        };
    }

    /// <summary>A parameter as an argument or input field.</summary>
    public static InputValueConfig Field(ClrSchemaTypes types, ParameterInfo parameter) => new()
    {
        Name = ClrNames.Argument(parameter),
        Type = new ClrTypeRefs(types).Input(types.Nullability.Create(parameter), IsId(parameter)),
        Description = types.Docs.Of(parameter),
        ClrType = parameter.ParameterType,
        DefaultValue = Default(parameter),
    };

    /// <summary>Whether a parameter, or the property of a record that it is, is an identifier.</summary>
    private static bool IsId(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(IDAttribute), false)
        || parameter.Member.DeclaringType?.GetProperty(parameter.Name!)?.IsDefined(typeof(IDAttribute), false) == true && parameter.Member is ConstructorInfo;

    private static InputValueConfig Field(ClrSchemaTypes types, PropertyInfo property) => new()
    {
        Name = ClrNames.Field(property),
        Type = Relaxed(new ClrTypeRefs(types).Input(types.Nullability.Create(property), property.IsDefined(typeof(IDAttribute))), property),
        Description = types.Docs.Of(property),
        ClrType = property.PropertyType,
        DeprecationReason = ClrFields.Deprecation(property),
    };

    /// <summary>A property that need not be set, and is not null by itself, may be left out.</summary>
    private static TypeNode Relaxed(TypeNode type, PropertyInfo property) =>
        type is NonNullTypeNode required && !property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)) ? required.Type : type;

    /// <summary>A default of null is said by the type already.</summary>
    private static ValueNode? Default(ParameterInfo parameter) => parameter is not { HasDefaultValue: true, DefaultValue: { } value }
        ? null
        : value.GetType() is { IsEnum: true } type ? new EnumValueNode(ClrNames.EnumValue(type.GetField(value.ToString()!)!))
        : parameter.ParameterType is { IsEnum: true } declared ? new EnumValueNode(ClrNames.EnumValue(declared.GetField(Enum.GetName(declared, value)!)!))
        : LiteralOf.Value(value);

    private static bool IsCopy(ConstructorInfo constructor, Type type) =>
        constructor.GetParameters() is [{ } only] && only.ParameterType == type;

    private static Func<InputObject, object> Maker(ConstructorInfo constructor, ParameterInfo[] parameters, PropertyInfo[] properties)
    {
        var input = Expression.Parameter(typeof(InputObject));
        var made = Expression.Variable(constructor.DeclaringType!);
        List<Expression> steps = [Expression.Assign(made, Expression.New(constructor, parameters.Select((p, i) => Value(input, i, p.ParameterType))))];
        steps.AddRange(properties.Select((p, i) => Expression.IfThen(
            Expression.Call(input, nameof(InputObject.Has), null, Expression.Constant(i + parameters.Length)),
            Expression.Assign(Expression.Property(made, p), Value(input, i + parameters.Length, p.PropertyType)))));
        steps.Add(Expression.Convert(made, typeof(object)));
        return Expression.Lambda<Func<InputObject, object>>(Expression.Block([made], steps), input).Compile();
    }

    private static Expression Value(Expression input, int index, Type type)
    {
        var value = Expression.MakeIndex(input, typeof(InputObject).GetProperty("Item", [typeof(int)]), [Expression.Constant(index)]);
        return ClrParameters.OrAbsent(type, value, Expression.Call(input, nameof(InputObject.Has), null, Expression.Constant(index)));
    }
}
