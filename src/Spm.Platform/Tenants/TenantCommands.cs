using System.Text.RegularExpressions;
using Spm.Platform.AuditTrail;
using Spm.Platform.Credentials;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Tenants;

/// <param name="Id">Up to 63 small letters, digits, `-` and `_`, a letter or digit first. It stands in access tokens and never changes.</param>
public sealed record TenantInput(string Id, string Name);

public sealed record TenantView(string Id, string Name, string CreatedAt);

/// <param name="Secret">The tenant's first API key, with every scope. It is not kept and cannot be shown again.</param>
public sealed record MadeTenantView(TenantView Tenant, string ApiKey, string Secret);

/// <summary>The operator's commands: makes tenants, and cannot look into them.</summary>
public sealed partial class TenantCommands(SpmStore store, ApiVersions versions, RecordClock clock)
{
    public async Task<Result<MadeTenantView>> CreateAsync(Caller caller, TenantInput input)
    {
        if (caller.Lacks(Scopes.TenantsWrite) is { } lacking)
        {
            return lacking;
        }
        if (!TenantId().IsMatch(input.Id ?? ""))
        {
            return Error.Of("id", ErrorCodes.FieldMalformed, "A tenant's id has up to 63 small letters, digits, `-` and `_`, and begins with a letter or digit.");
        }
        if (string.IsNullOrWhiteSpace(input.Name) || input.Name.Length > Limits.NameLength || input.Name.Any(char.IsControl))
        {
            return Error.Of("name", ErrorCodes.FieldRequired, $"A tenant has a name of up to {Limits.NameLength} characters.");
        }
        var (secret, now) = (ApiKeys.New(), clock.GetUtcNow().ToUnixTimeMilliseconds());
        return await store.Writer.WriteAsync<Result<MadeTenantView>>(session =>
        {
            if (session.Long("select 1 from tenant where id = $1", input.Id) == 1)
            {
                return Error.Of("id", ErrorCodes.TenantExists, $"There is a tenant '{input.Id}'.");
            }
            session.Execute("insert into tenant (id, name, created_at) values ($1, $2, $3)", input.Id, input.Name.Trim(), now);
            var no = (int)session.Long("select no from tenant where id = $1", input.Id);
            var key = ApiKeys.Add(session, no, "first", secret, Scopes.All, caller.Credential, versions.Newest, now);
            var view = new TenantView(input.Id!, input.Name.Trim(), Wire.Instant(now));
            AuditTable.Append(session, caller, "tenant.create", input.Id!, null, view, now);
            AuditTable.Append(session, no, caller.Credential, "api_key.create", key.Id, caller.Request, null, Json.Store(ApiKeyView.Of(key, now)), now);
            return new MadeTenantView(view, key.Id, secret);
        });
    }

    /// <summary>In the order they were made.</summary>
    public static readonly Keyset<(int No, TenantView View), long> Keys = Keyset.Of<(int No, TenantView View)>("tenants", t => t.No);

    public Result<IReadOnlyList<(int No, TenantView View)>> List(Caller caller, Seek<long> seek) => caller.Lacks(Scopes.TenantsRead) is { } lacking
        ? lacking
        : store.Read(s => s.Query(
            $"select no, id, name, created_at from tenant where no {seek.Beyond} $1 order by no{seek.Order} limit $2",
            r => (r.GetInt32(0), new TenantView(r.GetString(1), r.GetString(2), Wire.Instant(r.GetInt64(3)))), seek.From, seek.Count));

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,62}\\z")]
    private static partial Regex TenantId();
}
