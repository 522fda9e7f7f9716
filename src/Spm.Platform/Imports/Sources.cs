using Spm.Platform.Kernel;

namespace Spm.Platform.Imports;

internal static class Sources
{
    /// <summary>Null when a source can have this name.</summary>
    public static Error? Check(string source) =>
        source.Length > Limits.IdLength ? Error.Of("source", ErrorCodes.FieldTooLong, $"A source has at most {Limits.IdLength} characters.")
        : source.Contains('\0', StringComparison.Ordinal) ? Error.Of("source", ErrorCodes.FieldMalformed, "A source has no NUL character.")
        : null;
}
