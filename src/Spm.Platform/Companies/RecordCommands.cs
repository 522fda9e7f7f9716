using System.Text.Json;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Companies;

/// <summary>A record as it stands after it was put, and the company that it stands in.</summary>
public sealed record PutRecord<TDoc>(Entry<TDoc> Entry, Company Company, PutOutcome Outcome);

/// <summary>Puts records of any kind by their key.</summary>
public sealed class RecordCommands(TenantDirectory tenants, CompanyCommands companies)
{
    public async Task<Result<PutRecord<TDoc>>> PutAsync<TInput, TDoc>(Caller caller, RecordSlice<TInput, TDoc> slice, string source, string externalId, JsonElement body)
        where TInput : class
        where TDoc : class
    {
        if (caller.Lacks(Scopes.ConfigurationWrite) is { } lacking)
        {
            return lacking;
        }
        slice.Prepare(tenants.Get(caller.Tenant).Company, body);
        var outcome = await companies.ChangeAsync(caller, editor => slice.Put(editor, source, externalId, body));
        if (!outcome.IsOk)
        {
            return outcome.Error!;
        }
        var company = tenants.Get(caller.Tenant).Company;
        return new PutRecord<TDoc>(slice.Of(company)[slice.Of(company).Resolve(externalId, source).No], company, outcome.Value);
    }
}
