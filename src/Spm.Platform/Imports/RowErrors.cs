using System.Text.Json;
using System.Text.RegularExpressions;
using Spm.Platform.Kernel;

namespace Spm.Platform.Imports;

/// <summary>Says what is wrong with a JSON row that could not be read.</summary>
internal static partial class RowErrors
{
    public static Error Malformed(string detail) => new(ErrorCodes.RowMalformed, detail);

    /// <typeparam name="T">What the row was to be read as.</typeparam>
    public static Error Of<T>(JsonException failure)
    {
        if (Duplicate().Match(failure.Message) is { Success: true } twice)
        {
            var name = twice.Groups[1].Value;
            return Error.Of(name, ErrorCodes.FieldMalformed, $"The field '{name}' stands twice.");
        }
        // The reader's own exceptions say that the text is no JSON, the serializer's that a value does not fit its field.
        if (failure.InnerException is JsonException || failure.Path is null)
        {
            return Malformed($"The row is not well-formed JSON (byte {failure.BytePositionInLine}).");
        }
        var error = Bodies.Explain<T>(failure);
        return error.Code == ErrorCodes.BodyMalformed ? Malformed("A JSON object is expected.") : error;
    }

    [GeneratedRegex("^Duplicate property '([^']*)'")]
    private static partial Regex Duplicate();
}
