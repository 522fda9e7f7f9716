using System.Reflection;
using System.Text;

namespace Spm.GraphQL.Authoring;

/// <summary>How things of a program are called in a schema.</summary>
internal static class ClrNames
{
    /// <summary><c>GetPayoutsAsync</c> is <c>payouts</c>.</summary>
    public static string Field(MemberInfo member)
    {
        if (member.GetCustomAttribute<GraphQLNameAttribute>() is { } named)
        {
            return named.Name;
        }
        var name = member.Name;
        if (member is MethodInfo)
        {
            name = name.Length > 3 && name.StartsWith("Get", StringComparison.Ordinal) && char.IsUpper(name[3]) ? name[3..] : name;
            name = name.Length > 5 && name.EndsWith("Async", StringComparison.Ordinal) ? name[..^5] : name;
        }
        return Camel(name);
    }

    public static string Argument(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? Camel(parameter.Name!);

    /// <summary><c>Page&lt;Rep&gt;</c> is <c>PageOfRep</c>.</summary>
    /// <param name="type">What is named.</param>
    /// <param name="convention">What else a type is called than in the program; null where it is not.</param>
    public static string Type(Type type, Func<Type, string?>? convention = null)
    {
        if ((type.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? convention?.Invoke(type)) is { } named)
        {
            return named;
        }
        var name = type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}Of{string.Join("And", type.GetGenericArguments().Select(t => Type(t, convention)))}" : name;
    }

    /// <summary><c>NotYetPaid</c> is <c>NOT_YET_PAID</c>.</summary>
    public static string EnumValue(FieldInfo value)
    {
        if (value.GetCustomAttribute<GraphQLNameAttribute>() is { } named)
        {
            return named.Name;
        }
        var name = new StringBuilder();
        for (var i = 0; i < value.Name.Length; i++)
        {
            var c = value.Name[i];
            if (i > 0 && char.IsUpper(c) && (char.IsLower(value.Name[i - 1]) || (i + 1 < value.Name.Length && char.IsLower(value.Name[i + 1]))))
            {
                name.Append('_');
            }
            name.Append(char.ToUpperInvariant(c));
        }
        return name.ToString().Replace("__", "_", StringComparison.Ordinal);
    }

    /// <summary><c>OTEAmount</c> is <c>oteAmount</c>.</summary>
    public static string Camel(string name)
    {
        var upper = name.TakeWhile(char.IsUpper).Count();
        var lowered = upper <= 1 || upper == name.Length ? upper : upper - 1;
        return name[..lowered].ToLowerInvariant() + name[lowered..];
    }
}
