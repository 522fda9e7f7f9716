using System.Text.Json;

namespace Spm.Platform.Kernel;

/// <summary>Enum values in the words of the wire: InReview is in_review, in bodies as in query parameters and in the store.</summary>
public static class EnumNames
{
    public static string Of<T>(T value)
        where T : struct, Enum => Names<T>.ByValue[value];

    public static bool TryParse<T>(string text, out T value)
        where T : struct, Enum => Names<T>.ByName.TryGetValue(text, out value);

    public static string List<T>()
        where T : struct, Enum => string.Join(", ", Names<T>.ByName.Keys.Select(n => $"`{n}`"));

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>().ToDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));

        public static readonly Dictionary<string, T> ByName = ByValue.ToDictionary(v => v.Value, v => v.Key, StringComparer.Ordinal);
    }
}
