using System.Globalization;
using System.Text.RegularExpressions;
using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>A parameter that is an instant as RFC 3339 writes it, with its zone; in Unix milliseconds, null where it was left out.</summary>
internal static partial class InstantFilter
{
    public static Result<long?> Read(string name, string? text) =>
        text is null ? (long?)null
        : Instant().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) ? instant.ToUnixTimeMilliseconds()
        : Error.Of(name, ErrorCodes.ParameterInvalid, $"`{name}` is an instant with its zone, such as 2025-03-01T00:00:00Z; in an address `+` is written %2B.");

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,7})?([Zz]|[+-]\d{2}:\d{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Instant();
}
