using Spm.Platform.Access;
using Spm.Platform.Kernel;

namespace Spm.Platform.Companies;

/// <summary>The rep that a `rep` parameter names, by id or external id.</summary>
public static class RepFilter
{
    /// <summary>Null where none is asked for; a rep that is not there, or whom the caller never sees, is refused instead of answered with nothing.</summary>
    public static Result<int?> Find(Company company, Sight sight, string? reference)
    {
        if (reference is null)
        {
            return (int?)null;
        }
        var found = company.Reps.Resolve(reference, "");
        return found is { Found: true, Ambiguous: false } && !sight.Knows(found.No) ? Unknown(reference)
            : found.Ambiguous ? Error.Of("rep", ErrorCodes.ReferenceAmbiguous, $"Several sources have a rep '{reference}': give the id.")
            : found.Found ? found.No
            : Unknown(reference);
    }

    private static Error Unknown(string reference) => Error.Of("rep", ErrorCodes.RepUnknown, $"There is no rep '{reference}'.");
}
