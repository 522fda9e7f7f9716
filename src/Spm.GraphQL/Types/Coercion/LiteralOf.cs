using System.Collections;
using System.Globalization;
using Spm.GraphQL.Language;

namespace Spm.GraphQL.Types.Coercion;

/// <summary>Values of the program become literals: defaults that a program declares.</summary>
public static class LiteralOf
{
    /// <summary>
    /// The literal of a value that a response could carry: null, booleans, numbers, strings, lists and dictionaries of those. Enum values
    /// are given by their <see cref="EnumValueNode"/>; any literal stands for itself.
    /// </summary>
    /// <exception cref="ArgumentException">The value is none of these.</exception>
    public static ValueNode Value(object? value) => value switch
    {
        null => new NullValueNode(),
        ValueNode literal => literal,
        bool boolean => new BooleanValueNode(boolean),
        string text => new StringValueNode(text),
        sbyte or byte or short or ushort or int or uint or long or ulong =>
            new IntValueNode(Convert.ToString(value, CultureInfo.InvariantCulture)!),
        // A float is widened by its digits: 0.1 stays 0.1.
        float number when float.IsFinite(number) =>
            Number(JsText.Number(double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))),
        double number when double.IsFinite(number) => Number(JsText.Number(number)),
        decimal number => Number(number.ToString(CultureInfo.InvariantCulture)),
        IDictionary fields => new ObjectValueNode(
        [
            .. fields.Keys.Cast<string>().Select(name => new ObjectFieldNode(new NameNode(name), Value(fields[name]))),
        ]),
        IEnumerable items => new ListValueNode([.. items.Cast<object?>().Select(Value)]),
        _ => throw new ArgumentException($"A {value.GetType()} has no literal.", nameof(value)),
    };

    private static ValueNode Number(string digits) =>
        digits.All(c => char.IsAsciiDigit(c) || c == '-') ? new IntValueNode(digits) : new FloatValueNode(digits);
}
