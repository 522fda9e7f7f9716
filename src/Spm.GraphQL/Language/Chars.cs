namespace Spm.GraphQL.Language;

/// <summary>
/// The classes of characters that the grammar knows. All are ASCII, so a byte of UTF-8, a char and -1 for "none" can be asked alike.
/// </summary>
internal static class Chars
{
    public static bool IsDigit(int c) => c is >= '0' and <= '9';

    public static bool IsNameStart(int c) => (c | 0x20) is >= 'a' and <= 'z' || c == '_';

    public static bool IsNameContinue(int c) => IsNameStart(c) || IsDigit(c);

    public static bool IsWhiteSpace(int c) => c is ' ' or '\t';

    public static int HexDigit(int c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'A' and <= 'F' => c - 'A' + 10,
        >= 'a' and <= 'f' => c - 'a' + 10,
        _ => -1,
    };
}
