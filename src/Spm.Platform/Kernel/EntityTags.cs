namespace Spm.Platform.Kernel;

/// <summary>If-Match by RFC 9110: a list of tags, or * for whatever is there. A weak tag matches nothing, for what is decided on must be what was seen.</summary>
public static class EntityTags
{
    public static bool Match(string ifMatch, string etag) =>
        ifMatch.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Any(t => t == "*" || t == etag);

    public static Error Changed(string what) => new(ErrorCodes.PreconditionFailed, $"The {what} has changed since: read it again, then decide.");
}
