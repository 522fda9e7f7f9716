using System.Text.Json;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Companies;

/// <summary>A record as it stands after it was put, and the company that it stands in.</summary>
public sealed record PutRecord<TDoc>(Entry<TDoc> Entry, Company Company, PutOutcome Outcome);

/// <summary>Puts records of any kind by their key, or changes some of their fields.</summary>
public sealed class RecordCommands(TenantDirectory tenants, CompanyCommands companies)
{
    /// <param name="ifMatch">The ETag that was seen; null: however the record stands by now, or where there is none.</param>
    public async Task<Result<PutRecord<TDoc>>> PutAsync<TInput, TDoc>(
        Caller caller, RecordSlice<TInput, TDoc> slice, string source, string externalId, JsonElement body, string? ifMatch = null)
        where TInput : class
        where TDoc : class
    {
        if (caller.Lacks(Scopes.ConfigurationWrite) is { } lacking)
        {
            return lacking;
        }
        slice.Prepare(tenants.Get(caller.Tenant).Company, body);
        return await ChangeAsync(caller, slice, source, externalId, ifMatch, (_, _) => body);
    }

    /// <summary>Puts a record as it stands, merged with a patch: by the rules of a PUT, and with nobody in between.</summary>
    /// <inheritdoc cref="PutAsync"/>
    public async Task<Result<PutRecord<TDoc>>> PatchAsync<TInput, TDoc>(Caller caller, RecordSlice<TInput, TDoc> slice, string id, JsonElement patch, string? ifMatch)
        where TInput : class
        where TDoc : class
    {
        if ((caller.Lacks(Scopes.ConfigurationWrite) ?? caller.Lacks(slice.ReadScope)) is { } lacking)
        {
            return lacking;
        }
        var company = tenants.Get(caller.Tenant).Company;
        if (slice.Of(company).ById(id) is not { } entry)
        {
            return new Error(ErrorCodes.NotFound, $"There is no {slice.Noun} '{id}'.");
        }
        if (patch.ValueKind != JsonValueKind.Object)
        {
            return new Error(ErrorCodes.BodyMalformed, "A JSON object is expected.");
        }
        slice.Prepare(company, slice.Patched(entry, company, patch));
        return await ChangeAsync(caller, slice, entry.Source, entry.ExternalId, ifMatch, (known, now) => slice.Patched(known!, now, patch));
    }

    private async Task<Result<PutRecord<TDoc>>> ChangeAsync<TInput, TDoc>(
        Caller caller, RecordSlice<TInput, TDoc> slice, string source, string externalId, string? ifMatch, Func<Entry<TDoc>?, Company, JsonElement> body)
        where TInput : class
        where TDoc : class
    {
        var outcome = await companies.ChangeAsync(caller, editor =>
        {
            var known = Find(slice, editor.Before, source, externalId);
            return ifMatch is null || (known is not null && EntityTags.Match(ifMatch, known.ETag)) ? slice.Put(editor, source, externalId, body(known, editor.Before)) : EntityTags.Changed(slice.Noun);
        });
        if (!outcome.IsOk)
        {
            return outcome.Error!;
        }
        var company = tenants.Get(caller.Tenant).Company;
        return new PutRecord<TDoc>(Find(slice, company, source, externalId)!, company, outcome.Value);
    }

    private static Entry<TDoc>? Find<TInput, TDoc>(RecordSlice<TInput, TDoc> slice, Company company, string source, string externalId)
        where TInput : class
        where TDoc : class =>
        slice.Of(company).Resolve(externalId, source) is { Found: true } found && slice.Of(company)[found.No] is var entry && entry.Source == source && entry.ExternalId == externalId ? entry : null;
}
