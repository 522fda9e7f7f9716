namespace Spm.Platform.Kernel;

/// <summary>
/// Shortens what a refusal says. It quotes what was sent, which may be as long as a body: whoever sends much is not to be answered, and kept answered,
/// with as much. The beginning and the end stay, where the rule is named.
/// </summary>
internal static class Shortened
{
    public static string Detail(string text) => Of(text, Limits.DetailLength);

    public static string Field(string path) => Of(path, Limits.FieldPathLength);

    private static string Of(string text, int max)
    {
        if (text.Length <= max)
        {
            return text;
        }
        var (head, tail) = (max * 2 / 3, max / 3);
        // Not between the halves of a surrogate pair.
        var end = char.IsHighSurrogate(text[head - 1]) ? head - 1 : head;
        var rest = char.IsLowSurrogate(text[^tail]) ? tail - 1 : tail;
        return $"{text.AsSpan(0, end)}…{text.AsSpan(text.Length - rest)}";
    }
}
