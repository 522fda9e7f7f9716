using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Spm.GraphQL.Json;
using Spm.GraphQL.Resolvers;

namespace Spm.GraphQL.Authoring;

/// <summary>Types of .NET that are leaves, and how they are written without boxing.</summary>
internal static class ClrLeaves
{
    /// <summary>The name of the scalar; null of what is no scalar.</summary>
    public static string? ScalarOf(Type type) => type switch
    {
        _ when type == typeof(string) || type == typeof(char) => "String",
        _ when type == typeof(int) || type == typeof(short) || type == typeof(ushort) || type == typeof(byte) || type == typeof(sbyte) => "Int",
        _ when type == typeof(bool) => "Boolean",
        _ when type == typeof(double) || type == typeof(float) => "Float",
        _ when type == typeof(long) || type == typeof(uint) => "Long",
        _ when type == typeof(decimal) => "Decimal",
        _ when type == typeof(DateTimeOffset) || type == typeof(DateTime) => "DateTime",
        _ when type == typeof(DateOnly) => "Date",
        _ when type == typeof(TimeOnly) => "Time",
        _ when type == typeof(TimeSpan) => "Duration",
        _ when type == typeof(Guid) => "UUID",
        _ when type == typeof(Uri) => "URL",
        _ when type == typeof(object) || type == typeof(System.Text.Json.JsonElement) => "Any",
        _ => null,
    };

    /// <summary>A function that writes a property that is a leaf; null where the general way has to do.</summary>
    public static WriteLeaf? Writer(PropertyInfo property, bool isId)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var write = isId && type != typeof(string) ? nameof(IdOf)
            : type == typeof(string) ? nameof(Text)
            : type == typeof(int) ? nameof(Int)
            : type == typeof(long) ? nameof(Long)
            : type == typeof(double) ? nameof(Float)
            : type == typeof(decimal) ? nameof(Decimal)
            : type == typeof(bool) ? nameof(Boolean)
            : type == typeof(DateOnly) ? nameof(Date)
            : type == typeof(Guid) ? nameof(Uuid)
            : null;
        if (type.IsEnum)
        {
            return EnumWriter(property, type);
        }
        if (write is null)
        {
            return null;
        }
        var method = typeof(ClrLeaves).GetMethod(write, BindingFlags.Static | BindingFlags.NonPublic)!;
        return Compiled(property, method.IsGenericMethodDefinition ? method.MakeGenericMethod(type) : method, null);
    }

    private static WriteLeaf EnumWriter(PropertyInfo property, Type type)
    {
        var table = Activator.CreateInstance(typeof(EnumTable<>).MakeGenericType(type))!;
        return Compiled(property, table.GetType().GetMethod(nameof(EnumTable<>.Write))!, Expression.Constant(table));
    }

    /// <summary><c>(output, source) => Write(output, ((T)source).Property)</c>, with null looked for where it may be.</summary>
    private static WriteLeaf Compiled(PropertyInfo property, MethodInfo write, Expression? instance)
    {
        var output = Expression.Parameter(typeof(JsonBuffer));
        var source = Expression.Parameter(typeof(object));
        var value = Expression.Property(Expression.Convert(source, property.DeclaringType!), property);
        Expression body;
        if (Nullable.GetUnderlyingType(property.PropertyType) is not null)
        {
            var held = Expression.Variable(property.PropertyType);
            body = Expression.Block(
                [held],
                Expression.Assign(held, value),
                Expression.Condition(
                    Expression.Property(held, "HasValue"),
                    Expression.Call(instance, write, output, Expression.Property(held, "Value")),
                    Expression.Constant(false)));
        }
        else
        {
            body = Expression.Call(instance, write, output, value);
        }
        return Expression.Lambda<WriteLeaf>(body, output, source).Compile();
    }

    private static bool Text(JsonBuffer output, string? value)
    {
        if (value is null)
        {
            return false;
        }
        output.String(value);
        return true;
    }

    private static bool Int(JsonBuffer output, int value) => Long(output, value);

    private static bool Long(JsonBuffer output, long value)
    {
        output.Number(value);
        return true;
    }

    private static bool Float(JsonBuffer output, double value)
    {
        if (!double.IsFinite(value))
        {
            throw new GraphQLException(
                new GraphQLError($"Float cannot represent non numeric value: {value.ToString(CultureInfo.InvariantCulture)}"));
        }
        output.Number(value);
        return true;
    }

    private static bool Decimal(JsonBuffer output, decimal value)
    {
        output.Number(value);
        return true;
    }

    private static bool Boolean(JsonBuffer output, bool value)
    {
        output.Boolean(value);
        return true;
    }

    private static bool Date(JsonBuffer output, DateOnly value) => Formatted(output, value, "yyyy-MM-dd");

    private static bool Uuid(JsonBuffer output, Guid value) => Formatted(output, value, "D");

    private static bool IdOf<T>(JsonBuffer output, T value)
        where T : ISpanFormattable => Formatted(output, value, "");

    private static bool Formatted<T>(JsonBuffer output, T value, string format)
        where T : ISpanFormattable
    {
        Span<char> text = stackalloc char[64];
        if (!value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture))
        {
            output.String(value.ToString(format, CultureInfo.InvariantCulture));
            return true;
        }
        output.String(text[..length]);
        return true;
    }

    /// <summary>The names of an enum's values as JSON.</summary>
    private sealed class EnumTable<T>
        where T : struct, Enum
    {
        private readonly Dictionary<T, byte[]> _names = [];

        public EnumTable()
        {
            foreach (var field in typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => !f.IsDefined(typeof(GraphQLIgnoreAttribute))))
            {
                _names.TryAdd((T)field.GetValue(null)!, System.Text.Encoding.UTF8.GetBytes($"\"{ClrNames.EnumValue(field)}\""));
            }
        }

        public bool Write(JsonBuffer output, T value)
        {
            if (!_names.TryGetValue(value, out var name))
            {
                throw new GraphQLException(new GraphQLError($"Enum \"{ClrNames.Type(typeof(T))}\" cannot represent value: {value}"));
            }
            output.Raw(name);
            return true;
        }
    }
}
