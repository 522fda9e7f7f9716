using Spm.Compensation.Periods;
using Spm.Platform.Kernel;

namespace Spm.Platform.Companies;

/// <summary>Periods and references as they stand in a query. What is left out filters nothing: null.</summary>
internal static class Filters
{
    public static Result<FiscalPeriod?> Period(Company company, string? id) =>
        id is null ? (FiscalPeriod?)null
        : company.Calendar.Find(id) is { } period ? period
        : Error.Of("period", ErrorCodes.PeriodUnknown, $"The fiscal calendar has no period '{id}'.");

    /// <summary>The number of the record that is meant by an id or an external id.</summary>
    public static Result<int?> Reference<TDoc>(Registry<TDoc> registry, string field, string? reference, string unknownCode)
    {
        if (reference is null)
        {
            return (int?)null;
        }
        var found = registry.Resolve(reference, "");
        return found.Ambiguous ? Error.Of(field, ErrorCodes.ReferenceAmbiguous, $"Several sources have '{reference}': give the id.")
            : found.Found ? found.No
            : Error.Of(field, unknownCode, $"There is no {field} '{reference}'.");
    }
}
