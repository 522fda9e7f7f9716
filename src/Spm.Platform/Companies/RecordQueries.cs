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

    /// <summary>In the order they were created.</summary>
    public Result<IReadOnlyList<Entry<TDoc>>> List<TInput, TDoc>(Caller caller, Company company, RecordSlice<TInput, TDoc> slice, RecordFilter filter, Seek<long> seek)
        where TInput : class
        where TDoc : class => All(caller, company, slice, filter).Then(all => slice.Keys.Slice(all, seek));

    /// <summary>Those that changed at an instant or later, in that order.</summary>
    public Result<IReadOnlyList<Entry<TDoc>>> Updated<TInput, TDoc>(Caller caller, Company company, RecordSlice<TInput, TDoc> slice, RecordFilter filter, long since, Seek<(long At, long No)> seek)
        where TInput : class
        where TDoc : class => All(caller, company, slice, filter).Then(all => slice.UpdatedKeys.Slice(all.Where(e => e.UpdatedAt >= since).OrderBy(e => e.UpdatedAt).ThenBy(e => e.No), seek));

    /// <summary>In the order of other keys.</summary>
    public Result<IReadOnlyList<Entry<TDoc>>> Sorted<TInput, TDoc, TKey>(Caller caller, Company company, RecordSlice<TInput, TDoc> slice, RecordFilter filter, Keyset<Entry<TDoc>, TKey> keys, Seek<TKey> seek)
        where TInput : class
        where TDoc : class
        where TKey : struct => All(caller, company, slice, filter).Then(all => keys.Slice(all.OrderBy(keys.Of), seek));

    /// <inheritdoc cref="List"/>
    public Result<IEnumerable<Entry<TDoc>>> All<TInput, TDoc>(Caller caller, Company company, RecordSlice<TInput, TDoc> slice, RecordFilter filter)
        where TInput : class
        where TDoc : class
    {
        if (caller.Lacks(slice.ReadScope) is { } lacking)
        {
            return lacking;
        }
        var sight = Sight.Of(caller, company);
        return Result<IEnumerable<Entry<TDoc>>>.Of(slice.Of(company).All.Where(
            e => (filter.Source is null || e.Source == filter.Source) && (filter.ExternalId is null || e.ExternalId == filter.ExternalId) && slice.IsSeen(e, company, sight)));
    }
}

/// <summary>Which records are asked for; null does not narrow.</summary>
/// <param name="Source">Only of this source.</param>
/// <param name="ExternalId">Only with this external id.</param>
public sealed record RecordFilter(string? Source = null, string? ExternalId = null);
