using Spm.Platform.Access;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Companies;

/// <summary>Reads records of any kind. Reps and plans that a caller does not see are not there for them.</summary>
public sealed class RecordQueries(TenantDirectory tenants)
{
    /// <summary>The record and the company it was found in.</summary>
    public Result<(Entry<TDoc> Entry, Company Company)> Get<TInput, TDoc>(Caller caller, RecordSlice<TInput, TDoc> slice, string id)
        where TInput : class
        where TDoc : class
    {
        if (caller.Lacks(slice.ReadScope) is { } lacking)
        {
            return lacking;
        }
        var company = tenants.Get(caller.Tenant).Company;
        return slice.Of(company).ById(id) is { } entry && slice.IsSeen(entry, company, Sight.Of(caller, company))
            ? (entry, company)
            : new Error(ErrorCodes.NotFound, $"There is no {slice.Noun} '{id}'.");
    }

    /// <summary>In the order they were created, after the one of that number.</summary>
    public Result<IReadOnlyList<Entry<TDoc>>> List<TInput, TDoc>(
        Caller caller, Company company, RecordSlice<TInput, TDoc> slice, string? source, string? externalId, long after, int count)
        where TInput : class
        where TDoc : class
    {
        if (caller.Lacks(slice.ReadScope) is { } lacking)
        {
            return lacking;
        }
        var sight = Sight.Of(caller, company);
        return slice.Of(company).All
            .Skip((int)Math.Clamp(after + 1, 0, int.MaxValue))
            .Where(e => (source is null || e.Source == source) && (externalId is null || e.ExternalId == externalId) && slice.IsSeen(e, company, sight))
            .Take(count)
            .ToList();
    }
}
