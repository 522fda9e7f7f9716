using System.Globalization;
using System.Text;

namespace Spm.GraphQL.Language;

internal static class ValuePrinter
{
    public static void Write(IndentedText output, ValueNode value)
    {
        switch (value)
        {
            case VariableNode variable:
                output.Write("$").Write(variable.Name.Value);
                break;
            case IntValueNode number:
                output.Write(number.Value);
                break;
            case FloatValueNode number:
                output.Write(number.Value);
                break;
            case StringValueNode text:
                output.Write(text.Block ? BlockString.Print(text.Value) : Quote(text.Value));
                break;
            case BooleanValueNode boolean:
                output.Write(boolean.Value ? "true" : "false");
                break;
            case NullValueNode:
                output.Write("null");
                break;
            case EnumValueNode name:
                output.Write(name.Value);
                break;
            case ListValueNode list:
                output.Write("[").Joined(list.Values, ", ", Write).Write("]");
                break;
            case ObjectValueNode fields:
                output.Write("{").Joined(fields.Fields, ", ", Field).Write("}");
                break;
        }
    }

    /// <summary>A string on one line. Control characters are escaped.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' or (>= '\u007F' and <= '\u009F') => quoted.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture)),
                _ => quoted.Append(c),
            };
        }
        return quoted.Append('"').ToString();
    }

    private static void Field(IndentedText output, ObjectFieldNode field)
    {
        output.Write(field.Name.Value).Write(": ");
        Write(output, field.Value);
    }
}
