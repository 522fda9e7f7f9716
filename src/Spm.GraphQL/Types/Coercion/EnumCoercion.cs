using System.Text.Json;
using Spm.GraphQL.Language;

namespace Spm.GraphQL.Types.Coercion;

/// <summary>Enum values as they come in: a word in a document, a string in JSON.</summary>
internal static class EnumCoercion
{
    public static Coerced Parse(EnumType type, JsonElement value, bool suggest)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            var shown = JsText.Inspect(value);
            return Coerced.Refused($"Enum \"{type}\" cannot represent non-string value: {shown}.{DidYouMean(type, shown, suggest)}");
        }
        return ByName(type, value.GetString()!, suggest);
    }

    public static Coerced Parse(EnumType type, ValueNode value, bool suggest)
    {
        if (value is EnumValueNode name)
        {
            return ByName(type, name.Value, suggest);
        }
        var shown = value.ToString();
        return Coerced.Refused($"Enum \"{type}\" cannot represent non-enum value: {shown}.{DidYouMean(type, shown, suggest)}");
    }

    private static Coerced ByName(EnumType type, string name, bool suggest) =>
        type.Values.TryGet(name, out var value)
            ? Coerced.To(value.Value)
            : Coerced.Refused($"Value \"{name}\" does not exist in \"{type}\" enum.{DidYouMean(type, name, suggest)}");

    private static string DidYouMean(EnumType type, string name, bool suggest) =>
        suggest ? Suggestions.DidYouMean(Suggestions.For(name, type.Values.Names), "the enum value") : "";
}
