using System.Text.Json;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types.Coercion;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Types.Scalars;

/// <summary>True or false: <see cref="bool"/> in the program.</summary>
internal static class BooleanScalar
{
    public static ScalarTypeConfig Config { get; } = new()
    {
        Name = "Boolean",
        Description = "`true` or `false`.",
        ClrType = typeof(bool),
        ParseValue = value =>
            value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Coerced.To(value.GetBoolean()) : Neither(JsText.Inspect(value)),
        ParseLiteral = (value, _) => value is BooleanValueNode boolean ? Coerced.To(boolean.Value) : Neither(value.ToString()),
        Serialize = value => value is bool ? Coerced.To(value) : Neither(value.ToString() ?? ""),
    };

    private static Coerced Neither(string shown) => Coerced.Refused($"Boolean cannot represent a non boolean value: {shown}");
}
