using System.Globalization;
using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>A parameter that is an instant, in Unix milliseconds; null where it was left out.</summary>
internal static class InstantFilter
{
    public static Result<long?> Read(string name, string? text) =>
        text is null ? (long?)null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant.ToUnixTimeMilliseconds()
        : Error.Of(name, ErrorCodes.ParameterInvalid, $"`{name}` is an instant such as 2025-03-01T00:00:00Z.");
}
