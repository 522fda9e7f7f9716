namespace Spm.Platform.Kernel;

/// <summary>If-Match of a decision: one tag, that of what was seen. Neither * nor a list of tags says so, and a weak tag matches nothing.</summary>
public static class EntityTags
{
    public static bool Match(string ifMatch, string etag) => ifMatch.Trim() == etag;

    public static Error Changed(string what) => new(ErrorCodes.PreconditionFailed, $"The {what} has changed since: read it again, then decide.");
}
