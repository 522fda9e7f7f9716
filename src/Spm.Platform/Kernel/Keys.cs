using System.Globalization;
using System.Text;

namespace Spm.Platform.Kernel;

/// <summary>
/// The two parts of a record's key: its source and its external id there. Blanks around them and characters that have no shape (a byte order
/// mark, a zero-width space) are a mistake nobody sees, and one record would be two; with control characters in them two keys could make one id.
/// </summary>
public static class Keys
{
    /// <summary>Null when the part can stand in a key.</summary>
    public static Error? Check(string field, string? part) =>
        string.IsNullOrWhiteSpace(part) ? Error.Of(field, ErrorCodes.FieldRequired, $"The field '{field}' is required.")
        : part.Length > Limits.IdLength ? Error.Of(field, ErrorCodes.FieldTooLong, $"The field '{field}' has {part.Length} characters; {Limits.IdLength} are allowed.")
        : char.IsWhiteSpace(part[0]) || char.IsWhiteSpace(part[^1]) || part.EnumerateRunes().Any(IsInvisible)
            ? Error.Of(field, ErrorCodes.FieldMalformed, $"The field '{field}' neither begins nor ends with a blank, and has no control or invisible characters.")
        : null;

    private static bool IsInvisible(Rune c) => Rune.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
